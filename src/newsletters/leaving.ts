import type { Ctx } from "../platform/context.ts";
import { addressWith, detailOf, markOf, readMark } from "../platform/marks.ts";

type Needs = Pick<Ctx, "config" | "keys">;

/**
 * The address in List-Unsubscribe (RFC 2369, section 3.2): any mail to it ends the subscription, however old the mail is
 * that named it. It leads somewhere only when `config.mail.imap` is set.
 */
export const unsubscribeAddressOf = (ctx: Needs, subscriptionId: string): string =>
  addressWith(ctx, `u${markOf(ctx, "subscription-leave", subscriptionId)}`);

/** The subscription that a mail to this address ends, or null. */
export function readUnsubscribeAddress(ctx: Needs, address: string): string | null {
  const detail = detailOf(ctx, address);
  return detail.startsWith("u") ? readMark(ctx, "subscription-leave", detail.slice(1)) : null;
}
