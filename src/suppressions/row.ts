import type { DeliveryState } from "../deliveries/table.ts";
import { severityOf } from "../platform/mail-failures/severity.ts";

const day = 86_400_000;

/** When failures that may pass end an address: so many in a row, over so many days from the first to the last. */
const patience = { failures: 3, days: 14 };

/** A server tries for five days (RFC 5321, section 4.5.4.1), so a mail may come back that long after it was taken. */
export const mayComeBack = 5 * day;

export type Sent = { state: DeliveryState; code: string | null; doneAt: Date };

/**
 * Whether a person's mails have failed long enough: three or more in a row that came back or were refused by the
 * address's side, with fourteen days (by the calendar, in UTC) between sending the first and the last of them. A mail
 * that was taken and did not come back breaks the row, at its end only once it had five days to come back. A mail that
 * failed because of us or of our own mail server counts neither way.
 *
 * @param deliveries newest first
 */
export function isEnough(deliveries: Sent[], now: Date): boolean {
  const row: Sent[] = [];
  for (const delivery of deliveries) {
    if (delivery.state === "sent") {
      if (row.length > 0 || now.getTime() - delivery.doneAt.getTime() > mayComeBack) break;
    } else if (isAboutAddress(delivery.code ?? "")) {
      row.push(delivery);
    }
  }
  const [last, first] = [row[0], row.at(-1)];
  if (!last || !first || row.length < patience.failures) return false;
  return dayOf(last.doneAt) - dayOf(first.doneAt) >= patience.days;
}

/**
 * Whether a code can say anything about the address. Not when the fault is ours (policy, reputation), nor when there was no
 * answer ("ETIMEDOUT") or only that the server itself is closing (421, RFC 5321, section 3.8).
 */
export const isAboutAddress = (code: string): boolean =>
  /^(5|4(?!21))/.test(code) && severityOf(code) !== "ours";

const dayOf = (moment: Date) => Math.floor(moment.getTime() / day);
