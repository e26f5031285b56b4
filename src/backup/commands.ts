import { type BareCommand, type Command, CommandError } from "../platform/commands.ts";
import type { JobDefinition } from "../platform/jobs.ts";
import { explained, writeWhole } from "./file.ts";
import { dropHeld, listHeld, releaseHeld } from "./held.ts";
import { makeBackup } from "./making.ts";
import { restoreFrom, type Work } from "./restore-command.ts";

/** The one file that is named, and flags; a flag in `withValue` takes the word after it. */
function readArgs(args: string[], flags: string[], withValue: string[], usage: string) {
  const found: { file: string | null; flags: Record<string, string | true> } = { file: null, flags: {} };
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? "";
    if (flags.includes(word)) found.flags[word] = true;
    else if (withValue.includes(word) && args[at + 1] !== undefined) found.flags[word] = args[++at] ?? "";
    else if (found.file === null && (word === "-" || !word.startsWith("-"))) found.file = word;
    else throw new CommandError(`Usage: ${usage}`);
  }
  if (found.file === null) throw new CommandError(`Usage: ${usage}`);
  return { file: found.file, flags: found.flags };
}

const backupUsage = "<file> [--with-key]";
const restoreUsage = "<file> [--erased <file>|<numbers>|none] [--new-key]";

/** Backing up and restoring, whether the program runs or not. */
export const bareBackupCommands = (work: Work): BareCommand[] => [
  {
    name: "backup",
    usage: backupUsage,
    summary: "back up database and images in one tar (- for standard output), while the program runs",
    runBare: async (on, args, { tell, output }) => {
      const { file, flags } = readArgs(args, ["--with-key"], [], `backup ${backupUsage}`);
      const withKey = flags["--with-key"] === true;
      const made =
        file === "-"
          ? await makeBackup(on, output, withKey).catch((error: unknown) => {
              throw explained(error, "Standard output");
            })
          : await writeWhole(file, (out) => makeBackup(on, out, withKey));
      tell(
        `Backed up ${made.rows} rows of ${made.tables} tables, ${made.jobs} jobs and ${made.images} images, as they were at ${made.madeAt.toISOString()}.`,
      );
      if (!withKey) tell("The secret key is not in it: keep it apart, or say --with-key.");
    },
  },
  {
    name: "restore",
    usage: restoreUsage,
    summary: "restore a backup into an empty database, and erase again who was erased since",
    runBare: (on, args, shell) => {
      const { file, flags } = readArgs(args, ["--new-key"], ["--erased"], `restore ${restoreUsage}`);
      const erased = flags["--erased"];
      const options = { file, erased: typeof erased === "string" ? erased : null };
      return restoreFrom(on, { ...options, newKey: flags["--new-key"] === true }, work, shell);
    },
  },
];

/** What becomes of the work that a restore holds back. */
export const backupCommands = (definitions: JobDefinition[]): Command[] => [
  {
    name: "held",
    usage: "",
    summary: "list the work that a restore holds back, because it was perhaps done already",
    run: async (ctx, _args, say) => {
      const held = await listHeld(ctx);
      if (held.length === 0) say("Nothing is held.");
      for (const { name, count } of held) say(`${String(count).padStart(7)}  ${name}`);
    },
  },
  {
    name: "held release",
    usage: "--yes",
    summary: "let go what a restore holds back: all of it is done, and its mails go out",
    run: async (ctx, args, say) => {
      if (!args.includes("--yes")) throw new CommandError("Its mails go out. Add --yes when they should.");
      say(`Released ${await releaseHeld(ctx, definitions)} jobs.`);
    },
  },
  {
    name: "held drop",
    usage: "--yes",
    summary: "drop what a restore holds back, for good",
    run: async (ctx, args, say) => {
      if (!args.includes("--yes")) throw new CommandError("This cannot be undone. Add --yes to drop it.");
      say(`Dropped ${await dropHeld(ctx)} jobs.`);
    },
  },
];
