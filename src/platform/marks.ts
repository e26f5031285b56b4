import { timingSafeEqual } from "node:crypto";
import type { Ctx } from "./context.ts";

type Needs = Pick<Ctx, "config" | "keys">;

/**
 * A mark is 32 hex digits of a row's id and 16 of a MAC: lower-case, because some servers write local parts so. Each
 * purpose has a MAC of its own, so that no mark can pass for another or be made from it.
 */
const shape = /^([0-9a-f]{32})([0-9a-f]{16})$/;

const macOf = (ctx: Needs, purpose: string, hex: string) => ctx.keys.hash(purpose, hex).slice(0, 16);

/** The mark of a row, of 48 characters. */
export function markOf(ctx: Needs, purpose: string, id: string): string {
  const hex = id.replaceAll("-", "").toLowerCase();
  return hex + macOf(ctx, purpose, hex);
}

/** The id of the row that a mark is of, or null when this installation made it for no such purpose. */
export function readMark(ctx: Needs, purpose: string, mark: string): string | null {
  const [, hex, given] = shape.exec(mark) ?? [];
  if (!hex || !given) return null;
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(macOf(ctx, purpose, hex)))) return null;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** The address of the mailbox for what comes back, with a text between "+" and "@". */
export function addressWith(ctx: Needs, detail: string): string {
  const { bounceAddress } = ctx.config.mail;
  const at = bounceAddress.lastIndexOf("@");
  return `${bounceAddress.slice(0, at)}+${detail}${bounceAddress.slice(at)}`;
}

/** What stands between "+" and "@" in an address of that mailbox, in lower case; empty for all others. */
export function detailOf(ctx: Needs, address: string): string {
  const [start = "", end = ""] = addressWith(ctx, "\0").toLowerCase().split("\0");
  const given = address.trim().toLowerCase();
  return given.startsWith(start) && given.endsWith(end) ? given.slice(start.length, -end.length) : "";
}
