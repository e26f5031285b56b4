import type { Ctx } from "./context.ts";

/** Something an operator can do from a shell, in English like the logs. */
export type Command = {
  /** The words that name it: "batches remove". */
  name: string;
  /** What follows the name: "<batch> --yes". */
  usage: string;
  /** What it does, in a line. */
  summary: string;
  /** @throws CommandError for what the operator can mend. */
  run: (ctx: Ctx, args: string[], say: (line: string) => void) => Promise<void>;
};

/** A sentence for the operator; no failure of the program. */
export class CommandError extends Error {}

/** The command that the words begin with, the longest name first, and what follows it. */
export function findCommand(
  commands: Command[],
  words: string[],
): { command: Command; args: string[] } | null {
  const line = `${words.join(" ")} `;
  const found = commands
    .filter(({ name }) => line.startsWith(`${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
  return found ? { command: found, args: words.slice(found.name.split(" ").length) } : null;
}

/** All commands, one a line. */
export function helpOf(commands: Command[]): string {
  const lines = commands.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary] as const);
  const width = Math.max(...lines.map(([left]) => left.length));
  return [
    "Usage: npm run archipel -- <command>",
    "",
    ...lines.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
  ].join("\n");
}
