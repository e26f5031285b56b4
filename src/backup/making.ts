import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import type { Kysely } from "kysely";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { Tables } from "../database.ts";
import { listFiles } from "../media/operations.ts";
import { type Bare, CommandError } from "../platform/commands.ts";
import type { Config } from "../platform/config.ts";
import { createKeys } from "../platform/keys.ts";
import { appliedTo, hashesOf } from "../platform/migration-hashes.ts";
import { createStorage } from "../platform/storage.ts";
import { createArchive } from "./archive.ts";
import { withConnection } from "./connection.ts";
import { type Manifest, names, partName } from "./manifest.ts";
import { hasQueue, sequencesIn, type Table, tablesIn } from "./tables.ts";

/** How much of a table is in one entry, in bytes: as much is in memory. */
const partSize = 1024 * 1024;

export type Made = { madeAt: Date; tables: number; rows: number; jobs: number; images: number; key: boolean };

/**
 * Writes a whole installation to `out`, as it was at one moment, while the program goes on: every table by COPY from one
 * snapshot, jobs that wait, images; the secret key only when asked.
 *
 * @throws CommandError when the database holds no installation, or there is no key to take along.
 */
export async function makeBackup(on: Bare, out: Writable, withKey: boolean): Promise<Made> {
  const key = keyOf(on.config);
  if (withKey && !key)
    throw new CommandError("There is no secret key to take along: none in DATA_DIR, and no SECRET_KEY.");
  return withConnection(on.url, async (client, db) => {
    await client.query("begin isolation level repeatable read read only");
    const manifest = await describe(on, client, db, key);
    const archive = createArchive(out);
    try {
      await archive.add(names.manifest, Buffer.from(JSON.stringify(manifest, null, 2)));
      if (withKey && key) await archive.add(names.key, Buffer.from(key));
      const rows: Record<string, number> = {};
      for (const { name, columns } of manifest.tables)
        rows[name] = await copyOut(client, archive, names.table(name), selectOf(client, { name, columns }));
      const jobs = (await hasQueue(client)) ? await copyOut(client, archive, names.jobs, waitingJobs) : 0;
      const images = await addImages(on, db, archive, manifest.tables);
      await archive.finish({ rows, jobs, images });
      const madeAt = new Date(manifest.madeAt);
      const all = Object.values(rows).reduce((sum, count) => sum + count, 0);
      return { madeAt, tables: manifest.tables.length, rows: all, jobs, images, key: withKey };
    } catch (error) {
      archive.abort();
      throw error;
    }
  });
}

type Archive = ReturnType<typeof createArchive>;

/** The secret of this installation, made by its first start; null where it never started. */
export function keyOf({ secretKey, dataDir }: Config): string | null {
  const file = join(dataDir, "secret.key");
  return secretKey ?? (existsSync(file) ? readFileSync(file, "utf8").trim() : null);
}

export const keyHashOf = (key: string) => createKeys(key).hash("backup", "which key");

async function describe(
  on: Bare,
  client: pg.Client,
  db: Kysely<Tables>,
  key: string | null,
): Promise<Manifest> {
  const applied = await appliedTo(db as unknown as Kysely<unknown>);
  if (applied.length === 0) throw new CommandError("There is no Archipel in this database to back up.");
  const hashes = await hashesOf(on.migrations);
  const migrations = applied.map(({ name, hash }) => {
    const known = hash ?? hashes[name];
    if (!known) throw new CommandError(`This database is of a newer Archipel ("${name}"): use that version.`);
    return { name, hash: known };
  });
  const { rows } = await client.query<{ at: Date; version: string }>(
    "select now() as at, current_setting('server_version') as version",
  );
  return {
    format: "archipel-backup",
    formatVersion: 1,
    program: programVersion(),
    postgresql: rows[0]?.version ?? "",
    madeAt: (rows[0]?.at ?? new Date()).toISOString(),
    encoding: "UTF8",
    migrations,
    tables: await tablesIn(client),
    sequences: await sequencesIn(client),
    keyHash: key ? keyHashOf(key) : null,
  };
}

function programVersion(): string {
  try {
    return (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;
  } catch {
    return "unknown";
  }
}

const columnsOf = (client: pg.Client, columns: string[]) =>
  columns.map((column) => client.escapeIdentifier(column)).join(", ");

const selectOf = (client: pg.Client, { name, columns }: Table) =>
  `${client.escapeIdentifier(name)} (${columnsOf(client, columns)})`;

/** What has still to be done. Who the queue's own jobs are, and what cron makes, is not for a backup. */
const waitingJobs = `(select name, coalesce(data, '{}'::jsonb) as data, start_after from pgboss.job
  where state in ('created', 'retry', 'active') and name not like '\\_\\_pgboss%' order by created_on)`;

/** @returns the number of rows. */
async function copyOut(client: pg.Client, archive: Archive, folder: string, what: string): Promise<number> {
  const rows = client.query(copyTo(`copy ${what} to stdout`));
  let [parts, size, number]: [Buffer[], number, number] = [[], 0, 1];
  const write = async () => {
    if (size > 0) await archive.add(partName(folder, number++), Buffer.concat(parts));
    [parts, size] = [[], 0];
  };
  for await (const part of rows) {
    parts.push(part as Buffer);
    size += (part as Buffer).length;
    if (size >= partSize) await write();
  }
  await write();
  return rows.rowCount;
}

/** The files of the images in the snapshot, from the folder or the bucket. @returns the number of images. */
async function addImages(on: Bare, db: Kysely<Tables>, archive: Archive, tables: Table[]): Promise<number> {
  if (!tables.some(({ name }) => name === "media")) return 0; // before there were any
  const storage = createStorage(on.config.storage);
  const images = await db.selectFrom("media").select(["id", "width"]).where("ready", "=", true).execute();
  for (const { id, width } of images)
    for (const file of listFiles(id, width)) {
      const bytes = await storage.read(file);
      if (bytes) await archive.add(`${names.images}${file}`, bytes);
    }
  return images.length;
}
