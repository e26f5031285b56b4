import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";

/** What a feature's operations may do with the database: the pool, or the transaction they run in. */
export type Db<Tables> = Kysely<Tables> | Transaction<Tables>;

pg.types.setTypeParser(pg.types.builtins.INT8, Number); // counts stay far below 2^53
pg.types.setTypeParser(pg.types.builtins.DATE, String); // a day is no moment: "2026-12-31"

export type Connected<Tables> = { pool: pg.Pool; db: Kysely<Tables> };

/**
 * A pool of connections to PostgreSQL (at most `max`), and Kysely on top of it. `onConnect`: what each of them is told
 * before anybody gets it; a client asks one thing at a time.
 */
export function connect<Tables>(
  url: string,
  max = 10,
  onConnect?: (client: pg.ClientBase) => Promise<unknown>,
): Connected<Tables> {
  const pool = new pg.Pool({
    ...{ connectionString: url, max, application_name: "archipel" },
    ...(onConnect && {
      onConnect: async (client) => {
        await onConnect(client);
      },
    }),
  });
  pool.on("error", () => {}); // an idle connection broke; the next query opens a new one or reports it
  // One in use broke: its query fails by itself. Without a listener the whole program would end.
  pool.on("connect", (client) => client.on("error", () => {}));
  return { pool, db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }) };
}

/**
 * A pool for who waits for an answer: a statement that takes longer than so many milliseconds is given up by the database,
 * and its transaction with it, so that few of them cannot keep all connections. 0: none is.
 */
export function connectWithin<Tables>(url: string, milliseconds: number): Connected<Tables> {
  return connect<Tables>(url, 10, (client) => client.query(`set statement_timeout = ${milliseconds}`));
}

/** Lets the statements of one transaction take as long as they need: what is large by its nature, and asked for seldom. */
export const takeTime = (db: Pick<Kysely<unknown>, "getExecutor">) =>
  sql`select set_config('statement_timeout', '0', true)`.execute(db);

/** Whether the database gave up a statement: it took too long (query_canceled; PostgreSQL, appendix A). */
export const tookTooLong = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && error.code === "57014";

/** Shorter statements are planned quickly. */
const longStatement = 500;

/** A plan that is kept must be good at any size of its tables: by indexes, a row at a time, never a whole table. */
const plansThatLast =
  "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_bitmapscan = off; " +
  "set enable_hashjoin = off; set enable_mergejoin = off; set jit = off";

/**
 * A pool for few statements that come again and again, each about a few rows. Long ones are prepared once per connection:
 * planning them takes longer than carrying them out. Not for a statement that reads much of a table.
 */
export function connectForRepeated<Tables>(url: string, max: number): Kysely<Tables> {
  const names = new Map<string, string>();
  const nameOf = (text: string) => {
    const name = names.get(text) ?? `repeated-${names.size}`;
    names.set(text, name);
    return name;
  };
  const { db } = connect<Tables>(url, max, async (client) => {
    const ask = client.query.bind(client) as (...query: unknown[]) => unknown;
    const askPrepared = (text: unknown, values?: unknown, ...rest: unknown[]) =>
      typeof text === "string" && text.length > longStatement && Array.isArray(values)
        ? ask({ name: nameOf(text), text, values })
        : ask(text, values, ...rest);
    client.query = askPrepared as typeof client.query;
    await client.query(plansThatLast);
  });
  return db;
}
