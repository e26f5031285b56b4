import type { Ctx } from "../platform/context.ts";
import type { TeamOf } from "./policy.ts";

/**
 * Ends the links to previews that whoever leaves a team has seen: of its initiative's texts, or of all where the role was
 * the movement's. Who works on gets new ones.
 */
export async function endPreviews(ctx: Ctx, team: TeamOf): Promise<void> {
  await ctx.db
    .updateTable("documents")
    .set({ preview_key: null, preview_until: null })
    .where("preview_key", "is not", null)
    .$if(team !== null, (query) => query.where("initiative_id", "=", team))
    .execute();
}
