import { createHash } from "node:crypto";
import { z } from "zod";
import { recordBounce, unsubscribeThrough } from "../deliveries/operations.ts";
import { unsubscribe } from "../newsletters/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { noteRefusal, suppress } from "../suppressions/operations.ts";
import { endsAddress, type Match, matchDelivery, matchUnsubscribe, serverOf } from "./matching.ts";
import { findLeaving, findRecipient, type Recipient } from "./queries.ts";
import { type Reading, readMail } from "./reading.ts";

/** Reads a stored mail and does what it means. */
export const takeInMail = defineJobKind({ name: "bounces.take-in", data: z.object({ id: z.uuid() }) });

/** `raw`: its first bytes; `size`: how many there are at the server. */
export type Arrived = { raw: Buffer; size: number };

export type StoreResult = { kind: "stored"; id: string } | { kind: "known" };

/** Keeps a mail as it came, with the work of reading it. The same mail fetched again is known by its content. */
export function storeMail(ctx: Ctx, { raw, size }: Arrived): Promise<StoreResult> {
  return inTransaction<StoreResult>(ctx, async (ctx) => {
    const digest = createHash("sha256").update(`${size}\n`).update(raw).digest("hex");
    const row = await ctx.db
      .insertInto("inbound_mails")
      .values({ digest, raw, size, received_at: ctx.now() })
      .onConflict((conflict) => conflict.column("digest").doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!row) return { kind: "known" };
    await ctx.jobs.enqueue(takeInMail, row);
    return { kind: "stored", id: row.id };
  });
}

export type TakeInResult =
  | { kind: "bounced" | "complaint"; deliveryId: string }
  | { kind: "unsubscribed"; subscriptionId: string }
  | { kind: "nothing-to-do" | "unreadable" | "done-already" };

/** Reads a stored mail, and does what it means, once. A mail that cannot be read stays, marked. */
export function takeIn(ctx: Ctx, id: string): Promise<TakeInResult> {
  return inTransaction<TakeInResult>(ctx, async (ctx) => {
    const mail = await ctx.db
      .selectFrom("inbound_mails")
      .select("raw")
      .where("id", "=", id)
      .where("state", "=", "new")
      .forUpdate()
      .executeTakeFirst();
    if (!mail) return { kind: "done-already" };
    const reading = await readMail(mail.raw).catch((error: unknown) => {
      ctx.log.warn({ err: error }, "mail that cannot be read");
      return null;
    });
    if (!reading) {
      await markUnreadable(ctx, id);
      return { kind: "unreadable" };
    }
    const meaning = await meaningOf(ctx, reading);
    const result = await act(ctx, meaning, reading);
    await ctx.db
      .updateTable("inbound_mails")
      .set({
        state: "read",
        kind: meaning.kind === "unsubscribe" ? "unsubscribe" : reading.kind,
        status: reading.status,
        delivery_id: meaning.about?.deliveryId ?? null,
        person_id: meaning.about?.personId ?? null,
      })
      .where("id", "=", id)
      .execute();
    ctx.log.info({ kind: reading.kind, status: reading.status, result: result.kind }, "mail that came back");
    return result;
  });
}

/** For a mail that made the program fail: it is not tried for ever. */
export const markUnreadable = (ctx: Ctx, id: string) =>
  ctx.db.updateTable("inbound_mails").set({ state: "unreadable" }).where("id", "=", id).execute();

type Meaning =
  | { kind: "failure" | "complaint"; about: Recipient }
  | { kind: "unsubscribe"; about: NonNullable<Awaited<ReturnType<typeof findLeaving>>> }
  | { kind: "nothing"; about: Recipient | null };

/** What a mail is about, and whether it proves enough to act on (docs/decisions/0011-what-comes-back.md). */
async function meaningOf(ctx: Ctx, reading: Reading): Promise<Meaning> {
  const isReport = reading.kind === "failure" || reading.kind === "complaint";
  const leaving = matchUnsubscribe(ctx, reading);
  if (leaving) {
    const about = await findLeaving(ctx, leaving);
    return about ? { kind: "unsubscribe", about } : { kind: "nothing", about };
  }
  const match = matchDelivery(ctx, reading);
  const about = match && (await findRecipient(ctx, match.deliveryId));
  if (!match || !about) return { kind: "nothing", about: null };
  const isProven = isReport ? provesEnough(match, reading, about) : match.by === "return-path";
  // Whose it is, is not proven either: what somebody else wrote must not turn up among that person's data.
  if (!isProven || !isReport) return { kind: "nothing", about: isProven ? about : null };
  return { kind: reading.kind === "failure" ? "failure" : "complaint", about };
}

/**
 * The return path is proof by itself. What stands inside of a mail can be known to whoever it was passed on to, so a
 * failure must then name the very address; a complaint need not, since the mail passed on holds the link to
 * unsubscribe too.
 */
function provesEnough(match: Match, { kind, recipients }: Reading, about: Recipient): boolean {
  if (match.by === "return-path" || kind === "complaint") return true;
  return about.email !== null && recipients.includes(about.email);
}

async function act(ctx: Ctx, meaning: Meaning, reading: Reading): Promise<TakeInResult> {
  switch (meaning.kind) {
    case "failure": {
      const { deliveryId, email } = meaning.about;
      const code = reading.status ?? "5.0.0";
      await recordBounce(ctx, deliveryId, code);
      const atMost = endsAddress(ctx, reading, email) ? "hard" : "soft";
      await noteRefusal(ctx, deliveryId, code, { atMost, server: serverOf(ctx, reading) });
      return { kind: "bounced", deliveryId };
    }
    case "complaint": {
      const { deliveryId, editionId, email } = meaning.about;
      await unsubscribeThrough(ctx, deliveryId);
      if (email) await suppress(ctx, { address: email, reason: "complaint", detail: null, editionId });
      return { kind: "complaint", deliveryId };
    }
    case "unsubscribe": {
      const { subscriptionId, deliveryId } = meaning.about;
      await unsubscribe(ctx, subscriptionId, deliveryId);
      return { kind: "unsubscribed", subscriptionId };
    }
    case "nothing":
      return { kind: "nothing-to-do" };
    default:
      return meaning satisfies never;
  }
}
