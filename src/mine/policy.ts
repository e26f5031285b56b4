import type { Limit } from "../platform/limits.ts";
import { type Appearance, appearances } from "../signatures/operations.ts";

const minute = 60_000;

/** How long a code and its link open, in milliseconds; how often one may mistype; how long a visit lasts. */
export const codeLasts = 15 * minute;
export const mostTries = 5;
export const visitLasts = 60 * minute;

/** Code mails to one address: one a minute and five an hour. A code counts for the caps until it is an hour old. */
export const caps = { apart: minute, most: 5, within: 60 * minute };

/** And so many requests a day: who gets in at all needs few, and nobody's mailbox fills up. */
export const addressLimit: Limit = { name: "mine-address", points: 20, seconds: 23 * 3600 };

/** Whether the caps allow a code mail now, given those of the past hour in ascending order. */
export function mayMail(mailed: Date[], now: Date): boolean {
  const counting = mailed.filter((at) => at.getTime() > now.getTime() - caps.within);
  const last = counting.at(-1)?.getTime() ?? Number.NEGATIVE_INFINITY;
  return counting.length < caps.most && now.getTime() - last >= caps.apart;
}

/** How a signature may appear: with role and organisation only where there is one of them. */
export const appearancesFor = (signer: { role: string | null; organisation: string | null }): Appearance[] =>
  appearances.filter((one) => one !== "role" || signer.role !== null || signer.organisation !== null);
