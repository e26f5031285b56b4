import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { type ActKinds, readAct } from "./acts.ts";
import { oldestKept } from "./retention.ts";

/** What the mail of a confirmation listed, in its order, by what became of it. Acts that are over are left out. */
export async function getConfirmation(ctx: Ctx, id: string) {
  const acts = await ctx.db
    .selectFrom("confirmation_acts as l")
    .innerJoin("acts as a", "a.id", "l.act_id")
    .selectAll("a")
    .select("l.position")
    .where("l.confirmation_id", "=", id)
    .orderBy("l.position")
    .execute();
  const kept = oldestKept(ctx);
  return {
    open: acts.flatMap((act) =>
      act.email !== null && act.created_at > kept ? [{ ...act, email: act.email }] : [],
    ),
    confirmed: acts.filter((act) => act.confirmed_at !== null),
    rejected: acts.filter((act) => act.rejected_at !== null),
  };
}

export type OpenAct = Awaited<ReturnType<typeof getConfirmation>>["open"][number];

/** A confirmation as its mail needs it; null when nothing of it waits any more. */
export async function getOpenConfirmation(ctx: Ctx, id: string) {
  const row = await ctx.db.selectFrom("confirmations").selectAll().where("id", "=", id).executeTakeFirst();
  const { open } = await getConfirmation(ctx, id);
  const newest = open.at(-1);
  return row && newest ? { ...row, email: newest.email, acts: open, newest } : null;
}

export type OpenConfirmation = NonNullable<Awaited<ReturnType<typeof getOpenConfirmation>>>;

/** An act for a page or a mail. */
export type ActInWords = { position: number; text: string; at: Date };

export type ConfirmationState =
  /** `confirmed`: what of the same mail counts already. */
  | { kind: "open"; acts: ActInWords[]; confirmed: ActInWords[]; kinds: string[] }
  /** `kinds`: of what was confirmed. */
  | { kind: "confirmed"; acts: ActInWords[]; kinds: string[] }
  | { kind: "rejected" }
  | { kind: "not-found" };

/** What the page of a confirmation shows. */
export async function getConfirmationState(
  ctx: Ctx,
  kinds: ActKinds,
  id: string,
  language: Language,
): Promise<ConfirmationState> {
  const { open, confirmed, rejected } = await getConfirmation(ctx, id);
  const inWords = async (acts: (typeof confirmed)[number][]): Promise<ActInWords[]> =>
    Promise.all(
      acts.map(async ({ position, created_at, ...act }) => ({
        ...{ position, at: created_at },
        text: await describe(ctx, kinds, act, language),
      })),
    );
  const done = { acts: await inWords(confirmed), kinds: confirmed.map(({ kind }) => kind) };
  if (open.length > 0)
    return { kind: "open", acts: await inWords(open), confirmed: done.acts, kinds: done.kinds };
  if (confirmed.length > 0) return { kind: "confirmed", ...done };
  return { kind: rejected.length > 0 ? "rejected" : "not-found" };
}

function describe(
  ctx: Ctx,
  kinds: ActKinds,
  act: { kind: string; payload: object },
  language: Language,
): Promise<string> {
  const { kind, payload } = readAct(kinds, act);
  return kind.describe(ctx, payload, language);
}

/** Who confirmed, by the token of the confirmation's links; null for a token that confirmed nothing. */
export async function getConfirmedPerson(ctx: Ctx, token: string): Promise<string | null> {
  const id = ctx.keys.readToken("confirmation", token);
  if (!id) return null;
  const { confirmed } = await getConfirmation(ctx, id);
  return confirmed[0]?.person_id ?? null;
}

/** Whether acts wait under an address. */
export async function hasWaitingConfirmation(ctx: Ctx, email: string): Promise<boolean> {
  const row = await ctx.db
    .selectFrom("acts")
    .select("id")
    .where("email", "=", email)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The acts that wait under an address, and those that a person confirmed lately, in words; newest first. */
export async function listActsOf(
  ctx: Ctx,
  kinds: ActKinds,
  who: { personId: string; email: string },
  language: Language,
) {
  const rows = await ctx.db
    .selectFrom("acts")
    .selectAll()
    .where(({ or, eb }) => or([eb("email", "=", who.email), eb("person_id", "=", who.personId)]))
    .orderBy("number", "desc")
    .execute();
  return Promise.all(
    rows.map(async (row) => ({ ...row, inWords: await describe(ctx, kinds, row, language) })),
  );
}
