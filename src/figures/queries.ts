import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/** What is counted: the whole movement, or one initiative. */
export type About = { initiativeId: string | null };

/** How many months the charts go back, this one included. */
const months = 13;

/** A number per month, oldest first; `month` is its first day in Amsterdam ("2026-05-01"). */
export type Series = { month: string; count: number }[];

/** The months that the charts show, as rows with their borders in Amsterdam's time. */
const calendar = (ctx: Ctx) => sql`(
  select month::date as month, month at time zone 'Europe/Amsterdam' as begins,
    (month + interval '1 month') at time zone 'Europe/Amsterdam' as ends
  from generate_series(
    date_trunc('month', ${ctx.now()}::timestamptz at time zone 'Europe/Amsterdam') - ${months - 1} * interval '1 month',
    date_trunc('month', ${ctx.now()}::timestamptz at time zone 'Europe/Amsterdam'),
    interval '1 month'
  ) as month) as calendar`;

/** Subscribers at the end of each month (of this one: now). Who ended and subscribed again counts from then on. */
export async function countSubscribers(ctx: Ctx, { initiativeId }: About): Promise<Series> {
  const own = initiativeId
    ? sql`and s.newsletter_id in (select id from newsletters where initiative_id = ${initiativeId})`
    : sql``;
  // Running sums over what began and ended: one pass over the rows, however many months.
  const { rows } = await sql<Series[number]>`
    with changes as (
      select since as at, 1 as change from subscriptions as s where true ${own}
      union all
      select ended_at, -1 from subscriptions as s where ended_at is not null ${own}
    ), per_month as (
      select greatest(date_trunc('month', at at time zone 'Europe/Amsterdam')::date,
        (select min(month) from ${calendar(ctx)}) - 1) as month, sum(change) as change
      from changes where at <= ${ctx.now()} group by 1
    )
    select calendar.month::text as month,
      coalesce((select sum(change) from per_month where per_month.month <= calendar.month), 0)::integer as count
    from ${calendar(ctx)} order by calendar.month`.execute(ctx.db);
  return rows;
}

/** Signatures at the end of each month. */
export async function countSignatures(ctx: Ctx): Promise<Series> {
  const { rows } = await sql<Series[number]>`
    with per_month as (
      select greatest(date_trunc('month', confirmed_at at time zone 'Europe/Amsterdam')::date,
        (select min(month) from ${calendar(ctx)}) - 1) as month, count(*) as change
      from signatures where confirmed_at <= ${ctx.now()} group by 1
    )
    select calendar.month::text as month,
      coalesce((select sum(change) from per_month where per_month.month <= calendar.month), 0)::integer as count
    from ${calendar(ctx)} order by calendar.month`.execute(ctx.db);
  return rows;
}

/** Updates that came out in each month. */
export async function countUpdates(ctx: Ctx, { initiativeId }: About): Promise<Series> {
  const own = initiativeId ? sql`and u.initiative_id = ${initiativeId}` : sql``;
  const { rows } = await sql<Series[number]>`
    select calendar.month::text as month, count(u.id)::integer as count
    from ${calendar(ctx)} left join updates as u
      on u.published_at >= calendar.begins and u.published_at < calendar.ends
      and u.published_at <= ${ctx.now()} ${own}
    group by calendar.month order by calendar.month`.execute(ctx.db);
  return rows;
}

/** What became of the acts of the past three weeks: longer is not kept. */
export async function countActs(ctx: Ctx) {
  return ctx.db
    .selectFrom("acts")
    .select(({ fn }) => [
      fn.countAll<number>().as("sent"),
      fn.countAll<number>().filterWhere("confirmed_at", "is not", null).as("confirmed"),
      fn.countAll<number>().filterWhere("rejected_at", "is not", null).as("rejected"),
    ])
    .executeTakeFirstOrThrow();
}

/** Offers to work along: how many, how they were answered, and the median number of days until an answer. */
export async function countOffers(ctx: Ctx, { initiativeId }: About) {
  const median = sql<number | null>`percentile_cont(0.5) within group
    (order by extract(epoch from answered_at - offered_at) / 86400) filter (where answered_at is not null)`;
  const counts = await ctx.db
    .selectFrom("participations")
    .select(({ fn }) => [
      fn.countAll<number>().as("all"),
      fn.countAll<number>().filterWhere("answer", "=", "accepted").as("accepted"),
      fn.countAll<number>().filterWhere("answer", "=", "declined").as("declined"),
      fn.countAll<number>().filterWhere("withdrawn_at", "is not", null).as("withdrawn"),
    ])
    .select(median.as("days"))
    .$if(initiativeId !== null, (query) => query.where("initiative_id", "=", initiativeId))
    .executeTakeFirstOrThrow();
  return { ...counts, days: counts.days === null ? null : Number(counts.days) };
}

/** The initiatives that somebody may see figures of ("all", or these), each with its numbers now. */
export const listInitiativeFigures = (ctx: Ctx, places: "all" | string[]) =>
  ctx.db
    .selectFrom("initiatives as i")
    .select(["i.id", "i.name"])
    .select((eb) => [
      eb
        .selectFrom("subscriptions as s")
        .innerJoin("newsletters as n", "n.id", "s.newsletter_id")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .whereRef("n.initiative_id", "=", "i.id")
        .where("s.ended_at", "is", null)
        .as("subscribers"),
      eb
        .selectFrom("updates as u")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .whereRef("u.initiative_id", "=", "i.id")
        .where("u.published_at", "<=", ctx.now())
        .as("updates"),
      eb
        .selectFrom("participations as o")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .whereRef("o.initiative_id", "=", "i.id")
        .as("offers"),
    ])
    .$if(places !== "all", (query) => query.where("i.id", "in", places as string[]))
    .orderBy("i.position")
    .orderBy("i.slug")
    .limit(500)
    .execute();

export type InitiativeFigures = Awaited<ReturnType<typeof listInitiativeFigures>>[number];
