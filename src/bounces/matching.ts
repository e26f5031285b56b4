import { readFormerUnsubscribeAddress, readMessageId, readVerp } from "../deliveries/operations.ts";
import { readUnsubscribeAddress } from "../newsletters/operations.ts";
import type { Ctx } from "../platform/context.ts";
import { registrableDomain } from "../platform/mail-failures/server-named.ts";
import { domainOf } from "../platform/mailer.ts";
import { detailOf } from "../platform/marks.ts";
import type { Reading } from "./reading.ts";

type Needs = Pick<Ctx, "config" | "keys">;

/** How sure it is which delivery a mail is about: by its own return path, or by what stands inside of the report. */
export type Match = { deliveryId: string; by: "return-path" | "inside" };

/** The delivery that a mail is about, or null when nothing in it proves that its sender has seen that delivery. */
export function matchDelivery(ctx: Needs, { addressees, about }: Reading): Match | null {
  for (const address of addressees) {
    const deliveryId = readVerp(ctx, address);
    if (deliveryId) return { deliveryId, by: "return-path" };
  }
  for (const text of about) {
    const inside = marksIn(text).flatMap((mark) => readVerp(ctx, mark) ?? readMessageId(ctx, mark) ?? []);
    if (inside[0]) return { deliveryId: inside[0], by: "inside" };
  }
  return null;
}

/**
 * Whether a failure is the address's own, and not of somebody behind it: one dead member of a shared mailbox, or the
 * place a mail is passed on to, does not end the address. Servers that name nobody but us mean the address itself.
 */
export function endsAddress(ctx: Needs, { failed, arrived }: Reading, address: string | null): boolean {
  const { from, bounceAddress } = ctx.config.mail;
  const own = [from.toLowerCase(), bounceAddress.toLowerCase()];
  const named = failed.filter((one) => !own.includes(one) && detailOf(ctx, one) === "");
  return !arrived && (named.length === 0 || (address !== null && named.includes(address)));
}

/** The server that refused, as the report names it; not our own, which only tells of it. */
export function serverOf(ctx: Pick<Ctx, "config">, { servers }: Reading): string | null {
  const { from, bounceAddress, transport } = ctx.config.mail;
  const own = [domainOf(from), domainOf(bounceAddress)];
  if (transport.kind === "smtp") own.push(new URL(transport.url).hostname);
  const ours = new Set(own.map(registrableDomain));
  return (
    servers.find((server) => registrableDomain(server) !== null && !ours.has(registrableDomain(server))) ??
    null
  );
}

/** What names the subscription that a mail ends: its own id, or in earlier editions that of the delivery. */
export type Leaving = { subscriptionId: string } | { deliveryId: string };

/**
 * The subscription that a mail ends: only by the address it came to, never by what it quotes. Whatever its words are; a
 * server's report about a mail is none.
 */
export function matchUnsubscribe(ctx: Needs, { addressees, hasReport }: Reading): Leaving | null {
  if (hasReport) return null;
  for (const address of addressees) {
    const subscriptionId = readUnsubscribeAddress(ctx, address);
    if (subscriptionId) return { subscriptionId };
    const deliveryId = readFormerUnsubscribeAddress(ctx, address);
    if (deliveryId) return { deliveryId };
  }
  return null;
}

/** Addresses and Message-IDs that may be ours; lines that quoted-printable broke are joined before. */
const marksIn = (text: string): string[] =>
  text.replace(/=\r?\n/g, "").match(/[^\s<>"'(),:;=]{0,16}[0-9a-f]{48}@[\w.-]{0,254}\w/gi) ?? [];
