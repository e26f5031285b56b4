/** What a failure says about an address: it is over for good, or this mail did not get there this time. */
export type Severity = "hard" | "soft";

/**
 * Statuses (RFC 3463, and RFC 5248's registry) that say that an address takes no mail any more. What is left out says
 * something about a full mailbox (5.2.2), the mail (5.6), the way (5.4) or about us: 5.1.7 and 5.1.8 mean the sender's
 * address, and 5.7 is policy, so our reputation and not the address's fault.
 */
const hard = [
  /^5\.1\.(0|1|2|3|4|6|10)$/, // no such mailbox or domain, no address, moved away, "null MX" (RFC 7505)
  /^5\.2\.1$/, // the mailbox is disabled
  /^5\.4\.(4|310)$/, // no way to route to the domain; Exchange Online: the domain does not exist
  /^5\.7\.(13|17|18)$/, // the account is disabled, the mailbox or its domain has another owner (RFC 7293)
];

/** A status in a text; not part of an IP address or a version. */
export const statusIn = (text: string): string | null =>
  /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\.?\d)/.exec(text)?.[0] ?? null;

/**
 * How bad a code is: a status ("5.1.1") or an SMTP answer ("550 5.1.1"). A bare answer ("550") is soft: it stands for
 * an unknown user as well as for a network that is blocked, and one block must not end every address of a provider.
 */
export function severityOf(code: string): Severity {
  const status = statusIn(code);
  return status && hard.some((shape) => shape.test(status)) ? "hard" : "soft";
}
