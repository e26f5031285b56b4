import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Binaries, clusterPath, createCluster, findBinaries } from "./embedded-cluster.ts";
import { takeBackCluster } from "./embedded-owner.ts";
import { argumentsOf, isAlive, orphanedHelpersOf, stateOf } from "./processes.ts";
import { diskIsFull, faultOfServer, StartFault } from "./start-fault.ts";
import { type Account, databaseAccount } from "./system-account.ts";

/** A PostgreSQL server that this program runs itself. */
export type EmbeddedServer = {
  /** Connection string of the database "archipel" (or of `database`). */
  url: (database?: string) => string;
  /** Whether a server of an earlier, killed process was found running and taken over. */
  adopted: boolean;
  /** The loopback port that it listens on. */
  port: number;
  isAlive: () => boolean;
  /** Whether it turns new sessions away and says why: it is stopping, or out of disk. Not when it is only slow. */
  refuses: () => Promise<boolean>;
  /** Stops the server: open sessions end, all data is on disk. */
  stop: () => Promise<void>;
};

type Running = { pid: number; port: number };

const always = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "max_connections=100",
  // Its log must not hold what people typed: no statements, no "Key (email)=(…)".
  "log_min_error_statement=panic",
  "log_error_verbosity=terse",
];

/** How long, in milliseconds, a server may stay silent; and one that says it is recovering from a crash. */
const patience = { silent: 30_000, recovering: 10 * 60_000 };

/**
 * Starts the PostgreSQL of `dir`, makes its cluster at the first start, and takes over a server that a killed
 * process left running. `settings` are extra server settings ("fsync=off" in tests). `port`: where the same server
 * was before it ended, so that whoever knew it finds it again; its cluster is not made anew then.
 *
 * @throws StartFault when the server does not come up: it ended, was silent for 30 s or recovered for 10 minutes.
 */
export async function startEmbeddedPostgres(
  dir: string,
  settings: string[] = [],
  port?: number,
): Promise<EmbeddedServer> {
  const again = port !== undefined;
  if (!again) mkdirSync(dir, { recursive: true });
  const account = databaseAccount();
  const binaries = await findBinaries(account);
  const cluster = clusterPath(dir, account);
  if (existsSync(cluster)) takeBackCluster(cluster, account);
  if (!existsSync(join(cluster, "PG_VERSION"))) {
    if (again) throw new StartFault(`The database is not in ${cluster} any more.`);
    await createCluster(cluster, binaries, account, settings.includes("fsync=off"));
  }
  const password = readFileSync(join(cluster, "archipel-password"), "utf8").trim();

  const found = await findRunning(cluster, password);
  const running =
    found ?? (await launch({ cluster, binaries, account, password, settings }, port ?? (await freePort())));
  const url = (database = "archipel") =>
    `postgres://postgres:${password}@127.0.0.1:${running.port}/${database}`;
  try {
    await ensureDatabase(url);
  } catch (error) {
    if (!found) await stop(running.pid); // one that nobody looks after would stay behind
    throw (error as { code?: string }).code === "53100" ? diskIsFull(cluster) : error; // disk_full
  }
  return {
    url,
    adopted: found !== null,
    port: running.port,
    isAlive: () => isAlive(running.pid),
    refuses: () => refuses(url()),
    stop: () => stop(running.pid),
  };
}

/**
 * The server that runs on a cluster, once it answers; null when none does. Waits for one that is starting or
 * stopping.
 */
async function findRunning(cluster: string, password: string): Promise<Running | null> {
  const file = join(cluster, "postmaster.pid");
  const waiting = createPatience();
  while (!waiting.isOver()) {
    if (!existsSync(file)) return null;
    const lines = readFileSync(file, "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    const state = pid ? whoHas(pid, cluster) : "the server";
    if (state === "nobody") return null;
    if (state === "another") {
      // PostgreSQL would take that process for the server and refuse to start. Its last helpers must be gone first.
      await endHelpers(cluster);
      if (orphanedHelpersOf(cluster).length === 0) rmSync(file, { force: true });
    } else {
      const answer = port ? await knock(port, password) : "not-yet";
      if (answer === "ready") return { pid, port };
      if (answer === "stranger") return null;
      waiting.heard(answer);
    }
    await sleep(50);
  }
  return null;
}

/** Who has the number that a server noted: it itself, or, after a kill, nobody or another process (or a zombie). */
function whoHas(pid: number, cluster: string): "the server" | "another" | "nobody" {
  const state = stateOf(pid);
  if (state === "gone") return "nobody";
  return state === "zombie" || argumentsOf(pid)?.includes(cluster) === false ? "another" : "the server";
}

/**
 * Ends what a killed server left behind. A helper that is idle ends by itself; one in the middle of a statement goes on
 * with it, and as long as it holds the shared memory, no new server starts. The new one recovers from the log.
 */
async function endHelpers(cluster: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const left = orphanedHelpersOf(cluster);
    if (left.length === 0) return;
    if (tries % 10 === 5) for (const pid of left) signal(pid, tries < 40 ? "SIGQUIT" : "SIGKILL");
    await sleep(50);
  }
}

