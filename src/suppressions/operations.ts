import type { Ctx } from "../platform/context.ts";
import { severityOf } from "../platform/mail-failures/severity.ts";
import { noteHardAnswer } from "./fuse.ts";
import { isAboutAddress, isEnough, mayComeBack, type Sent } from "./row.ts";
import type { SuppressionReason } from "./table.ts";

export { severityOf, statusIn } from "../platform/mail-failures/severity.ts";
export { forgetOldSuppressions, hideSuppressions, recallSuppression, recallSuppressions } from "./hiding.ts";
export { openHold } from "./holds.ts";

export type Suppressing = {
  /** Lower-case. */
  address: string;
  reason: SuppressionReason;
  detail: string | null;
  editionId: string | null;
  /** Since when, where that was before now. */
  since?: Date;
};

/** From now on the address gets nothing but what its owner asks for. A complaint stays one whatever comes after it. */
export const suppress = (ctx: Ctx, one: Suppressing): Promise<void> => suppressAll(ctx, [one]);

/** The same for some thousands of addresses, each once. */
export async function suppressAll(ctx: Ctx, given: Suppressing[]): Promise<void> {
  if (given.length === 0) return;
  const now = ctx.now();
  await ctx.db
    .insertInto("suppressions")
    .values(
      given.map(({ address, reason, detail, editionId, since = now }) => ({
        ...{ address, reason, since, detail, edition_id: editionId },
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column("address")
        .doUpdateSet(({ ref }) => ({
          reason: ref("excluded.reason"),
          since: ref("excluded.since"),
          detail: ref("excluded.detail"),
          edition_id: ref("excluded.edition_id"),
        }))
        .where("suppressions.reason", "<>", "complaint")
        .where("excluded.reason", "=", "complaint"),
    )
    .execute();
}

export type LiftResult = { kind: "lifted" } | { kind: "not-suppressed" };

/**
 * Ends a suppression, and lets nothing count that failed before now. Only for an act of the address's own owner, proven by
 * a link that was in a mail to it: one that they just confirmed, or the page where they choose what they get.
 */
export async function liftSuppression(ctx: Ctx, address: string): Promise<LiftResult> {
  await ctx.db.updateTable("people").set({ lifted_at: ctx.now() }).where("email", "=", address).execute();
  const { numDeletedRows } = await ctx.db
    .deleteFrom("suppressions")
    .where("address", "=", address)
    .executeTakeFirst();
  return { kind: numDeletedRows > 0n ? "lifted" : "not-suppressed" };
}

export type RefusalResult =
  | { kind: "suppressed"; reason: "hard" | "soft" }
  | { kind: "noted" | "held" | "nobody" };

type Refusal = {
  /** "soft" where the code is of somebody behind the address, such as one member of a shared mailbox. */
  atMost?: "hard" | "soft";
  /** The host name of the server that said so, where the answer names it. */
  server?: string | null;
};

/**
 * What it means for an address that a delivery was refused at SMTP or came back, once the delivery's own row says so
 * ("refused" or "bounced", with its code and `done_at`, the moment of sending). A hard code suppresses at once; others
 * after three in a row over fourteen days. `code`: a status ("5.1.1") or an SMTP answer ("550 5.1.1"). "held": the
 * provider says so of too many at once, and suppresses nobody (fuse.ts).
 */
export async function noteRefusal(
  ctx: Ctx,
  deliveryId: string,
  code: string,
  { atMost = "hard", server = null }: Refusal = {},
): Promise<RefusalResult> {
  const delivery = await ctx.db
    .selectFrom("deliveries as d")
    .innerJoin("people as p", "p.id", "d.person_id")
    .select(["d.edition_id", "d.done_at", "p.id as person_id", "p.email"])
    .where("d.id", "=", deliveryId)
    .executeTakeFirst();
  if (!delivery) return { kind: "nobody" };
  const { email: address, edition_id: editionId, person_id: personId } = delivery;
  const arrived = await lastArrival(ctx, personId);
  if (delivery.done_at && delivery.done_at <= arrived) return { kind: "noted" };
  const found = severityOf(code);
  if (found === "ours" || !isAboutAddress(code)) return { kind: "noted" };
  const severity = found === "hard" ? atMost : found;
  if (severity === "soft" && !isEnough(await sentSince(ctx, personId, arrived), ctx.now()))
    return { kind: "noted" };
  const suppressIt = (ctx: Ctx) => suppress(ctx, { address, reason: severity, detail: code, editionId });
  if (severity === "hard") {
    const answer = { deliveryId, editionId, address, code, server };
    if ((await noteHardAnswer(ctx, answer, suppressIt)) === "held") return { kind: "held" };
  } else await suppressIt(ctx);
  return { kind: "suppressed", reason: severity };
}

/**
 * When a mail of ours last arrived for certain, or the person asked for mail again, or got another address: what failed
 * before that is over.
 */
async function lastArrival(ctx: Ctx, personId: string): Promise<Date> {
  const { at } = await ctx.db
    .selectFrom("people as p")
    .select(({ fn, selectFrom, ref }) =>
      fn<Date>("greatest", [
        ref("p.confirmed_at"),
        ref("p.lifted_at"),
        selectFrom("consents as c")
          .select(({ fn }) => fn.max("c.confirmed_at").as("at"))
          .whereRef("c.person_id", "=", "p.id")
          .where("c.text_version", "<>", "import"), // somebody else's word; no mail was confirmed
      ]).as("at"),
    )
    .where("p.id", "=", personId)
    .executeTakeFirstOrThrow();
  return at;
}

/** What was sent since then, newest first, up to a mail that was taken and had the time to come back. */
async function sentSince(ctx: Ctx, personId: string, since: Date): Promise<Sent[]> {
  const taken = await ctx.db
    .selectFrom("deliveries")
    .select(({ fn }) => fn.max("done_at").as("at"))
    .where("person_id", "=", personId)
    .where("state", "=", "sent")
    .where("done_at", "<", new Date(ctx.now().getTime() - mayComeBack))
    .executeTakeFirst();
  const rows = await ctx.db
    .selectFrom("deliveries")
    .select(["state", "code", "done_at"])
    .where("person_id", "=", personId)
    .where("state", "in", ["sent", "bounced", "refused"])
    .where("done_at", ">", taken?.at && taken.at > since ? taken.at : since)
    .orderBy("done_at", "desc")
    .execute();
  return rows.flatMap(({ state, code, done_at }) => (done_at ? { state, code, doneAt: done_at } : []));
}
