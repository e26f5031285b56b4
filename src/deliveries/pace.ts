import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/**
 * Token buckets (as GCRA: one moment per bucket, from which on the next mail may go), by the database's clock, which
 * all processes share. Saved up is at most a second's worth, or one mail at slower rates.
 */
type Sql = RawBuilder<unknown>;

/** Seconds that a bucket may be ahead. */
const saved = (rate: Sql) => sql`greatest(1, 1 / ${rate})`;

/** How many may go now, in a query with clock as c; negative while it is held. */
export const allowance = (freeAt: Sql, rate: Sql) =>
  sql<number>`least(1e6, floor(1e-6 + ${rate} * (${saved(rate)} -
    greatest(0, extract(epoch from ${freeAt} - c.moment)::float))))::int`;

/** How much later a bucket is free after so many. */
export const costOf = (count: Sql, rate: Sql) => sql`make_interval(secs => ${count} / ${rate})`;

/** The rate in all after trouble: half for each time in a row, down to a 64th. */
export const slowedRate = (rate: number, slowness: Sql) =>
  sql`(${rate}::float / power(2, least(${slowness}, 6)))`;

/**
 * The mail server is in trouble (421, no connection, no answer): nobody sends for a while, twice as long as the time
 * before, up to about four minutes, and slower after that. What many connections notice at once counts once.
 *
 * @param code what the server said ("535 5.7.8", "ECONNREFUSED"), for who has to mend it
 */
export async function holdOn(ctx: Ctx, code: string): Promise<void> {
  await sql`update send_buckets as b
    set trouble = ${code}, trouble_since = coalesce(b.trouble_since, ${ctx.now()}), slowness = least(b.slowness + 1, 9), eased_at = c.moment,
      free_at = c.moment + make_interval(secs => power(2, least(b.slowness, 8)) + 1)
    from (select clock_timestamp() as moment) as c
    where b.domain = '*' and (b.eased_at is null or b.eased_at < c.moment - interval '1 second')`.execute(
    ctx.db,
  );
}

/** Mails were taken, so the trouble is over: every two seconds back to twice the rate, up to the full one. */
export async function easeOff(ctx: Ctx): Promise<void> {
  await sql`update send_buckets set trouble_since = null where domain = '*' and trouble_since is not null`.execute(
    ctx.db,
  );
  await sql`update send_buckets set slowness = slowness - 1, eased_at = clock_timestamp()
    where domain = '*' and slowness > 0 and eased_at < clock_timestamp() - interval '2 seconds'`.execute(
    ctx.db,
  );
}
