import { sql } from "kysely";
import { noteAudit } from "../audit/operations.ts";
import type { Ctx } from "../platform/context.ts";
import { type HeldRole, may, type TeamOf } from "./policy.ts";

/**
 * The address where a team's mail arrives is a way in: whoever reads it answers offers (an initiative's) or decides about
 * motivations (the movement's). It ends with the right to do so in the workplace.
 */
const mayRead = (held: readonly HeldRole[], team: TeamOf): boolean =>
  may(held, team === null ? "motivations.decide" : "offers.answer", team);

type Left = {
  personId: string;
  /** The role that ended, or became another. */
  before: HeldRole;
  /** Who did it; null: the person erased what is kept of them. */
  by: string | null;
};

/**
 * Lets no mail go any more to somebody whose role ended and who may no longer answer it: it goes to the movement's
 * address (or the program's own) until somebody says where. Call it after the role has changed.
 */
export async function leaveContactAddresses(ctx: Ctx, { personId, before, by }: Left): Promise<void> {
  const held = await ctx.db
    .selectFrom("roles")
    .select(["role", "initiative_id as initiativeId"])
    .where("person_id", "=", personId)
    .execute();
  const own = await ctx.db
    .selectFrom("initiatives as i")
    .innerJoin("people as p", "p.email", "i.contact_email")
    .select("i.id")
    .where("p.id", "=", personId)
    .execute();
  for (const { id } of own) {
    const wasTheirs = before.initiativeId === id || mayRead([before], id);
    if (!wasTheirs || mayRead(held, id)) continue;
    await ctx.db.updateTable("initiatives").set({ contact_email: null }).where("id", "=", id).execute();
    await noteAudit(ctx, { personId: by, action: "initiatives.contact", initiativeId: id });
  }
  if (!mayRead([before], null) || mayRead(held, null)) return;
  const person = await ctx.db
    .selectFrom("people")
    .select("email")
    .where("id", "=", personId)
    .executeTakeFirstOrThrow();
  await replaceMovementAddress(ctx, person.email, null);
}

/** The movement's address stands in its text too, from where it would come back when that is published again. */
async function replaceMovementAddress(ctx: Ctx, from: string, to: string | null): Promise<void> {
  const replaced = await ctx.db
    .updateTable("movement")
    .set({ contact_email: to })
    .where("contact_email", "=", from)
    .executeTakeFirst();
  if (replaced.numUpdatedRows === 0n) return;
  const put = sql`jsonb_build_object('contactEmail', ${to ?? ""}::text)`;
  await sql`
    update documents set
      content = case when content ->> 'contactEmail' = ${from} then content || ${put} else content end,
      published = case when published ->> 'contactEmail' = ${from} then published || ${put} else published end
    where kind = 'movement'`.execute(ctx.db);
}

/** Mail of a team that arrived at somebody's old address arrives at the new one, where they have a role. */
export async function moveContactAddresses(
  ctx: Ctx,
  personId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const held = await ctx.db
    .selectFrom("roles")
    .select(["role", "initiative_id as initiativeId"])
    .where("person_id", "=", personId)
    .execute();
  const own = await ctx.db.selectFrom("initiatives").select("id").where("contact_email", "=", from).execute();
  for (const { id } of own)
    if (held.some(({ initiativeId }) => initiativeId === id) || mayRead(held, id))
      await ctx.db.updateTable("initiatives").set({ contact_email: to }).where("id", "=", id).execute();
  if (mayRead(held, null)) await replaceMovementAddress(ctx, from, to);
}
