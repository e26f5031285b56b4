import { type Appearance, appearances } from "../signatures/operations.ts";

/** How long a visit lasts, in milliseconds: an hour. */
export const visitLasts = 60 * 60_000;

/** How a signature may appear: with role and organisation only where there is one of them. */
export const appearancesFor = (signer: { role: string | null; organisation: string | null }): Appearance[] =>
  appearances.filter((one) => one !== "role" || signer.role !== null || signer.organisation !== null);
