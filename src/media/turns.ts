type Place = "first" | "last";

/**
 * Lets so many things happen at once in this process; the others wait for their turn. "first" goes before all that
 * wait as "last".
 */
export function turns(most: number) {
  const queues: Record<Place, (() => void)[]> = { first: [], last: [] };
  let busy = 0;
  return async <Result>(place: Place, work: () => Promise<Result>): Promise<Result> => {
    if (busy < most) busy++;
    else await new Promise<void>((begin) => queues[place].push(begin));
    try {
      return await work();
    } finally {
      const next = queues.first.shift() ?? queues.last.shift();
      if (next)
        next(); // the turn is handed over
      else busy--;
    }
  };
}
