import type { DeskVisit } from "./desk-routes.tsx";
import { type Action, may } from "./policy.ts";

/**
 * Whether somebody may still do what they were let in for: asked again by an answer that goes on for long. Their session
 * can have ended since, or their role.
 */
export async function stillMay(
  { ctx, person, initiativeId }: Pick<DeskVisit, "ctx" | "person" | "initiativeId">,
  action: Action,
): Promise<boolean> {
  const session = await ctx.db
    .selectFrom("sessions")
    .select("id")
    .where("id", "=", person.sessionId)
    .where("expires_at", ">", ctx.now())
    .executeTakeFirst();
  const held = await ctx.db
    .selectFrom("roles")
    .select(["role", "initiative_id as initiativeId"])
    .where("person_id", "=", person.id)
    .execute();
  return session !== undefined && may(held, action, initiativeId);
}
