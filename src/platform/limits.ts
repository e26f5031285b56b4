import { type Kysely, sql } from "kysely";
import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** So many points for one key in so many seconds, counted from its first. `name` keeps limits apart. */
export type Limit = { name: string; points: number; seconds: number };

export type Taken = {
  /** Whether this one still fell within the limit. */
  within: boolean;
  /** Milliseconds until the key starts at zero again. */
  msLeft: number;
};

export type Limits = {
  /** Takes a point of `key`, which is kept as it is given: never give it what points to a person. */
  take: (limit: Limit, key: string) => Promise<Taken>;
};

/**
 * Limits that all processes on one database share, in the table "limits" (rate-limiter-flexible). Windows run on the
 * machine's clock (the library reads Date.now()), not on ctx.now(): a test that moves on must move Date as well.
 */
export function createLimits(pool: Pool): Limits {
  const limiters = new Map<Limit, RateLimiterPostgres>();
  const limiterOf = (limit: Limit) => {
    const known = limiters.get(limit);
    if (known) return known;
    const made = new RateLimiterPostgres({
      storeClient: pool,
      storeType: "pool",
      tableName: "limits",
      tableCreated: true,
      clearExpiredByTimeout: false, // a job does that
      keyPrefix: limit.name,
      points: limit.points,
      duration: limit.seconds,
    });
    limiters.set(limit, made);
    return made;
  };
  return {
    take: async (limit, key) => {
      try {
        const { msBeforeNext } = await limiterOf(limit).consume(key);
        return { within: true, msLeft: msBeforeNext };
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { within: false, msLeft: refusal.msBeforeNext };
      }
    },
  };
}

/**
 * Takes a point of `key` within the transaction of `db`, and with it alone: undone, nothing was taken. It needs no
 * connection besides, and counts in the same rows as `Limits.take`. Answers whether this one fell within the limit.
 */
export async function takeWithin(
  db: Pick<Kysely<unknown>, "getExecutor">,
  limit: Limit,
  key: string,
): Promise<boolean> {
  const now = Date.now();
  const { rows } = await sql<{ points: number }>`
    insert into limits (key, points, expire) values (${`${limit.name}:${key}`}, 1, ${now + limit.seconds * 1000})
    on conflict (key) do update set
      points = case when limits.expire <= ${now} then 1 else limits.points + 1 end,
      expire = case when limits.expire <= ${now} then excluded.expire else limits.expire end
    returning points`.execute(db);
  return rows[0] !== undefined && rows[0].points <= limit.points;
}

/** Whether `key` has a point of `limit` left. Takes none; for what counts only once it went wrong. */
export async function hasPointLeft(
  db: Pick<Kysely<unknown>, "getExecutor">,
  limit: Limit,
  key: string,
): Promise<boolean> {
  const { rows } = await sql`
    select 1 from limits
    where key = ${`${limit.name}:${key}`} and expire > ${Date.now()} and points >= ${limit.points}`.execute(
    db,
  );
  return rows.length === 0;
}
