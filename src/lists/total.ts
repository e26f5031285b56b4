import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import type { Listing } from "./paging.ts";

export type Total = { kind: "exact" | "about" | "more"; count: number };

const countedUpTo = 1000;

/**
 * How many rows there are: counted along the list's own index as long as that are few, else what the planner expects
 * without looking, in two digits; where it expects less than there are, that there are more.
 */
export async function getTotal(ctx: Ctx, listing: Listing, where: RawBuilder<boolean>[]): Promise<Total> {
  const conditions = where.length > 0 ? sql`where ${sql.join(where, sql` and `)}` : sql``;
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (
      select from ${listing.table} ${conditions} order by ${listing.at} desc, ${listing.id} desc
      limit ${countedUpTo + 1}
    ) as counted`.execute(ctx.db);
  const count = rows[0]?.count ?? 0;
  if (count <= countedUpTo) return { kind: "exact", count };
  const plan = await sql<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>`
    explain (format json) select from ${listing.table} ${conditions}`.execute(ctx.db);
  const expected = plan.rows[0]?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
  // The planner knows no better than what was counted already.
  if (expected < count) return { kind: "more", count: countedUpTo };
  return { kind: "about", count: Number(expected.toPrecision(2)) };
}
