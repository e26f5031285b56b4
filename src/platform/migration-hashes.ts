import { createHash } from "node:crypto";
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Transaction,
} from "kysely";
import type { Migration } from "kysely/migration";
import { StartFault } from "./start-fault.ts";

/** By name, in their order. */
export type Migrations = Record<string, Migration>;

/** This database is not for this program; the message is a sentence for the operator. */
export class DatabaseRefused extends StartFault {}

/**
 * SHA-256 (hex) of the statements that a migration compiles to, with their parameters. Nothing is carried out; a
 * migration that reads before it writes finds no rows.
 */
async function hashOf(migration: Migration): Promise<string> {
  const hash = createHash("sha256");
  const db = new Kysely<unknown>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: ({ query }) => void hash.update(`${JSON.stringify([query.sql, query.parameters])}\n`),
  });
  await migration.up(db);
  return hash.digest("hex");
}

/** The hash of each, by name. */
export async function hashesOf(migrations: Migrations): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const [name, migration] of Object.entries(migrations)) hashes[name] = await hashOf(migration);
  return hashes;
}

/** What a database was migrated by, in order; `hash` is null where that was before hashes were kept. */
export type Applied = { name: string; hash: string | null };

/** The migrations of a database; none when it is empty. */
export async function appliedTo(db: Kysely<unknown>): Promise<Applied[]> {
  const { rows: there } = await sql<{ migrated: boolean; hashed: boolean }>`
    select to_regclass('kysely_migration') is not null as migrated,
      to_regclass('migration_hashes') is not null as hashed`.execute(db);
  if (!there[0]?.migrated) return [];
  const hash = there[0].hashed
    ? sql`(select hash from migration_hashes as h where h.name = m.name)`
    : sql`null`;
  const { rows } = await sql<Applied>`
    select name, ${hash} as hash from kysely_migration as m order by name`.execute(db);
  return rows;
}

/**
 * Makes sure that this program has each of `applied`, as it was then, and none that should have come before them. `of` is
 * what they made, at the beginning of a sentence.
 *
 * @throws DatabaseRefused naming the migration that is unknown, different or missing.
 */
export function checkApplied(applied: Applied[], hashes: Record<string, string>, of: string): void {
  for (const { name, hash } of applied) {
    const ours = hashes[name];
    if (!ours)
      throw new DatabaseRefused(
        `${of} is of a newer Archipel: it has the migration "${name}", which this version does not know. Use the newer version.`,
      );
    if (hash && hash !== ours)
      throw new DatabaseRefused(
        `${of} was made by another migration "${name}" than the one in this program. A released migration must stay ` +
          "as it is: put the program back as it was released.",
      );
  }
  const last = applied.at(-1)?.name ?? "";
  const missed = Object.keys(hashes).find((name) => name < last && !applied.some((one) => one.name === name));
  if (missed)
    throw new DatabaseRefused(
      `${of} lacks the migration "${missed}", although it has the later "${last}": it is of a version under development, ` +
        "and no other version goes on with it.",
    );
}

/** Notes the hash of each migration that has none yet: those just carried out, and those from before hashes were kept. */
export async function noteHashes(db: Transaction<unknown>, hashes: Record<string, string>): Promise<void> {
  await sql`create table if not exists migration_hashes (name text primary key, hash text not null)`.execute(
    db,
  );
  for (const { name, hash } of await appliedTo(db))
    if (hash === null && hashes[name])
      await sql`insert into migration_hashes (name, hash) values (${name}, ${hashes[name]})`.execute(db);
}
