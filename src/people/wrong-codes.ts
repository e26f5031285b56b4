import type { Ctx } from "../platform/context.ts";
import { hasPointLeft, type Limit, takeWithin } from "../platform/limits.ts";

/**
 * Wrong codes of one address in a day, whatever they were for (docs/decisions/0007). Each code has five tries, but a new
 * one can be asked for again and again: without a sum over all of them, guessing goes on for ever.
 */
const wrongCodes: Limit = { name: "wrong-codes", points: 50, seconds: 23 * 3600 };

/** A keyed hash that differs every day; known and unknown addresses are counted alike. */
const keyOfToday = ({ keys, now }: Ctx, email: string): string =>
  keys.hash(`wrong codes ${now().toISOString().slice(0, 10)}`, email);

/** Whether a code typed for this address still counts today. */
export const mayTryCode = (ctx: Ctx, email: string): Promise<boolean> =>
  hasPointLeft(ctx.db, wrongCodes, keyOfToday(ctx, email));

/** Counts a wrong code within the transaction of `ctx`. */
export async function countWrongCode(ctx: Ctx, email: string): Promise<void> {
  await takeWithin(ctx.db, wrongCodes, keyOfToday(ctx, email));
}
