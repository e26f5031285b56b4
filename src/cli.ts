/** `npm run archipel -- <command>`: what an operator does from a shell, whether the program runs or not. */
import { commands } from "./features.ts";
import { CommandError, findCommand, helpOf } from "./platform/commands.ts";
import { type Config, parseConfig } from "./platform/config.ts";
import { startEmbeddedPostgres } from "./platform/embedded-postgres.ts";
import { createLog } from "./platform/log.ts";
import { claimDatabase } from "./platform/ownership.ts";
import { startSystem } from "./start.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

function fail(...lines: string[]): never {
  process.stderr.write(`${lines.join("\n")}\n`);
  process.exit(1);
}

const words = process.argv.slice(2);
if (words.length === 0 || words[0] === "help") {
  say(helpOf(commands));
  process.exit(0);
}
const found = findCommand(commands, words) ?? fail(`There is no command "${words[0]}".`, helpOf(commands));
const parsed = parseConfig(process.env);
if (parsed.kind === "invalid")
  fail("The configuration has problems:", ...parsed.problems.map((problem) => `  - ${problem}`));

type Database = { url: string; leave: () => Promise<void> };

/** The database of the program that runs, left running; or, when none does, one started for this command alone. */
async function useDatabase({ database, dataDir }: Config): Promise<Database> {
  if (database.kind === "server") return { url: database.url, leave: async () => {} };
  const server = await startEmbeddedPostgres(database.dir);
  if (server.adopted) return { url: server.url(), leave: async () => {} };
  const claim = await claimDatabase(server.url());
  if (claim.kind === "taken") return fail(`Archipel is just starting on ${dataDir}: try again in a moment.`);
  return { url: server.url(), leave: server.stop };
}

const { config } = parsed;
const { url, leave } = await useDatabase(config);
try {
  const system = await startSystem(config, url, { roles: [], log: createLog("error") });
  try {
    await found.command.run(system.ctx, found.args, say);
  } finally {
    await system.stop();
  }
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await leave();
}
