import type { Ctx } from "../platform/context.ts";
import type { DeskVisit } from "./desk-routes.tsx";
import { type Action, may } from "./policy.ts";

/** Whether somebody may do something for an initiative (null: the movement) by the roles that they have now. */
export async function personMay(
  ctx: Ctx,
  personId: string,
  action: Action,
  initiativeId: string | null,
): Promise<boolean> {
  const held = await ctx.db
    .selectFrom("roles")
    .select(["role", "initiative_id as initiativeId"])
    .where("person_id", "=", personId)
    .execute();
  return may(held, action, initiativeId);
}

/**
 * The numbers of those who may do something for an initiative: of its own team, and where nobody of it may, of the
 * movement's.
 */
export async function listWhoMay(ctx: Ctx, action: Action, initiativeId: string | null): Promise<string[]> {
  const held = await ctx.db
    .selectFrom("roles")
    .select(["person_id", "role", "initiative_id as initiativeId"])
    .where((eb) => eb.or([eb("initiative_id", "is", null), eb("initiative_id", "=", initiativeId)]))
    .execute();
  const able = held.filter((one) => may([one], action, initiativeId));
  const own = able.filter((one) => one.initiativeId === initiativeId);
  return [...new Set((own.length > 0 ? own : able).map(({ person_id }) => person_id))];
}

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
  return session !== undefined && personMay(ctx, person.id, action, initiativeId);
}
