import pino, { type DestinationStream, type Logger } from "pino";

export type Log = Logger;

/**
 * A mail address in an error's text: mail servers and databases repeat what they were given. It is looked for from the
 * beginning of a word only, so that a long word is read once.
 */
const mailAddress = /(?<![^\s@<>"'(),:;=/])[^\s@<>"'(),:;=/]+@[\w-]+(\.[\w-]+)*/g;
const withoutAddresses = (text: string) => text.replace(mailAddress, "[address]");

/**
 * An error as the log keeps it: its kind, code, text and place. Not its other properties, which may hold what
 * people typed (PostgreSQL's "detail", a mail server's "rejected").
 */
export function loggableError(error: unknown): Record<string, unknown> {
  if (typeof error !== "object" || error === null) return { message: withoutAddresses(String(error)) };
  // Some libraries (pg-boss) pass on a plain object with an error's properties.
  const { name, code, message, stack, cause } = error as Partial<Error> & { code?: unknown };
  return {
    ...(name ? { type: name } : {}),
    ...(code === undefined ? {} : { code }),
    message: withoutAddresses(message || `no message (${Object.keys(error).join(", ")})`),
    ...(stack ? { stack: withoutAddresses(stack) } : {}),
    ...(cause ? { cause: loggableError(cause) } : {}),
  };
}

/** So many bytes wait when they cannot be written; of more, what is newest is lost. */
const longestWait = 1024 * 1024;

/** Standard output. When it is a file on a full disk, the log waits until there is room, and the program goes on. */
function standardOutput() {
  const output = pino.destination({ dest: 1, sync: false, minLength: 0, maxLength: longestWait });
  let failing = false;
  output.on("error", () => {
    failing = true;
  });
  output.on("write", () => {
    failing = false;
  });
  // At the end it would be tried for ever.
  const flushSync = output.flushSync.bind(output);
  output.flushSync = () => {
    if (!failing) flushSync();
  };
  return output;
}

/**
 * Structured log, a JSON line per event, on standard output unless `destination` is given. Never give it an address, a
 * name or a token.
 */
export const createLog = (level: string, destination: DestinationStream = standardOutput()): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: loggableError },
      redact: { paths: ["*.email", "*.token", "*.password", "email", "token", "password"], remove: true },
    },
    destination,
  );

/**
 * Logs what goes wrong again and again while something is away: the same at most once in `every` milliseconds, with how
 * often it came since.
 */
export function createRepeatedErrorLog(log: Pick<Log, "error">, what: string, every = 60_000) {
  const told = new Map<string, { at: number; since: number }>();
  return (error: unknown): void => {
    const { code, message } = loggableError(error);
    const key = `${code} ${String(message).replace(/ \(Queue: .*\)$/, "")}`; // pg-boss says so once per queue and worker
    const last = told.get(key);
    if (last && performance.now() - last.at < every) {
      last.since++;
      return;
    }
    if (told.size >= 100) told.clear();
    told.set(key, { at: performance.now(), since: 0 });
    log.error({ err: error, ...(last?.since ? { repeated: last.since } : {}) }, what);
  };
}
