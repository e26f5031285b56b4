import { parseArgs } from "node:util";
import { parseConfig } from "./platform/config.ts";
import { type EmbeddedServer, startEmbeddedPostgres } from "./platform/embedded-postgres.ts";
import { createLog } from "./platform/log.ts";
import { claimDatabase } from "./platform/ownership.ts";
import { type Role, startSystem } from "./start.ts";

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

const begun = performance.now();
const roles = rolesFrom(process.argv.slice(2));
const parsed = parseConfig(process.env);
if (parsed.kind === "invalid")
  fail("The configuration has problems:", ...parsed.problems.map((problem) => `  - ${problem}`));
const { config } = parsed;
const log = createLog(config.logLevel);

let embedded: EmbeddedServer | null = null;
let release: (() => Promise<void>) | null = null;
if (config.database.kind === "embedded") {
  embedded = await startEmbeddedPostgres(config.database.dir);
  const claim = await claimDatabase(embedded.url());
  if (claim.kind === "taken")
    fail(
      `Another Archipel is already running on DATA_DIR ${config.dataDir}.`,
      "Stop it first, give this one a DATA_DIR of its own, or use DATABASE_URL to run several processes.",
    );
  release = claim.release;
}
const url = config.database.kind === "server" ? config.database.url : embedded!.url();

async function start() {
  try {
    return await startSystem(config, url, { roles, log });
  } catch (error) {
    log.error({ err: error }, "start failed");
    await release?.();
    await embedded?.stop();
    const taken = (error as { code?: string }).code === "EADDRINUSE";
    return fail(
      taken
        ? `Port ${config.listen.port} on ${config.listen.host} is in use: choose another PORT.`
        : String(error),
    );
  }
}
const system = await start();

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, "stopping");
  await system.stop();
  await release?.();
  await embedded?.stop();
  log.info("stopped");
  process.exit(0);
}
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void stop(signal));

log.info(
  { roles, ms: Math.round(performance.now() - begun), adopted: embedded?.adopted ?? false },
  "started",
);
if (system.listening) {
  const site = config.baseUrl.startsWith("http://localhost") ? config.baseUrl : system.listening;
  say(`\n  Archipel is running (${Math.round(performance.now() - begun)} ms)\n`);
  say(`  Site      ${site}`);
  if (config.mail.transport.kind === "mailbox") say(`  Mailbox   ${site}/postvak`);
  say("  Stop      Ctrl-C\n");
}
