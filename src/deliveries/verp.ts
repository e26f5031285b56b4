import { timingSafeEqual } from "node:crypto";
import type { Ctx } from "../platform/context.ts";

type Needs = Pick<Ctx, "config" | "keys">;

/** What an address or a Message-ID of a delivery is for; each has a MAC of its own, so that none can pass for another. */
type Purpose = "bounce" | "unsubscribe" | "message";

/** 32 hex digits of the delivery's id and 16 of the MAC: lower-case, because some servers write local parts so. */
const signedId = /^([0-9a-f]{32})([0-9a-f]{16})$/;

/**
 * The return path of a delivery: a bounce to it says by itself which delivery it is about (VERP), and its MAC that
 * whoever writes to it has seen that delivery.
 */
export const returnPathOf = (ctx: Needs, deliveryId: string): string =>
  addressed(ctx, signed(ctx, "bounce", deliveryId));

/** The address in List-Unsubscribe (RFC 2369, section 3.2): any mail to it ends the delivery's subscription. */
export const unsubscribeAddressOf = (ctx: Needs, deliveryId: string): string =>
  addressed(ctx, `u${signed(ctx, "unsubscribe", deliveryId)}`);

/** The Message-ID of a delivery with its angle brackets: the same at every try, and proof of having seen the mail. */
export const messageIdOf = (ctx: Needs, deliveryId: string): string =>
  `<${signed(ctx, "message", deliveryId)}@${domainOf(ctx.config.mail.from)}>`;

/** The delivery whose return path this address is, or null when it is none that this installation made. */
export function readVerp(ctx: Needs, address: string): string | null {
  const [isUnsubscribe, rest] = detailOf(ctx, address);
  return isUnsubscribe ? null : read(ctx, "bounce", rest);
}

/** The delivery whose subscription a mail to this address ends, or null. */
export function readUnsubscribeAddress(ctx: Needs, address: string): string | null {
  const [isUnsubscribe, rest] = detailOf(ctx, address);
  return isUnsubscribe ? read(ctx, "unsubscribe", rest) : null;
}

/** The delivery with this Message-ID (with or without angle brackets), or null. */
export function readMessageId(ctx: Needs, messageId: string): string | null {
  const [local = "", domain = ""] = messageId.trim().toLowerCase().replace(/^<|>$/g, "").split("@");
  return domain === domainOf(ctx.config.mail.from).toLowerCase() ? read(ctx, "message", local) : null;
}

const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1);

function addressed(ctx: Needs, detail: string): string {
  const { bounceAddress } = ctx.config.mail;
  const at = bounceAddress.lastIndexOf("@");
  return `${bounceAddress.slice(0, at)}+${detail}${bounceAddress.slice(at)}`;
}

/** What stands between "+" and "@": whether it is for unsubscribing, and the signed id. */
function detailOf(ctx: Needs, address: string): [isUnsubscribe: boolean, signed: string] {
  const [start = "", end = ""] = addressed(ctx, "\0").toLowerCase().split("\0");
  const given = address.trim().toLowerCase();
  const detail = given.startsWith(start) && given.endsWith(end) ? given.slice(start.length, -end.length) : "";
  return detail.startsWith("u") ? [true, detail.slice(1)] : [false, detail];
}

const macOf = (ctx: Needs, purpose: Purpose, hex: string) =>
  ctx.keys.hash(`delivery-${purpose}`, hex).slice(0, 16);

function signed(ctx: Needs, purpose: Purpose, deliveryId: string): string {
  const hex = deliveryId.replaceAll("-", "").toLowerCase();
  return hex + macOf(ctx, purpose, hex);
}

function read(ctx: Needs, purpose: Purpose, text: string): string | null {
  const [, hex, given] = signedId.exec(text) ?? [];
  if (!hex || !given) return null;
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(macOf(ctx, purpose, hex)))) return null;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
