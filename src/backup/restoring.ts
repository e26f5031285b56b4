import type { Kysely, Transaction } from "kysely";
import { sql } from "kysely";
import type pg from "pg";
import type { Tables } from "../database.ts";
import { stopWhatMayBeSent } from "../deliveries/operations.ts";
import { eraseEverything } from "../mine/operations.ts";
import type { Bare } from "../platform/commands.ts";
import type { Ctx } from "../platform/context.ts";
import type { JobDefinition } from "../platform/jobs.ts";
import { lockMigrating, migrateWithin } from "../platform/migrate.ts";
import { acceptKey } from "../platform/secret-key.ts";
import { type ArchiveReader, DamagedArchive } from "./archive.ts";
import { withConnection } from "./connection.ts";
import { heldJobs } from "./held.ts";
import { endShape, type Manifest } from "./manifest.ts";
import { fillTables, keepJobs, takeImages } from "./reading.ts";
import { isEmpty } from "./tables.ts";

export type Restored = {
  rows: number;
  images: number;
  /** Tables in the archive that are none of ours. */
  leftOut: string[];
  erased: number;
  /** Numbers of whom the backup knows nothing: erased before, or known since. */
  unknown: number;
  /** Who could not be erased, because nobody else owns the movement here. */
  lastOwners: string[];
  editions: number;
  held: number;
};

export type Wishes = {
  /** The numbers of who was erased since the backup. */
  erased: string[];
  /** Work that looks for mails that have fallen due; what it finds is held. */
  dueMails: JobDefinition[];
  /** Work that comes by itself is not held. */
  byItself: string[];
};

/** Whether a database is free for a restore. */
export const isFree = (url: string): Promise<boolean> => withConnection(url, (client) => isEmpty(client));

/**
 * Fills an empty database with what follows the manifest, in one transaction: either all of it is there, migrated to
 * today, with everybody erased again who was since, or nothing. No mail leaves by it.
 *
 * @throws DamagedArchive when the archive is not as it was written; "taken" when the database is not empty any more.
 */
export async function restore(
  on: Bare,
  ctx: Ctx,
  archive: ArchiveReader,
  manifest: Manifest,
  { erased, dueMails, byItself }: Wishes,
): Promise<Restored> {
  const restored = await withConnection(on.url, (client, db) =>
    db.transaction().execute(async (trx) => {
      const bare = trx as unknown as Transaction<unknown>;
      await lockMigrating(bare);
      if (!(await isEmpty(client))) throw new Error("The database is not empty any more");
      await migrateWithin(bare, on.migrations, manifest.migrations.at(-1)?.name);
      const { rows, leftOut } = await fillTables(client, archive, manifest);
      const jobs = await keepJobs(client, archive);
      await takeImages(ctx, archive);
      const end = endShape.parse(await archive.end());
      checkCounts(end.rows, rows, leftOut);
      if (end.jobs !== jobs) throw new DamagedArchive("the number of jobs is another");
      await migrateWithin(bare, on.migrations);
      await sql`insert into held_jobs (name, data, start_after)
        select name, data, start_after from restored_jobs where name <> all(${byItself})`.execute(trx);
      const inside: Ctx = { ...ctx, db: trx, jobs: heldJobs(trx) };
      await acceptKey(inside); // the backup's own, or another one that the operator chose
      const people = await eraseAgain(inside, erased);
      const editions = await stopWhatMayBeSent(inside);
      for (const job of dueMails) await job.run(inside, {});
      const { count } = await trx
        .selectFrom("held_jobs")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      const all = Object.values(rows).reduce((sum, one) => sum + one, 0);
      return { rows: all, images: end.images, leftOut, ...people, editions, held: count };
    }),
  );
  await prepareForUse(on.url);
  return restored;
}

function checkCounts(said: Record<string, number>, found: Record<string, number>, leftOut: string[]): void {
  const wrong = Object.keys(said).find((table) => said[table] !== found[table] && !leftOut.includes(table));
  if (wrong) throw new DamagedArchive(`the table ${wrong} has another number of rows`);
}

async function eraseAgain(ctx: Ctx, numbers: string[]) {
  const found = { erased: 0, unknown: 0, lastOwners: [] as string[] };
  for (const id of numbers) {
    const { kind } = await eraseEverything(ctx, id);
    if (kind === "erased") found.erased++;
    else if (kind === "not-found") found.unknown++;
    else found.lastOwners.push(id);
  }
  return found;
}

/** Lets the planner know what is there. */
const prepareForUse = (url: string) =>
  withConnection(url, async (client: pg.Client, _db: Kysely<Tables>) => {
    await client.query("analyze");
  });
