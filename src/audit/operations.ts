import type { Ctx } from "../platform/context.ts";
import type { AuditAction } from "./actions.ts";

export type { AuditAction } from "./actions.ts";

export type AuditEntry = {
  /** Who; null: the program itself, or an operator at a shell. */
  personId: string | null;
  action: AuditAction;
  initiativeId?: string | null;
  /** The name of what it was done to; never that of a person. */
  subject?: string | null;
  /** The person it was done to. */
  aboutPersonId?: string | null;
  /** Numbers, states and ids; no personal data. */
  details?: Record<string, string | number | boolean | null>;
};

/** Notes who did what to what, in the transaction of what was done. */
export async function noteAudit(ctx: Ctx, entry: AuditEntry): Promise<void> {
  await ctx.db
    .insertInto("audit")
    .values({
      at: ctx.now(),
      person_id: entry.personId,
      action: entry.action,
      initiative_id: entry.initiativeId ?? null,
      subject: entry.subject ?? null,
      about_person_id: entry.aboutPersonId ?? null,
      details: JSON.stringify(entry.details ?? {}),
    })
    .execute();
}
