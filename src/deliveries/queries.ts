import { sql } from "kysely";
import type { Segment } from "../editions/table.ts";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { isInAudience, leftOut } from "./recipients.ts";

/**
 * How many people a segment of a newsletter holds at this moment, how many of them get nothing (suppressed), and how many
 * read each language.
 */
export async function countAudience(ctx: Ctx, newsletterId: string, segment: Segment) {
  const { rows } = await sql<{ language: Language; audience: number; suppressed: number }>`
    select s.language, count(*) as audience, count(*) filter (where ${leftOut}) as suppressed
    from subscriptions as s join people as p on p.id = s.person_id
    where s.newsletter_id = ${newsletterId} and ${isInAudience(segment, ctx.now())}
    group by s.language`.execute(ctx.db);
  return {
    audience: rows.reduce((sum, { audience }) => sum + audience, 0),
    suppressed: rows.reduce((sum, { suppressed }) => sum + suppressed, 0),
    languages: new Map(rows.map(({ language, audience }) => [language, audience])),
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

export { findSendingFault } from "./fault.ts";
export { streamProgress } from "./live.ts";
export { getProgress, type Progress } from "./progress.ts";
export { checkTallies } from "./tallies.ts";
