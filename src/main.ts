import { parseArgs } from "node:util";
import { parseConfig } from "./platform/config.ts";
import { saysDatabaseIsAway } from "./platform/database-away.ts";
import { explainStart } from "./platform/explain-start.ts";
import { createLog } from "./platform/log.ts";
import { openOwnDatabase } from "./platform/own-database.ts";
import { type Role, type System, startSystem } from "./start.ts";

const say = (text: string) => process.stdout.write(`${text}\n`);

function fail(...lines: string[]): never {
  process.stderr.write(`${lines.join("\n")}\n`);
  process.exit(1);
}

function rolesFrom(args: string[]): Role[] {
  try {
    const { only } = parseArgs({ args, options: { only: { type: "string" } } }).values;
    if (only === undefined) return ["web", "worker"];
    if (only === "web" || only === "worker") return [only];
  } catch {
    // falls through to the explanation
  }
  return fail("Usage: start [--only web|worker]");
}

// A log that is a file on a full disk, or a reader that went away, ends no program.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});

const begun = performance.now();
const roles = rolesFrom(process.argv.slice(2));
const parsed = parseConfig(process.env);
if (parsed.kind === "invalid")
  fail("The configuration has problems:", ...parsed.problems.map((problem) => `  - ${problem}`));
const { config } = parsed;
const log = createLog(config.logLevel);

/** What is running, to be ended in this order. */
const closing: (() => Promise<void>)[] = [];
async function closeAll(): Promise<void> {
  for (const close of closing)
    await close().catch((error) => log.warn({ err: error }, "could not be closed as it should")); // the others are
}

// A connection that broke where a library listens no more. Whoever was using it hears of that by itself.
process.on("uncaughtException", (error) => {
  const isConnection = saysDatabaseIsAway(error) !== "no";
  log[isConnection ? "warn" : "fatal"]({ err: error }, isConnection ? "a connection broke" : "uncaught");
  if (!isConnection) fail(`Archipel ended by a failure of its own. ${String(error)}`);
});

let stopSignal: string | null = null;
let started = false;
async function stop(): Promise<void> {
  log.info({ signal: stopSignal }, "stopping");
  await closeAll();
  log.info("stopped");
  process.exit(0);
}
// From the first moment on, so that a signal while starting does not leave the database running.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, () => {
    if (stopSignal) return; // a second one changes nothing: npm passes on the Ctrl-C that we got ourselves
    stopSignal = signal;
    if (started) void stop();
  });

async function startDatabase(): Promise<string> {
  if (config.database.kind === "server") return config.database.url;
  const database = await openOwnDatabase(config.database.dir, { log, onGivenUp: endWithout });
  if (!database)
    fail(
      `Another Archipel is already running on DATA_DIR ${config.dataDir}.`,
      "Stop it first, give this one a DATA_DIR of its own, or use DATABASE_URL to run several processes.",
    );
  closing.push(database.stop); // only now it is ours to stop
  if (database.adopted) log.info("took over the database of a process that was killed");
  return database.url;
}

/** Without its database the program is of no use: whoever looks after it has to see that it ended. */
function endWithout(fault: Error): void {
  log.fatal({ err: fault }, "the database is gone");
  setTimeout(() => fail(fault.message), 5000); // what waits for the database may wait for ever
  closeAll().finally(() => fail(fault.message));
}

async function start(): Promise<System> {
  const system = await startSystem(config, await startDatabase(), { roles, log });
  closing.unshift(system.stop);
  return system;
}

async function giveUp(error: unknown): Promise<never> {
  const reason = explainStart(error, config);
  if (!reason) log.error({ err: error }, "start failed");
  await closeAll();
  return fail(reason ?? `Archipel could not start. ${String(error)}`);
}

const system = await start().catch(giveUp);
started = true;
if (stopSignal) await stop();

const ms = Math.round(performance.now() - begun);
log.info({ roles, ms }, "started");
if (config.mode === "production" && roles.includes("worker") && !config.mail.imap)
  log.warn("IMAP_URL is not set: nobody reads bounces and complaints, so dead addresses keep getting mail");
if (system.listening && config.mode !== "production") {
  const site = config.baseUrl.startsWith("http://localhost") ? config.baseUrl : system.listening;
  say(`\n  Archipel is running (${ms} ms)\n`);
  say(`  Site      ${site}`);
  if (config.mail.transport.kind === "mailbox") say(`  Mailbox   ${site}/postvak`);
  say("  Stop      Ctrl-C\n");
}
// Not in the log, which others read and keep: whoever opens this address first owns the movement.
if (system.firstOwnerLink) say(`  No owner yet. Become the first at:\n  ${system.firstOwnerLink}\n`);
