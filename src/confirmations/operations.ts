import { createHash } from "node:crypto";
import { z } from "zod";
import { rememberPerson } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { type ActKinds, readAct } from "./acts.ts";
import { lockAddress, refuse, takeMailSlot } from "./caps.ts";
import type { WaitingAct } from "./table.ts";

export { type ActKinds, actKinds, type ConfirmedBy, defineAct } from "./acts.ts";

const day = 86_400_000;
/** When the one reminder goes out, and when acts that nobody confirmed are removed (design, "Confirmation"). */
export const retention = { remindAfter: 7 * day, removeAfter: 21 * day };

/** The mail with the link to confirm, and the reminder of it. */
export const sendConfirmation = defineJobKind({
  name: "confirmations.send",
  data: z.object({ id: z.uuid() }),
});
export const sendReminder = defineJobKind({ name: "confirmations.remind", data: z.object({ id: z.uuid() }) });

export type ConfirmationRequest = {
  /** Lower-case. */
  email: string;
  name: string | null;
  language: Language;
  acts: WaitingAct[];
  /** Scheme and host of the site of the form. */
  origin: string;
  siteName: string;
  formUrl: string;
};

/** What became of a request. The screen never tells: a known address gets the same answer as an unknown one. */
export type RequestResult = { kind: "planned"; at: Date } | { kind: "repeat" } | { kind: "held-back" };

/**
 * Keeps the acts of one form apart until its one mail is confirmed. The same form again sends the same link again,
 * as soon as the caps allow; another form of the same address waits for its moment too.
 */
export function requestConfirmation(ctx: Ctx, request: ConfirmationRequest): Promise<RequestResult> {
  return inTransaction(ctx, async (ctx) => {
    await lockAddress(ctx, request.email);
    const acts = JSON.stringify(request.acts);
    const acts_hash = createHash("sha256").update(`${request.origin}\0${acts}`).digest("hex");
    const open = await ctx.db
      .selectFrom("confirmations")
      .select(["id", "mailed_at"])
      .where("email", "=", request.email)
      .where("acts_hash", "=", acts_hash)
      .where("confirmed_at", "is", null)
      .where("rejected_at", "is", null)
      .where("created_at", ">", new Date(ctx.now().getTime() - retention.removeAfter))
      .executeTakeFirst();
    if (open && open.mailed_at === null) return { kind: "repeat" };
    const send_at = await takeMailSlot(ctx, request.email);
    if (!send_at) return { kind: "held-back" };
    // A mail for now goes on the queue; one for later is found by the job that looks for what is due.
    const queued_at = send_at <= ctx.now() ? ctx.now() : null;
    const id = open
      ? await planAgain(ctx, open.id, { send_at, queued_at })
      : await insertConfirmation(ctx, request, { acts, acts_hash, send_at, queued_at });
    if (queued_at) await ctx.jobs.enqueue(sendConfirmation, { id });
    return { kind: "planned", at: send_at };
  });
}

type Plan = { send_at: Date; queued_at: Date | null };

async function planAgain(ctx: Ctx, id: string, plan: Plan): Promise<string> {
  await ctx.db
    .updateTable("confirmations")
    .set({ ...plan, mailed_at: null })
    .where("id", "=", id)
    .execute();
  return id;
}

async function insertConfirmation(
  ctx: Ctx,
  { email, name, language, origin, siteName, formUrl }: ConfirmationRequest,
  rest: Plan & { acts: string; acts_hash: string },
): Promise<string> {
  const given = { email, name, language, origin, site_name: siteName, form_url: formUrl };
  const row = { ...given, created_at: ctx.now(), ...rest };
  const { id } = await ctx.db
    .insertInto("confirmations")
    .values(row)
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** `acts`: the kinds of the acts that were confirmed. */
export type ConfirmResult =
  | { kind: "confirmed"; acts: string[] }
  | { kind: "already-confirmed" }
  | { kind: "not-found" };

/** Makes the acts count, all or none. Twice is as good as once. */
export function confirm(ctx: Ctx, kinds: ActKinds, id: string): Promise<ConfirmResult> {
  return inTransaction(ctx, async (ctx) => {
    const row = await ctx.db
      .selectFrom("confirmations")
      .selectAll()
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (row?.confirmed_at) return { kind: "already-confirmed" };
    if (!row?.email || row.rejected_at || isOver(ctx, row.created_at)) return { kind: "not-found" };
    const { email, name, language } = row;
    const confirmedAt = ctx.now();
    const personId = await rememberPerson(ctx, { email, name, language });
    const by = {
      personId,
      email,
      name,
      language,
      formUrl: row.form_url,
      givenAt: row.created_at,
      confirmedAt,
    };
    const remembered: WaitingAct[] = [];
    for (const waiting of row.acts) {
      const { kind, payload } = readAct(kinds, waiting);
      await kind.apply(ctx, payload, by);
      remembered.push({ kind: kind.kind, payload: kind.remember(payload) as WaitingAct["payload"] });
    }
    await ctx.db
      .updateTable("confirmations")
      .set({
        confirmed_at: confirmedAt,
        person_id: personId,
        email: null,
        name: null,
        acts: JSON.stringify(remembered),
      })
      .where("id", "=", id)
      .execute();
    return { kind: "confirmed", acts: remembered.map((act) => act.kind) };
  });
}

export type RejectResult = { kind: "rejected" } | { kind: "too-late" } | { kind: "not-found" };

/** "This was not me": removes the acts, and what still waited for the same address; no mail for a day. */
export function reject(ctx: Ctx, id: string): Promise<RejectResult> {
  return inTransaction(ctx, async (ctx) => {
    const row = await ctx.db
      .selectFrom("confirmations")
      .select(["email", "confirmed_at", "rejected_at"])
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { kind: "not-found" };
    if (row.confirmed_at) return { kind: "too-late" };
    if (!row.email) return { kind: "rejected" };
    await refuse(ctx, row.email);
    await ctx.db
      .deleteFrom("confirmations")
      .where("email", "=", row.email)
      .where("id", "!=", id)
      .where("mailed_at", "is", null)
      .where("confirmed_at", "is", null)
      .execute();
    await ctx.db
      .updateTable("confirmations")
      .set({ rejected_at: ctx.now(), email: null, name: null, acts: "[]" })
      .where("id", "=", id)
      .execute();
    return { kind: "rejected" };
  });
}

export const isOver = (ctx: Ctx, createdAt: Date): boolean =>
  createdAt.getTime() + retention.removeAfter <= ctx.now().getTime();

/** Removes what waits under an address: all of it, or one form. */
export async function removeWaiting(ctx: Ctx, email: string, id?: string): Promise<void> {
  let waiting = ctx.db.deleteFrom("confirmations").where("email", "=", email);
  if (id) waiting = waiting.where("id", "=", id);
  await waiting.execute();
}
