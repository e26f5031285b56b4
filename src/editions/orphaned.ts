import { personMay } from "../accounts/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { tellWhoMay } from "../writing/operations.ts";
import { changeEdition } from "./operations.ts";
import { getEdition } from "./queries.ts";

/**
 * Scheduled editions whose planner may no longer send them (a role ended, an account was erased) become drafts again, and
 * those who may send them hear so. What the program sends by itself has no planner.
 */
export async function undoOrphaned(ctx: Ctx): Promise<void> {
  const scheduled = await ctx.db
    .selectFrom("editions as e")
    .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
    .select(["e.id", "e.planned_by", "n.initiative_id"])
    .where("e.state", "=", "scheduled")
    .where((eb) => eb.or([eb("e.automatic", "=", false), eb("e.planned_by", "is not", null)]))
    .execute();
  for (const { id, planned_by, initiative_id } of scheduled)
    if (!planned_by || !(await personMay(ctx, planned_by, "newsletters.send", initiative_id)))
      await undoOne(ctx, id);
}

const undoOne = (ctx: Ctx, id: string): Promise<void> =>
  inTransaction(ctx, async (ctx) => {
    const before = await getEdition(ctx, id);
    const undone = await changeEdition(ctx, "undo", { id, personId: null });
    if (undone.kind !== "done" || !before?.document_id || !before.send_at) return;
    const about = { id: before.document_id, initiativeId: before.initiative_id, at: before.send_at };
    await tellWhoMay(ctx, "newsletters.send", about);
  });
