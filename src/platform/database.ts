import { Kysely, PostgresDialect, type Transaction } from "kysely";
import pg from "pg";

/** What a feature's operations may do with the database: the pool, or the transaction they run in. */
export type Db<Tables> = Kysely<Tables> | Transaction<Tables>;

pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts stay far below 2^53
pg.types.setTypeParser(pg.types.builtins.DATE, String); // a day is no moment: "2026-12-31"

/** A pool of connections to PostgreSQL (at most `max`), and Kysely on top of it. */
export function connect<Tables>(url: string, max = 10): { pool: pg.Pool; db: Kysely<Tables> } {
  const pool = new pg.Pool({ connectionString: url, max, application_name: "archipel" });
  pool.on("error", () => {}); // an idle connection broke; the next query opens a new one or reports it
  // One in use broke: its query fails by itself. Without a listener the whole program would end.
  pool.on("connect", (client) => client.on("error", () => {}));
  return { pool, db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) };
}
