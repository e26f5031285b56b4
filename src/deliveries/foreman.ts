import { type Selectable, sql } from "kysely";
import { personMay } from "../accounts/operations.ts";
import type { EditionTable } from "../editions/table.ts";
import type { Ctx } from "../platform/context.ts";
import { freezeNext } from "./freeze.ts";
import { isOpen, queueUp } from "./recipients.ts";
import { takeUpFromNobody, takeUpFromTheDead } from "./senders.ts";
import { checkTallies } from "./tallies.ts";

/** Rows that are changed in one transaction. */
const batchSize = 10_000;

/**
 * What has to be done for editions beside sending: each step is small, done by whichever process comes first, and may be
 * broken off anywhere.
 *
 * @returns whether there is more to do at once.
 */
export async function lookAfterEditions(ctx: Ctx): Promise<boolean> {
  await takeUpFromTheDead(ctx);
  await takeUpFromNobody(ctx);
  await beginWhatIsDue(ctx);
  const editions = await ctx.db
    .selectFrom("editions")
    .select(["id", "state", "again_at", "again_to"])
    .where("finished_at", "is", null)
    .where("state", "in", ["freezing", "sending", "cancelled"])
    .execute();
  let more = false;
  for (const edition of editions)
    try {
      more = (await lookAfter(ctx, edition)) || more;
    } catch (error) {
      ctx.log.warn({ err: error, edition: edition.id }, "an edition could not be looked after");
    }
  return more;
}

/** Begins with the editions whose moment has come, but for those whose planner lost the right to send since. */
async function beginWhatIsDue(ctx: Ctx): Promise<void> {
  const due = await ctx.db
    .selectFrom("editions as e")
    .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
    .select(["e.id", "e.planned_by", "n.initiative_id"])
    .where("e.state", "=", "scheduled")
    .where("e.send_at", "<=", ctx.now())
    .execute();
  for (const { id, planned_by, initiative_id } of due)
    if (!planned_by || (await personMay(ctx, planned_by, "newsletters.send", initiative_id)))
      await ctx.db
        .updateTable("editions")
        .set({ state: "freezing", started_at: ctx.now() })
        .where("id", "=", id)
        .where("state", "=", "scheduled")
        .where("send_at", "<=", ctx.now())
        .execute();
}

type UnderWay = Pick<Selectable<EditionTable>, "id" | "state" | "again_at" | "again_to">;

/** @returns whether there is more to do at once. */
async function lookAfter(ctx: Ctx, { id, state, again_at, again_to }: UnderWay): Promise<boolean> {
  let more = false;
  if (state === "freezing") more = (await freezeNext(ctx, id)) === "more";
  if (state === "sending" && again_at) more = await sendAgain(ctx, id, again_at, again_to);
  if (state === "sending" && !again_at) await queueWhatWasMissed(ctx, id);
  if (state === "cancelled") more = await skipTheRest(ctx, id);
  if (state !== "freezing") await finish(ctx, id);
  await putTogether(ctx, id);
  return more;
}

/** Puts those who were refused (or never answered for) before a moment back in the row; with the last the wish is done. */
async function sendAgain(
  ctx: Ctx,
  editionId: string,
  before: Date,
  to: UnderWay["again_to"],
): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`with again as (
      update deliveries set state = case when doubts > 0 then 'uncertain' else 'waiting' end, tries = 0,
        due_at = ${ctx.now()}, done_at = null, code = null, first_tried_at = null
      where id in (select id from deliveries where edition_id = ${editionId} and state = ${sql.lit(to)}
        and done_at <= ${before} limit ${batchSize} for update skip locked)
      returning edition_id, domain, due_at as at),
    due as (select * from again), queued as (${queueUp})
    select count(*) from again`.execute(ctx.db);
  const count = rows[0]?.count ?? 0;
  if (count === 0)
    await ctx.db
      .updateTable("editions")
      .set({ again_at: null })
      .where("id", "=", editionId)
      .where("again_at", "=", before)
      .execute();
  return count > 0;
}

/** Who was still waiting when an edition was cancelled gets nothing, and the account says so. */
async function skipTheRest(ctx: Ctx, editionId: string): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db
    .updateTable("deliveries")
    .set({ state: "skipped", code: "cancelled", done_at: ctx.now() })
    .where("id", "in", (query) =>
      query
        .selectFrom("deliveries")
        .select("id")
        .where("edition_id", "=", editionId)
        .where(isOpen)
        .limit(batchSize)
        .forUpdate()
        .skipLocked(),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows) > 0;
}

/** An edition is done when nothing of it is open: by its rows themselves, which two small indexes answer. */
async function finish(ctx: Ctx, editionId: string): Promise<void> {
  const { rows } = await sql<{ state: string }>`
    update editions as e set finished_at = ${ctx.now()},
      state = case when state = 'sending' then 'sent' else state end
    where id = ${editionId} and state in ('sending', 'cancelled') and finished_at is null and again_at is null
      and not exists (select from deliveries where edition_id = e.id and ${isOpen})
      and not exists (select from deliveries where edition_id = e.id and state = 'sending')
    returning state`.execute(ctx.db);
  if (!rows[0]) return;
  await ctx.db.deleteFrom("send_queues").where("edition_id", "=", editionId).execute();
  const wrong = await checkTallies(ctx, editionId);
  if (wrong.length > 0) ctx.log.error({ edition: editionId, wrong }, "an edition's sums do not add up");
  ctx.log.info({ edition: editionId, state: rows[0].state }, "edition finished");
}

/** Nobody depends on the queues alone: when they say that nothing is due, the rows themselves are asked. */
const queueWhatWasMissed = (ctx: Ctx, editionId: string) =>
  sql`with due as (
      select d.edition_id, d.domain, d.due_at as at from deliveries as d
      where d.edition_id = ${editionId} and ${isOpen} and d.due_at <= ${ctx.now()}
        and not exists (select from send_queues where edition_id = ${editionId} and next_at <= ${ctx.now()})
      limit ${batchSize})
    ${queueUp}`.execute(ctx.db);

/** Puts the sums' rows together: by five seconds for the last minute, which tells the speed, the rest in one. */
const putTogether = (ctx: Ctx, editionId: string) =>
  sql`with gone as (delete from delivery_tallies where edition_id = ${editionId} returning what, at, change)
    insert into delivery_tallies (edition_id, what, at, change)
    select ${editionId}, what,
      case when at < clock_timestamp() - interval '90 seconds' then '-infinity'
        else date_bin('5 seconds', at, 'epoch') end as since, sum(change)
    from gone group by what, since having sum(change) <> 0`.execute(ctx.db);
