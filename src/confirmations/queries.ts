import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { type ActKinds, readAct } from "./acts.ts";
import { isOver } from "./operations.ts";

/** A confirmation that can still be confirmed. */
export async function getOpenConfirmation(ctx: Ctx, id: string) {
  const row = await ctx.db
    .selectFrom("confirmations")
    .selectAll()
    .where("id", "=", id)
    .where("confirmed_at", "is", null)
    .where("rejected_at", "is", null)
    .where("email", "is not", null)
    .$narrowType<{ email: string }>()
    .executeTakeFirst();
  return row && !isOver(ctx, row.created_at) ? row : null;
}

export type OpenConfirmation = NonNullable<Awaited<ReturnType<typeof getOpenConfirmation>>>;

export type ConfirmationState =
  | { kind: "open"; acts: string[] }
  | { kind: "confirmed"; acts: string[] }
  | { kind: "rejected" }
  | { kind: "not-found" };

/** What the page of a confirmation shows. */
export async function getConfirmationState(
  ctx: Ctx,
  kinds: ActKinds,
  id: string,
  language: Language,
): Promise<ConfirmationState> {
  const row = await ctx.db.selectFrom("confirmations").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row || (!row.confirmed_at && isOver(ctx, row.created_at))) return { kind: "not-found" };
  if (row.rejected_at) return { kind: "rejected" };
  const acts = await Promise.all(
    row.acts.map((waiting) => {
      const { kind, payload } = readAct(kinds, waiting);
      return kind.describe(ctx, payload, language);
    }),
  );
  return { kind: row.confirmed_at ? "confirmed" : "open", acts };
}

/** Who confirmed, by the token of the confirmation's links; null for a token that confirmed nothing. */
export async function getConfirmedPerson(ctx: Ctx, token: string): Promise<string | null> {
  const id = ctx.keys.readToken("confirmation", token);
  if (!id) return null;
  const row = await ctx.db
    .selectFrom("confirmations")
    .select("person_id")
    .where("id", "=", id)
    .where("confirmed_at", "is not", null)
    .executeTakeFirst();
  return row?.person_id ?? null;
}

/** Whether acts wait under an address. */
export async function hasWaitingConfirmation(ctx: Ctx, email: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom("confirmations")
    .select("id")
    .where("email", "=", email)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** What waits under an address, and what a person confirmed lately, with the acts in words; newest first. */
export async function listConfirmationsOf(
  ctx: Ctx,
  kinds: ActKinds,
  who: { personId: string; email: string },
  language: Language,
) {
  const rows = await ctx.db
    .selectFrom("confirmations")
    .selectAll()
    .where(({ or, eb }) => or([eb("email", "=", who.email), eb("person_id", "=", who.personId)]))
    .orderBy("created_at", "desc")
    .execute();
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      inWords: await Promise.all(
        row.acts.map((waiting) => {
          const { kind, payload } = readAct(kinds, waiting);
          return kind.describe(ctx, payload, language);
        }),
      ),
    })),
  );
}
