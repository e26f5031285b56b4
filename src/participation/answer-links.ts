import type { Ctx } from "../platform/context.ts";
import { idClaimedBy } from "../platform/keys.ts";
import { isForMailbox, mailboxToken } from "../platform/mailbox-links.ts";
import { getMovementContact, getOffer, type Offer } from "./queries.ts";

type Answer = "accepted" | "declined";
const purposes = { accepted: "offer-accept", declined: "offer-decline" } as const;

/** Where an initiative's mail arrives: at its own address, else at the movement's. */
export async function teamAddress(ctx: Ctx, offer: Pick<Offer, "contact_email">): Promise<string> {
  return offer.contact_email ?? (await getMovementContact(ctx)).email;
}

/** The token of a link in a mail to `address` that gives this answer. */
export const answerToken = (ctx: Ctx, answer: Answer, id: string, address: string): string =>
  mailboxToken(ctx, purposes[answer], id, address);

/**
 * The offer that a link answers; undefined for a link that is none, or that went to a mailbox where the team's mail no
 * longer arrives.
 */
export async function getOfferToAnswer(ctx: Ctx, answer: Answer, token: string): Promise<Offer | undefined> {
  const id = idClaimedBy(token);
  const offer = id ? await getOffer(ctx, id) : undefined;
  if (!offer) return undefined;
  const movement = await getMovementContact(ctx);
  const now = [offer.contact_email ?? movement.email, movement.email];
  if (isForMailbox(ctx, purposes[answer], token, now)) return offer;
  // A link of an older program names no mailbox: it counts as long as the mailbox is the one of then.
  const unbound = ctx.keys.readToken(purposes[answer], token) !== null;
  return unbound && !(await hasMovedSince(ctx, offer)) ? offer : undefined;
}

/** Whether the initiative's mail has gone to another address since the offer was made. */
const hasMovedSince = async (ctx: Ctx, { initiative_id, offered_at }: Offer): Promise<boolean> =>
  (await ctx.db
    .selectFrom("audit")
    .select("id")
    .where("action", "=", "initiatives.contact")
    .where("initiative_id", "=", initiative_id)
    .where("at", ">", offered_at)
    .limit(1)
    .executeTakeFirst()) !== undefined;
