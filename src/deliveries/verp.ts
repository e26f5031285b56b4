import type { Ctx } from "../platform/context.ts";
import { domainOf } from "../platform/mailer.ts";
import { addressWith, detailOf, markOf, readMark } from "../platform/marks.ts";

type Needs = Pick<Ctx, "config" | "keys">;

/**
 * The return path of a delivery: a bounce to it says by itself which delivery it is about (VERP), and its MAC that
 * whoever writes to it has seen that delivery.
 */
export const returnPathOf = (ctx: Needs, deliveryId: string): string =>
  addressWith(ctx, markOf(ctx, "delivery-bounce", deliveryId));

/** The Message-ID of a delivery with its angle brackets: the same at every try, and proof of having seen the mail. */
export const messageIdOf = (ctx: Needs, deliveryId: string): string =>
  `<${markOf(ctx, "delivery-message", deliveryId)}@${domainOf(ctx.config.mail.from)}>`;

/** The delivery whose return path this address is, or null when it is none that this installation made. */
export const readVerp = (ctx: Needs, address: string): string | null =>
  readMark(ctx, "delivery-bounce", detailOf(ctx, address));

/** The delivery with this Message-ID (with or without angle brackets), or null. */
export function readMessageId(ctx: Needs, messageId: string): string | null {
  const [local = "", domain = ""] = messageId.trim().toLowerCase().replace(/^<|>$/g, "").split("@");
  return domain === domainOf(ctx.config.mail.from).toLowerCase()
    ? readMark(ctx, "delivery-message", local)
    : null;
}

/** The delivery of an address for unsubscribing as earlier editions had it, before it was the subscription's own; or null. */
export function readFormerUnsubscribeAddress(ctx: Needs, address: string): string | null {
  const detail = detailOf(ctx, address);
  return detail.startsWith("u") ? readMark(ctx, "delivery-unsubscribe", detail.slice(1)) : null;
}
