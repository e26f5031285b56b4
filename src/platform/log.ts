import pino, { type Logger } from "pino";

export type Log = Logger;

/** Structured log on standard output, a JSON line per event. Never give it an address, a name or a token. */
export const createLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: ["*.email", "*.token", "*.password", "email", "token", "password"], remove: true },
  });
