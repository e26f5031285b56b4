type Waiting = () => void;

const queues: Record<"first" | "last", Waiting[]> = { first: [], last: [] };
let busy = false;

/**
 * Does one thing after another in this process: each picture takes a processor for a while, and a lot of memory.
 * "first" goes before everything that waits as "last".
 */
export async function inTurn<Result>(place: "first" | "last", work: () => Promise<Result>): Promise<Result> {
  if (busy) await new Promise<void>((begin) => queues[place].push(begin));
  busy = true;
  try {
    return await work();
  } finally {
    const next = queues.first.shift() ?? queues.last.shift();
    if (next)
      next(); // stays busy: the turn is handed over
    else busy = false;
  }
}
