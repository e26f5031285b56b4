export { findMailboxTrouble, getMailboxReadAt, type MailboxTrouble } from "./looks.ts";

import type { Ctx } from "../platform/context.ts";
import type { Leaving } from "./matching.ts";

/**
 * To whom a delivery went; without person and address once they were erased. `email` is null, too, when the person has
 * another address since: what becomes of a mail to the old one says nothing about the new one.
 */
export async function findRecipient(ctx: Ctx, deliveryId: string) {
  const row = await ctx.db
    .selectFrom("deliveries as d")
    .leftJoin("people as p", "p.id", "d.person_id")
    .select(["d.id as deliveryId", "d.edition_id as editionId", "p.id as personId", "p.email"])
    .select(["d.done_at", "p.confirmed_at"])
    .where("d.id", "=", deliveryId)
    .executeTakeFirst();
  if (!row) return null;
  const { done_at, confirmed_at, ...recipient } = row;
  const isEarlier = done_at !== null && confirmed_at !== null && done_at < confirmed_at;
  return isEarlier ? { ...recipient, email: null } : recipient;
}

export type Recipient = NonNullable<Awaited<ReturnType<typeof findRecipient>>>;

/**
 * Who leaves by a mail, and by which: the newest edition that they got, as the address to leave is the same in all. The
 * deliveries are forgotten after a year, the way out is not.
 */
export async function findLeaving(ctx: Ctx, leaving: Leaving) {
  const subscription = await ctx.db
    .selectFrom("subscriptions as s")
    .select(["s.id as subscriptionId", "s.person_id as personId"])
    .$if("subscriptionId" in leaving, (query) =>
      query.where("s.id", "=", "subscriptionId" in leaving ? leaving.subscriptionId : ""),
    )
    .$if("deliveryId" in leaving, (query) =>
      query
        .innerJoin("deliveries as d", "d.subscription_id", "s.id")
        .where("d.id", "=", "deliveryId" in leaving ? leaving.deliveryId : ""),
    )
    .executeTakeFirst();
  if (!subscription) return null;
  const { subscriptionId, personId } = subscription;
  const newest = await ctx.db
    .selectFrom("deliveries")
    .select("id")
    .where("person_id", "=", personId)
    .where("subscription_id", "=", subscriptionId)
    .where("done_at", "is not", null)
    .orderBy("done_at", "desc")
    .executeTakeFirst();
  return { subscriptionId, personId, deliveryId: newest?.id ?? null };
}

/** What came back about a person's mails, newest first, word by word. */
export async function listInboundMailsOf(ctx: Ctx, personId: string) {
  const rows = await ctx.db
    .selectFrom("inbound_mails")
    .select(["kind", "status", "state", "size", "received_at", "raw"])
    .where("person_id", "=", personId)
    .orderBy("received_at", "desc")
    .execute();
  return rows.map(({ raw, ...row }) => ({ ...row, text: raw.toString("utf8") }));
}
