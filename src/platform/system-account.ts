import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { StartFault } from "./start-fault.ts";

/** The user and group that the embedded PostgreSQL runs under. */
export type Account = { uid: number; gid: number };

/**
 * PostgreSQL refuses to run as root. As root this finds the system account "postgres" and makes it where it is
 * missing; for any other user the server runs as that user (null).
 */
export function databaseAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  return lookUp("postgres") ?? create("postgres");
}

/** Whether the account can enter or read `path`, whatever the folders above it allow. */
export function mayReach({ uid, gid }: Account, path: string): boolean {
  return spawnSync("test", ["-x", path], { uid, gid, cwd: "/" }).status === 0;
}

function lookUp(name: string): Account | null {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

function create(name: string): Account {
  const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
  const made = spawnSync("useradd", [...options, name], { stdio: "pipe" });
  const account = lookUp(name);
  if (account) return account;
  const why = made.error?.message ?? made.stderr.toString().trim();
  throw new StartFault(
    `PostgreSQL does not run as root, and its system account "${name}" could not be made (${why}): make it, or start Archipel as another user.`,
  );
}
