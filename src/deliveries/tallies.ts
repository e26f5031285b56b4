import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

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
