import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Ctx } from "../platform/context.ts";
import { type ArchiveReader, DamagedArchive, type Entry } from "./archive.ts";
import { type Manifest, names } from "./manifest.ts";
import { layOpen, setSequence, tablesIn } from "./tables.ts";

type Filled = { rows: Record<string, number>; leftOut: string[] };

/**
 * Puts every table's rows in its place, as they are: no trigger counts them a second time.
 *
 * @throws DamagedArchive when a table of ours is not in the archive.
 */
export async function fillTables(
  client: pg.Client,
  archive: ArchiveReader,
  manifest: Manifest,
): Promise<Filled> {
  const ours = await tablesIn(client);
  const missing = ours.find(({ name }) => !manifest.tables.some((table) => table.name === name));
  if (missing) throw new DamagedArchive(`the table ${missing.name} is missing`);
  const close = await layOpen(client, ours);
  const filled: Filled = { rows: {}, leftOut: [] };
  for (const { name, columns } of manifest.tables) {
    const parts = archive.takeAll(names.table(name));
    if (ours.some((table) => table.name === name)) {
      const into = columns.map((column) => client.escapeIdentifier(column)).join(", ");
      filled.rows[name] = await copyIn(client, `${client.escapeIdentifier(name)} (${into})`, parts);
    } else {
      for await (const _part of parts);
      filled.leftOut.push(name);
    }
  }
  await close();
  for (const sequence of manifest.sequences) await setSequence(client, sequence);
  return filled;
}

/** Keeps the jobs of the archive for after the last migration, in a table of this connection. @returns how many. */
export async function keepJobs(client: pg.Client, archive: ArchiveReader): Promise<number> {
  await client.query(
    "create temporary table restored_jobs (name text, data jsonb, start_after timestamptz) on commit drop",
  );
  return copyIn(client, "restored_jobs", archive.takeAll(names.jobs));
}

/** @returns the number of rows. */
async function copyIn(client: pg.Client, into: string, parts: AsyncGenerator<Entry>): Promise<number> {
  const rows = client.query(copyFrom(`copy ${into} from stdin`));
  await pipeline(async function* () {
    for await (const { bytes } of parts) yield bytes;
  }, rows);
  return rows.rowCount;
}

/** Where each file of an image belongs: in the folder or the bucket. One that is there already never changes. */
export async function takeImages(ctx: Ctx, archive: ArchiveReader): Promise<void> {
  for await (const { name, bytes } of archive.takeAll(names.images)) {
    const key = name.slice(names.images.length);
    if (!(await ctx.storage.read(key))) await ctx.storage.write(key, bytes, typeOfFile(key));
  }
}

const typeOfFile = (key: string) => {
  const extension = key.slice(key.lastIndexOf(".") + 1);
  return `image/${extension === "jpg" ? "jpeg" : extension}`;
};
