import type { Ctx } from "../platform/context.ts";

export type BounceResult = { kind: "bounced" } | { kind: "already" | "not-found" };

/**
 * A delivery came back: not from the address's mailbox, but by a report. Whatever its state was, it had left; `done_at`
 * stays the moment of sending. `code`: a status (RFC 3463).
 */
export async function recordBounce(ctx: Ctx, deliveryId: string, code: string): Promise<BounceResult> {
  const { numUpdatedRows } = await ctx.db
    .updateTable("deliveries")
    .set(({ fn, val }) => ({ state: "bounced", code, done_at: fn.coalesce("done_at", val(ctx.now())) }))
    .where("id", "=", deliveryId)
    .where("state", "in", ["sent", "sending", "uncertain", "unanswered", "retry"])
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return { kind: "bounced" };
  const known = await ctx.db
    .selectFrom("deliveries")
    .select("id")
    .where("id", "=", deliveryId)
    .executeTakeFirst();
  return { kind: known ? "already" : "not-found" };
}
