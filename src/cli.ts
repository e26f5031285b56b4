/** `npm run archipel -- <command>`: what an operator does from a shell, whether the program runs or not. */
import { createInterface } from "node:readline/promises";
import { migrations } from "../migrations/index.ts";
import { bareCommands, commands } from "./features.ts";
import { type BareCommand, CommandError, findCommand, helpOf, type Shell } from "./platform/commands.ts";
import { type Config, parseConfig } from "./platform/config.ts";
import { startEmbeddedPostgres } from "./platform/embedded-postgres.ts";
import { explainStart } from "./platform/explain-start.ts";
import { createLog } from "./platform/log.ts";
import { claimDatabase } from "./platform/ownership.ts";
import { openBare, startSystem } from "./start.ts";

const say = (line: string) => process.stdout.write(`${line}\n`);

function fail(...lines: string[]): never {
  process.stderr.write(`${lines.join("\n")}\n`);
  process.exit(1);
}

const all = [...commands, ...bareCommands];
const words = process.argv.slice(2);
if (words.length === 0 || words[0] === "help") {
  say(helpOf(all));
  process.exit(0);
}
const found = findCommand(all, words) ?? fail(`There is no command "${words[0]}".`, helpOf(all));
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

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

const shell: Shell = {
  tell: (line) => void process.stderr.write(`${line}\n`),
  ask: process.stdin.isTTY ? ask : null,
  input: process.stdin,
  output: process.stdout,
};

const log = createLog("error");

function runBare({ runBare }: BareCommand, config: Config, url: string): Promise<void> {
  const open = () => openBare(config, url, log);
  return runBare({ config, url, migrations, open }, args, shell);
}

const { config } = parsed;
const { command, args } = found;
const { url, leave } = await useDatabase(config).catch((error) => {
  const reason = explainStart(error, config);
  return reason ? fail(reason) : Promise.reject(error);
});
try {
  if ("runBare" in command) await runBare(command, config, url);
  else {
    const { anyKey = false } = command;
    const system = await startSystem(config, url, { roles: [], log, anyKey });
    try {
      await command.run(system.ctx, args, say);
    } finally {
      await system.stop();
    }
  }
} catch (error) {
  const reason = error instanceof CommandError ? error.message : explainStart(error, config);
  if (!reason) throw error;
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
} finally {
  await leave();
}
