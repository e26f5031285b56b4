import { sql } from "kysely";
import type { EditionState, Segment } from "../editions/table.ts";
import type { Ctx } from "../platform/context.ts";
import { isInAudience, leftOut } from "./recipients.ts";
import { type DeliveryState, type DeliveryTallyTable, deliveryStates } from "./table.ts";

/** How many people a segment of a newsletter holds at this moment, and how many of them get nothing: suppressed. */
export async function countAudience(
  ctx: Ctx,
  newsletterId: string,
  segment: Segment,
): Promise<{ audience: number; suppressed: number }> {
  const { rows } = await sql<{ audience: number; suppressed: number }>`
    select count(*) as audience, count(*) filter (where ${leftOut}) as suppressed
    from subscriptions as s join people as p on p.id = s.person_id
    where s.newsletter_id = ${newsletterId} and ${isInAudience(segment, ctx.now())}`.execute(ctx.db);
  return rows[0] ?? { audience: 0, suppressed: 0 };
}

export type Progress = {
  state: EditionState;
  sendAt: Date | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** The number of recipients; it grows while the audience is being frozen. The counts always add up to it. */
  audience: number;
  counts: Record<DeliveryState, number>;
  /** How often a mail was handed over without an answer, and so perhaps came twice. */
  doubts: number;
  /** How many ended their subscription through this edition. */
  unsubscribed: number;
  /** Mails a second over the last minute. */
  speed: number;
  /** At that speed; null when it cannot be told. */
  secondsLeft: number | null;
  /** Since the mail server is in trouble nothing is sent until then. */
  heldUntil: Date | null;
};

type Sum = { what: DeliveryTallyTable["what"]; sum: number; lately: number };

/** How an edition's sending stands at this moment; reads a handful of rows, however many recipients there are. */
export async function getProgress(ctx: Ctx, editionId: string): Promise<Progress | undefined> {
  const { rows } = await sql<{
    state: EditionState;
    send_at: Date | null;
    started_at: Date | null;
    finished_at: Date | null;
    held_until: Date | null;
    sums: Sum[];
    seconds: number;
  }>`select e.state, e.send_at, e.started_at, e.finished_at,
      (select free_at from send_buckets where domain = '*' and slowness > 0
        and free_at > clock_timestamp() + interval '1 second') as held_until,
      coalesce(jsonb_agg(to_jsonb(t)) filter (where t.what is not null), '[]') as sums,
      least(60, extract(epoch from clock_timestamp() - min(t.began)))::float as seconds
    from editions as e left join lateral (
      select what, sum(change) as sum, min(at) filter (where at > '-infinity') as began,
        coalesce(sum(change) filter (where at > clock_timestamp() - interval '60 seconds'), 0) as lately
      from delivery_tallies where edition_id = e.id group by what
    ) as t on true
    where e.id = ${editionId} group by e.id`.execute(ctx.db);
  const row = rows[0];
  if (!row) return undefined;
  const sumOf = (what: Sum["what"]) => row.sums.find((one) => one.what === what);
  const counts = Object.fromEntries(
    deliveryStates.map((state) => [state, sumOf(state)?.sum ?? 0]),
  ) as Progress["counts"];
  const lately = (sumOf("sent")?.lately ?? 0) + (sumOf("refused")?.lately ?? 0);
  const speed = row.finished_at ? 0 : Math.max(0, lately) / Math.max(1, row.seconds ?? 60);
  const left = counts.waiting + counts.sending + counts.retry + counts.uncertain;
  return {
    state: row.state,
    sendAt: row.send_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    audience: Object.values(counts).reduce((sum, count) => sum + count, 0),
    counts,
    doubts: sumOf("doubts")?.sum ?? 0,
    unsubscribed: sumOf("unsubscribed")?.sum ?? 0,
    speed,
    secondsLeft: left > 0 && speed > 0 ? Math.ceil(left / speed) : null,
    heldUntil: row.held_until,
  };
}

/** Milliseconds until a scheduled edition begins; null when it is not scheduled. */
export async function countdown(ctx: Ctx, editionId: string): Promise<number | null> {
  const edition = await ctx.db
    .selectFrom("editions")
    .select("send_at")
    .where("id", "=", editionId)
    .where("state", "=", "scheduled")
    .executeTakeFirst();
  return edition?.send_at ? Math.max(0, edition.send_at.getTime() - ctx.now().getTime()) : null;
}

/**
 * Counts an edition's rows themselves, and gives each sum that differs: there is never one. Reads all rows, so once, when
 * an edition is finished.
 */
export async function checkTallies(ctx: Ctx, editionId: string) {
  const { rows } = await sql<{ what: string; counted: number; tallied: number }>`
    with counted as (
      select state as what, count(*)::int as count from deliveries where edition_id = ${editionId} group by state
      union all select 'doubts', sum(doubts)::int from deliveries where edition_id = ${editionId}
      union all select 'unsubscribed', count(unsubscribed_at)::int from deliveries where edition_id = ${editionId}
    ), tallied as (
      select what, sum(change)::int as count from delivery_tallies where edition_id = ${editionId} group by what
    )
    select what, coalesce(c.count, 0) as counted, coalesce(t.count, 0) as tallied
    from counted as c full join tallied as t using (what)
    where coalesce(c.count, 0) <> coalesce(t.count, 0)`.execute(ctx.db);
  return rows;
}

/** What was sent to a person, newest first. */
export const listDeliveriesOf = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("deliveries as d")
    .innerJoin("editions as e", "e.id", "d.edition_id")
    .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
    .select(["d.id", "d.state", "d.language", "d.domain", "d.tries", "d.doubts", "d.code", "d.due_at"])
    .select(["d.done_at", "d.unsubscribed_at", "e.title", "n.name as newsletter"])
    .where("d.person_id", "=", personId)
    .orderBy("d.due_at", "desc")
    .execute();

export { streamProgress } from "./live.ts";
