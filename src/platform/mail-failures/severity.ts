/**
 * What a failure says: the address is over for good, this mail did not get there this time, or the fault is ours (our
 * reputation, our sender, our mail), which says nothing about the address.
 */
export type Severity = "hard" | "soft" | "ours";

/**
 * Statuses (RFC 3463, and the registry of RFC 5248) that say that an address takes no mail any more. What stands in
 * neither list is soft: a full mailbox (5.2.2), the way to it (5.3, 5.4), all that may pass (4), and "something about an
 * address" (5.1.0), which servers say of senders, too.
 */
const hard = [
  /^5\.1\.(1|2|3|4|6|10)$/, // no such mailbox or domain, no address, moved away, "null MX" (RFC 7505)
  /^5\.2\.1$/, // the mailbox is disabled
  /^5\.4\.(4|310)$/, // no way to route to the domain; Exchange Online: the domain does not exist
  /^5\.7\.(13|17|18)$/, // the account is disabled, the mailbox or its domain has another owner (RFC 7293)
];

const ours = [
  /^[45]\.[67]\./, // what the mail holds; policy
  /^[45]\.1\.[78]$/, // the sender's address
  /^5\.[23]\.[34]$/, // too large
  /^5\.5\.[1-9]/, // commands that were not understood
];

/** A status in a text; not part of an IP address or a version. */
export const statusIn = (text: string): string | null =>
  /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/.exec(text)?.[0] ?? null;

/**
 * How bad a code is: a status ("5.1.1") or an SMTP answer ("550 5.1.1"). A bare answer ("550") is soft: it stands for
 * an unknown user as well as for a network that is blocked, and one block must not end every address of a provider.
 * A bare 554 is what servers say to networks they do not want.
 */
export function severityOf(code: string): Severity {
  if (code.startsWith("given up")) return "ours"; // the mail server itself was away for days
  const status = statusIn(code);
  if (!status) return /^554\b/.test(code) ? "ours" : "soft";
  if (hard.some((shape) => shape.test(status))) return "hard";
  return ours.some((shape) => shape.test(status)) ? "ours" : "soft";
}
