type Options = {
  /** So many at once, of all together. */
  most: number;
  /** So many at once of one key. */
  each: number;
  /** So many of one key may wait; who comes after them is told so at once. */
  waiting?: number;
  /** Milliseconds after which one that waits is told so. */
  patience?: number;
};

/**
 * Lets so many things happen at once in this process, by key (a person, say), with round-robin scheduling between the
 * keys: whoever has a hundred waiting keeps nobody with one waiting longer than a turn.
 * `instead`: what is done for who gets none, because too many wait or it took too long.
 */
export function fairTurns({ most, each, waiting = Number.POSITIVE_INFINITY, patience }: Options) {
  const busy = new Map<string, number>();
  const queues = new Map<string, (() => void)[]>();
  let inAll = 0;

  const of = (key: string) => busy.get(key) ?? 0;
  const begin = (key: string) => {
    inAll++;
    busy.set(key, of(key) + 1);
  };
  const end = (key: string) => {
    inAll--;
    if (of(key) > 1) busy.set(key, of(key) - 1);
    else busy.delete(key);
    next();
  };
  /** Gives the turn to the first key that may have one, which goes to the end of the line. */
  const next = () => {
    for (const [key, queue] of queues) {
      if (inAll >= most) return;
      if (of(key) >= each) continue;
      const start = queue.shift();
      queues.delete(key);
      if (queue.length > 0) queues.set(key, queue);
      begin(key);
      start?.();
    }
  };
  const turnOf = (key: string): Promise<boolean> => {
    if (inAll < most && of(key) < each) {
      begin(key);
      return Promise.resolve(true);
    }
    const queue = queues.get(key) ?? [];
    if (queue.length >= waiting) return Promise.resolve(false);
    queues.set(key, queue);
    return new Promise((done) => {
      const start = () => {
        clearTimeout(timer);
        done(true);
      };
      const leave = () => {
        queue.splice(queue.indexOf(start), 1);
        if (queue.length === 0) queues.delete(key);
        done(false);
      };
      const timer = patience === undefined ? undefined : setTimeout(leave, patience);
      queue.push(start);
    });
  };

  return async <Result>(
    key: string,
    work: () => Promise<Result>,
    instead: () => Promise<Result> = () => Promise.reject(new Error("No turn came")),
  ): Promise<Result> => {
    if (!(await turnOf(key))) return instead();
    try {
      return await work();
    } finally {
      end(key);
    }
  };
}
