import { randomUUID } from "node:crypto";
import { z } from "zod";
import { noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defaultLanguage, type Language, languages } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";

/** The mail about a change, to one of those who should know. The old address stands nowhere else any more. */
export const tellContactChanged = defineJobKind({
  name: "initiatives.tell-contact-changed",
  data: z.object({
    id: z.uuid(),
    initiativeId: z.uuid(),
    email: z.string(),
    language: z.enum(languages),
  }),
});

/** Where an initiative's tips and offers arrive; null: at the movement's address. */
export async function getContactEmail(ctx: Ctx, initiativeId: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom("initiatives")
    .select("contact_email")
    .where("id", "=", initiativeId)
    .executeTakeFirst();
  return row?.contact_email ?? null;
}

/**
 * Changes where an initiative's tips and offers arrive (null: at the movement's address). Whoever reads that mail can
 * answer offers, so the address before and everybody who leads the initiative hear of it.
 */
export function setContactEmail(
  ctx: Ctx,
  { initiativeId, personId, email }: { initiativeId: string; personId: string; email: string | null },
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { contact_email: before } = await ctx.db
      .selectFrom("initiatives")
      .select("contact_email")
      .where("id", "=", initiativeId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (before === email) return;
    await ctx.db
      .updateTable("initiatives")
      .set({ contact_email: email })
      .where("id", "=", initiativeId)
      .execute();
    const leads = await ctx.db
      .selectFrom("roles as r")
      .innerJoin("people as p", "p.id", "r.person_id")
      .select(["p.email", "p.language"])
      .where("r.role", "=", "lead")
      .where("r.initiative_id", "=", initiativeId)
      .execute();
    const told = new Map<string, Language>(leads.map((lead) => [lead.email, lead.language]));
    if (before && !told.has(before)) told.set(before, defaultLanguage);
    for (const [to, language] of told)
      await ctx.jobs.enqueue(tellContactChanged, { id: randomUUID(), initiativeId, email: to, language });
    await noteAudit(ctx, { personId, action: "initiatives.contact", initiativeId });
  });
}
