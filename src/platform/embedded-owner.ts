import { chmodSync, lchownSync, lstatSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { StartFault } from "./start-fault.ts";
import type { Account } from "./system-account.ts";

/** Files that a restore may have given to another; where these are right, all of them are. */
const telling = ["", "PG_VERSION", "archipel-password", "global/pg_control"];

/**
 * Gives a cluster back to whom the server runs as, after a copy that kept neither owner nor mode (`cp -r` as root):
 * PostgreSQL starts on no other (initdb makes it 0700). Only root can.
 *
 * @throws StartFault where we are not root, with what to do.
 */
export function takeBackCluster(cluster: string, account: Account | null): void {
  const uid = account?.uid ?? process.getuid?.();
  if (uid === undefined) return; // Windows
  if (telling.some((name) => belongsToAnother(join(cluster, name), uid))) {
    if (!account)
      throw new StartFault(
        `The database in ${cluster} belongs to another user: give it to this one, as root, with chown -R ${uid} ${cluster}`,
      );
    give(cluster, account);
  }
  if ((statSync(cluster).mode & 0o027) !== 0) chmodSync(cluster, 0o700);
}

function belongsToAnother(path: string, uid: number): boolean {
  try {
    return lstatSync(path).uid !== uid;
  } catch (error) {
    return (error as { code?: string }).code !== "ENOENT"; // closed to us
  }
}

/** Without following links: nothing outside of the cluster changes hands. */
function give(cluster: string, { uid, gid }: Account): void {
  lchownSync(cluster, uid, gid);
  for (const entry of readdirSync(cluster, { recursive: true, withFileTypes: true }))
    lchownSync(join(entry.parentPath, entry.name), uid, gid);
}
