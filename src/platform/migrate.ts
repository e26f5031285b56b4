import { Kysely, PostgresAdapter, PostgresDialect, sql, type Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { appliedTo, checkApplied, hashesOf, type Migrations, noteHashes } from "./migration-hashes.ts";

/** Kysely's own number among PostgreSQL's advisory locks, which earlier versions of this program wait for too. */
const lockNumber = "3853314791062309107";

/**
 * PostgreSQL without Kysely's lock around migrating, which belongs to the session: it could not be given back after a failed
 * statement, and would hide why that failed. Ours belongs to the transaction.
 */
export class MigratingDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new AdapterWithoutLock();
  }
}

class AdapterWithoutLock extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/**
 * Brings the database to the newest version of `migrations`, all in one transaction, with a lock so that two
 * processes that start at once do it once.
 *
 * @throws DatabaseRefused when the database is newer than the program, or was made by other migrations; the error of
 * the migration that failed, and then nothing has changed.
 */
export async function migrate(url: string, migrations: Migrations): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  const db = new Kysely<unknown>({ dialect: new MigratingDialect({ pool }) });
  try {
    await db.transaction().execute(async (db) => {
      await lockMigrating(db);
      await migrateWithin(db, migrations);
    });
  } finally {
    await db.destroy();
  }
}

/** Until the end of the transaction no other process migrates, so none starts. */
export const lockMigrating = (db: Transaction<unknown>) =>
  sql`select pg_advisory_xact_lock(${lockNumber}::bigint)`.execute(db);

/** The same in a transaction that holds the lock, of a `MigratingDialect`; up to the migration `last` when it is given. */
export async function migrateWithin(
  db: Transaction<unknown>,
  migrations: Migrations,
  last?: string,
): Promise<void> {
  const hashes = await hashesOf(migrations);
  checkApplied(await appliedTo(db), hashes, "This database");
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await (last ? migrator.migrateTo(last) : migrator.migrateToLatest());
  if (error) throw error;
  await noteHashes(db, hashes);
}
