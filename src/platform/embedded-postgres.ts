import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Binaries, clusterPath, createCluster, findBinaries } from "./embedded-cluster.ts";
import { argumentsOf, isAlive, processesOf, stateOf } from "./processes.ts";
import { type Account, databaseAccount } from "./system-account.ts";

/** A PostgreSQL server that this program runs itself. */
export type EmbeddedServer = {
  /** Connection string of the database "archipel" (or of `database`). */
  url: (database?: string) => string;
  /** Whether a server of an earlier, killed process was found running and taken over. */
  adopted: boolean;
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

/**
 * Starts the PostgreSQL of `dir`, makes its cluster at the first start, and takes over a server that a killed
 * process left running. `settings` are extra server settings ("fsync=off" in tests).
 *
 * @throws when the server does not come up within 30 s; the message holds the last lines of its log.
 */
export async function startEmbeddedPostgres(dir: string, settings: string[] = []): Promise<EmbeddedServer> {
  mkdirSync(dir, { recursive: true });
  const account = databaseAccount();
  const binaries = await findBinaries(account);
  const cluster = clusterPath(dir, account);
  if (!existsSync(join(cluster, "PG_VERSION")))
    await createCluster(cluster, binaries, account, settings.includes("fsync=off"));
  const password = readFileSync(join(cluster, "archipel-password"), "utf8").trim();

  const found = await findRunning(cluster, password);
  const { port, pid } = found ?? (await launch(cluster, binaries, account, password, settings));
  const url = (database = "archipel") => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  await ensureDatabase(url);
  return { url, adopted: found !== null, stop: () => stop(pid) };
}

/**
 * The server that runs on a cluster, once it answers; null when none does. Waits for one that is starting or
 * stopping.
 */
async function findRunning(cluster: string, password: string): Promise<Running | null> {
  const file = join(cluster, "postmaster.pid");
  for (let waited = 0; waited < 30_000; waited += 50) {
    if (!existsSync(file)) return null;
    const lines = readFileSync(file, "utf8").split("\n");
    const [pid, port] = [Number(lines[0]), Number(lines[3])];
    const state = pid ? whoHas(pid, cluster) : "the server";
    if (state === "nobody") return null;
    if (state === "another") {
      // PostgreSQL would take that process for the server and refuse to start. Its last helpers must be gone first.
      if (processesOf(cluster).length === 0) rmSync(file, { force: true });
    } else {
      const answer = port ? await knock(port, password) : "not-yet";
      if (answer === "ready") return { pid, port };
      if (answer === "stranger") return null;
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

async function launch(
  cluster: string,
  binaries: Binaries,
  account: Account | null,
  password: string,
  settings: string[],
): Promise<Running> {
  const port = await freePort();
  const logFile = join(cluster, "server.log");
  const log = openSync(logFile, "a", 0o600);
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
  for (let waited = 0; !ended && waited < 30_000; waited += 25) {
    if ((await knock(port, password)) === "ready") return { port, pid: child.pid! };
    await sleep(25);
  }
  const other = await findRunning(cluster, password); // two starts at once: the other's server is up
  if (other) return other;
  const last = readFileSync(logFile, "utf8").split("\n").slice(-8).join("\n");
  throw new Error(`The embedded PostgreSQL did not start. Its log ends with:\n${last}`);
}

/** Whether the server on a port lets us in: "not-yet" while it starts or stops, "stranger" when it is another's. */
async function knock(port: number, password: string): Promise<"ready" | "not-yet" | "stranger"> {
  const user = "postgres";
  const client = new pg.Client({ host: "127.0.0.1", port, user, password, database: "postgres" });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return "ready";
  } catch (error) {
    return (error as { code?: string }).code === "28P01" ? "stranger" : "not-yet"; // invalid_password
  }
}

async function ensureDatabase(url: (database?: string) => string): Promise<void> {
  const client = new pg.Client({ connectionString: url("postgres") });
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
  process.kill(pid, "SIGINT");
  for (let waited = 0; isAlive(pid) && waited < 30_000; waited += 20) await sleep(20);
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
