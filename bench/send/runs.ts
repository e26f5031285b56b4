/** How many mails to send, where to, over how many connections; signed when there is a key. */
export type Run = { url: string; connections: number; count: number; keyFile: string | null };
/** Seconds on the clock, and of processor time of this process with all its threads. */
export type Ran = { seconds: number; processor: number };
export type RunAnswer = { ran: Ran } | { error: string };

type Sender = {
  count: number;
  connections: number;
  send: (number: number) => Promise<unknown>;
  close: () => Promise<void>;
};

/** Lets this process carry out runs that its parent asks for, each with a few mails in advance to warm up. */
export function answerRuns(prepare: (run: Run) => Promise<Sender>): void {
  process.on("message", (run: Run) => {
    carryOut(run).then(
      (ran) => process.send?.({ ran } satisfies RunAnswer),
      (error: unknown) => process.send?.({ error: String(error) } satisfies RunAnswer),
    );
  });

  async function carryOut(run: Run): Promise<Ran> {
    const { connections, count, send, close } = await prepare(run);
    const sendAll = async (first: number, after: number) => {
      let next = first;
      // Twice as many as connections, so that none of them waits for its next mail.
      const one = async () => {
        while (next < after) await send(next++);
      };
      await Promise.all(Array.from({ length: connections * 2 }, one));
    };
    await sendAll(count, count + 300);
    const processorBefore = process.cpuUsage();
    const begun = performance.now();
    await sendAll(0, count);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(processorBefore);
    await close();
    return { seconds, processor: (user + system) / 1e6 };
  }
}