type Launch = {
  cluster: string;
  binaries: Binaries;
  account: Account | null;
  password: string;
  settings: string[];
};

async function launch(
  { cluster, binaries, account, password, settings }: Launch,
  port: number,
): Promise<Running> {
  await endHelpers(cluster);
  const logFile = join(cluster, "server.log");
  const log = openSync(logFile, "a", 0o600);
  const { size: logged } = statSync(logFile);
  // Its own process group: Ctrl-C reaches this program, which stops the server after its own work.
  const child = spawn(
    binaries.postgres,
    ["-D", cluster, "-p", String(port), ...[...always, ...settings].flatMap((setting) => ["-c", setting])],
    { detached: true, stdio: ["ignore", log, log], cwd: "/", ...(account ?? {}) },
  );
  closeSync(log);
  child.unref();
  let ended = false;
  child.once("exit", () => {
    ended = true;
  });
  child.once("error", () => {
    ended = true;
  });
  const waiting = createPatience();
  while (!ended && !waiting.isOver()) {
    const answer = await knock(port, password);
    if (answer === "ready" && !ended) return { port, pid: child.pid! };
    waiting.heard(answer);
    await sleep(25);
  }
  const other = ended ? await findRunning(cluster, password) : null; // two starts at once: the other's server is up
  if (other) return other;
  if (!ended && child.pid) await stop(child.pid);
  throw faultOfServer(readFileSync(logFile).subarray(logged).toString(), logFile);
}

type Answer = "ready" | "not-yet" | "recovering" | "stranger";

/** Waits for a silent server for a while, and for one that says what it is busy with for longer. */
function createPatience() {
  const begun = Date.now();
  let limit = patience.silent;
  return {
    isOver: () => Date.now() - begun > limit,
    heard: (answer: Answer) => {
      if (answer === "recovering") limit = patience.recovering;
    },
  };
}

/**
 * Whether the server on a port lets us in: "recovering" while it starts or stops and says so, "not-yet" while nobody
 * answers, "stranger" when it is another's.
 */
async function knock(port: number, password: string): Promise<Answer> {
  const user = "postgres";
  const connection = { host: "127.0.0.1", port, user, password, database: "postgres" };
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return "ready";
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "28P01") return "stranger"; // invalid_password
    return code === "57P03" ? "recovering" : "not-yet"; // cannot_connect_now
  }
}

/** Of a server that stops or starts (57P), has no disk left (53100) or cannot use it (58). */
const refusal = /^(57P..|53100|58...)$/;

async function refuses(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return false;
  } catch (error) {
    return refusal.test((error as { code?: string }).code ?? "");
  }
}

async function ensureDatabase(url: (database?: string) => string): Promise<void> {
  const client = new pg.Client({ connectionString: url("postgres") });
  client.on("error", () => {}); // killed just now: the query fails by itself
  await client.connect();
  try {
    await client.query("create database archipel");
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code !== "42P04" && code !== "23505") throw error; // duplicate_database, or made at the same moment
  } finally {
    await client.end();
  }
}

/** PostgreSQL's "fast shutdown" (SIGINT): sessions end, then a checkpoint. */
async function stop(pid: number): Promise<void> {
  if (!isAlive(pid)) return;
  signal(pid, "SIGINT");
  for (let waited = 0; isAlive(pid) && waited < 30_000; waited += 20) await sleep(20);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it ended by itself
  }
}

/**
 * A free port below those that the system hands out by itself (32768 and up on Linux): else, while the server is away, it
 * could be given to any connection, and the server could not come back on it.
 */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 50; tries++) {
    const port = randomInt(10_000, 20_000);
    if (await isFree(port)) return port;
  }
  throw new StartFault("The embedded PostgreSQL found no free port between 10000 and 20000 on 127.0.0.1.");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer().once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}
