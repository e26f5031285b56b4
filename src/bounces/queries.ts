import type { Ctx } from "../platform/context.ts";

/** To whom a delivery went; without person and address once they were erased. */
export async function findRecipient(ctx: Ctx, deliveryId: string) {
  const row = await ctx.db
    .selectFrom("deliveries as d")
    .leftJoin("people as p", "p.id", "d.person_id")
    .select(["d.id as deliveryId", "d.edition_id as editionId", "p.id as personId", "p.email"])
    .where("d.id", "=", deliveryId)
    .executeTakeFirst();
  return row ?? null;
}

export type Recipient = NonNullable<Awaited<ReturnType<typeof findRecipient>>>;

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
