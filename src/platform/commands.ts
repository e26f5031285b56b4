import type { Readable, Writable } from "node:stream";
import type { Config } from "./config.ts";
import type { Ctx } from "./context.ts";
import type { Migrations } from "./migration-hashes.ts";

type Named = {
  /** The words that name it: "batches remove". */
  name: string;
  /** What follows the name: "<batch> --yes". */
  usage: string;
  /** What it does, in a line. */
  summary: string;
};

/** Something an operator can do from a shell, in English like the logs. */
export type Command = Named & {
  /** Works also while the secret key is not the one that the database knows. */
  anyKey?: true;
  /** @throws CommandError for what the operator can mend. */
  run: (ctx: Ctx, args: string[], say: (line: string) => void) => Promise<void>;
};

/** A database as it is: not migrated, with nothing of the program on it. */
export type Bare = {
  config: Config;
  url: string;
  migrations: Migrations;
  /** Starts what operations need, on tables that need not be there yet. */
  open: () => Promise<{ ctx: Ctx; stop: () => Promise<void> }>;
};

/** A person at a shell, or a script. */
export type Shell = {
  /** A line on standard error, so that standard output can be a file. */
  tell: (line: string) => void;
  /** Asks something and waits for a line; null where nobody sits at a terminal. */
  ask: ((question: string) => Promise<string>) | null;
  input: Readable;
  output: Writable;
};

/** The same, for what works on the database as it is. */
export type BareCommand = Named & {
  /** @throws CommandError for what the operator can mend. */
  runBare: (on: Bare, args: string[], shell: Shell) => Promise<void>;
};

/** A sentence for the operator; no failure of the program. */
export class CommandError extends Error {}

/** The command that the words begin with, the longest name first, and what follows it. */
export function findCommand<Any extends Named>(
  commands: Any[],
  words: string[],
): { command: Any; args: string[] } | null {
  const line = `${words.join(" ")} `;
  const found = commands
    .filter(({ name }) => line.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return found ? { command: found, args: words.slice(found.name.split(" ").length) } : null;
}

/** All commands, one a line. */
export function helpOf(commands: Named[]): string {
  const lines = commands.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary] as const);
  const width = Math.max(...lines.map(([left]) => left.length));
  return [
    "Usage: npm run archipel -- <command>",
    "",
    ...lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
  ].join("\n");
}
