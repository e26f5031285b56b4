import type { Ctx } from "../platform/context.ts";

export type ModerateResult =
  | { kind: "decided"; as: "shown" | "refused" }
  | { kind: "already-decided"; as: "shown" | "refused" }
  | { kind: "not-found" };

/** Shows a waiting motivation, or keeps it hidden. Once: a second answer changes nothing. */
export async function moderate(ctx: Ctx, id: string, as: "shown" | "refused"): Promise<ModerateResult> {
  const { numUpdatedRows } = await ctx.db
    .updateTable("signatures")
    .set({ motivation_state: as })
    .where("id", "=", id)
    .where("motivation_state", "=", "waiting")
    .executeTakeFirst();
  if (numUpdatedRows > 0n) return { kind: "decided", as };
  const row = await ctx.db
    .selectFrom("signatures")
    .select("motivation_state")
    .where("id", "=", id)
    .executeTakeFirst();
  const state = row?.motivation_state;
  return state === "shown" || state === "refused"
    ? { kind: "already-decided", as: state }
    : { kind: "not-found" };
}
