import { rememberPerson } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { type ActKinds, readAct } from "./acts.ts";
import { lockAddress, refuse } from "./caps.ts";
import { isMailWanted, mailOrPlan, type Planned } from "./mailing.ts";
import { getConfirmation, type OpenAct } from "./queries.ts";
import { oldestKept } from "./retention.ts";
import type { AskedAct } from "./table.ts";

export { type ActKinds, actKinds, type ConfirmedBy, defineAct } from "./acts.ts";
export { sendConfirmation } from "./mailing.ts";

export type ConfirmationRequest = {
  /** Lower-case. */
  email: string;
  name: string | null;
  language: Language;
  acts: AskedAct[];
  /** Scheme and host of the site of the form. */
  origin: string;
  siteName: string;
  formUrl: string;
};

/** What became of a request. The screen never tells: a known address gets the same answer as an unknown one. */
export type RequestResult = Planned | { kind: "repeat" };

/**
 * Keeps the acts of one form, always, apart until they are confirmed. They go into one mail with all that waits for the
 * address: at once, or as soon as the caps allow. An act that waits already is kept once, and mailed again.
 */
export function requestConfirmation(ctx: Ctx, request: ConfirmationRequest): Promise<RequestResult> {
  return inTransaction(ctx, async (ctx) => {
    await lockAddress(ctx, request.email);
    let wanted = false;
    for (const act of request.acts) wanted = (await keepAct(ctx, request, act)) || wanted;
    return wanted ? mailOrPlan(ctx, request.email) : { kind: "repeat" };
  });
}

/** Keeps one act; whether a mail is wanted for it that was not on its way yet. */
async function keepAct(ctx: Ctx, request: ConfirmationRequest, act: AskedAct): Promise<boolean> {
  const { email, name, language, origin, siteName, formUrl } = request;
  const payload = JSON.stringify(act.payload);
  const same = await ctx.db
    .selectFrom("acts")
    .select(["id", "mail_at", "mailed_at"])
    .where("email", "=", email)
    .where("kind", "=", act.kind)
    .where("origin", "=", origin)
    .where("payload", "=", payload as never)
    .where("created_at", ">", oldestKept(ctx))
    .executeTakeFirst();
  if (same) {
    if (same.mail_at || !same.mailed_at) return false;
    await ctx.db.updateTable("acts").set({ mail_at: ctx.now() }).where("id", "=", same.id).execute();
    return true;
  }
  const given = { email, name, language, origin, site_name: siteName, form_url: formUrl };
  const now = ctx.now();
  await ctx.db
    .insertInto("acts")
    .values({ ...given, kind: act.kind, payload, created_at: now, mail_at: now })
    .execute();
  return true;
}

/**
 * What was said yes to: all that the mail listed and still waits, the one thing that waits (none if there are more), or
 * the boxes with these numbers.
 */
export type Chosen = "all" | "the-one" | number[];

export type ConfirmResult =
  /** `acts`: the kinds of the acts that count from now on; `left`: how many of this mail still wait. */
  | { kind: "confirmed"; acts: string[]; left: number }
  | { kind: "nothing-chosen" }
  | { kind: "already-confirmed" }
  | { kind: "not-found" };

/** Makes acts that a mail listed count, those chosen and no others, all or none. Twice is as good as once. */
export function confirm(ctx: Ctx, kinds: ActKinds, id: string, chosen: Chosen): Promise<ConfirmResult> {
  return inTransaction(ctx, async (ctx) => {
    const email = await lockWaiting(ctx, id);
    const { open, confirmed } = await getConfirmation(ctx, id);
    if (!email || open.length === 0)
      return { kind: confirmed.length > 0 ? "already-confirmed" : "not-found" };
    const isChosen = ({ position }: { position: number }) =>
      typeof chosen === "string" ? chosen === "all" || open.length === 1 : chosen.includes(position);
    const acts = open.filter(isChosen);
    // Boxes that were ticked here are confirmed by now through another mail, or in another tab.
    const already = typeof chosen === "object" && confirmed.some(isChosen);
    if (acts.length === 0) return { kind: already ? "already-confirmed" : "nothing-chosen" };
    await applyActs(ctx, kinds, email, acts);
    // Who confirmed is known to read their mail: what waited for its moment goes now.
    if (await isMailWanted(ctx, email)) await mailOrPlan(ctx, email);
    return { kind: "confirmed", acts: acts.map(({ kind }) => kind), left: open.length - acts.length };
  });
}

async function applyActs(ctx: Ctx, kinds: ActKinds, email: string, acts: OpenAct[]): Promise<void> {
  const { language } = acts.at(-1)!;
  const name = acts.findLast((act) => act.name)?.name ?? null;
  const personId = await rememberPerson(ctx, { email, name, language });
  const confirmedAt = ctx.now();
  for (const act of acts) {
    const { kind, payload } = readAct(kinds, act);
    const { name, language, form_url: formUrl, created_at: givenAt } = act;
    await kind.apply(ctx, payload, { personId, email, name, language, formUrl, givenAt, confirmedAt });
    await ctx.db
      .updateTable("acts")
      .set({
        ...{ confirmed_at: confirmedAt, person_id: personId, email: null, name: null, mail_at: null },
        payload: JSON.stringify(kind.remember(payload)),
      })
      .where("id", "=", act.id)
      .execute();
  }
}

export type RejectResult = { kind: "rejected" } | { kind: "too-late" } | { kind: "not-found" };

/** "This was not me": removes all that waits for the address, whichever mail listed it; no mail for a day. */
export function reject(ctx: Ctx, id: string): Promise<RejectResult> {
  return inTransaction(ctx, async (ctx) => {
    const email = await lockWaiting(ctx, id);
    const { open, confirmed, rejected } = await getConfirmation(ctx, id);
    if (!email || open.length === 0) {
      if (confirmed.length > 0) return { kind: "too-late" };
      return { kind: rejected.length > 0 ? "rejected" : "not-found" };
    }
    await refuse(ctx, email);
    await ctx.db
      .updateTable("acts")
      .set({ rejected_at: ctx.now(), email: null, name: null, payload: "{}", mail_at: null })
      .where("email", "=", email)
      .execute();
    return { kind: "rejected" };
  });
}

/** Locks the address whose acts wait behind this link; null when none do. */
async function lockWaiting(ctx: Ctx, id: string): Promise<string | null> {
  const { open } = await getConfirmation(ctx, id);
  const email = open[0]?.email;
  if (!email) return null;
  await lockAddress(ctx, email);
  return email;
}

/** Removes what waits under an address: all of it, or one act. */
export async function removeWaiting(ctx: Ctx, email: string, id?: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await lockAddress(ctx, email);
    let waiting = ctx.db.deleteFrom("acts").where("email", "=", email);
    if (id) waiting = waiting.where("id", "=", id);
    await waiting.execute();
  });
}
