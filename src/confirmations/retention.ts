import type { Ctx } from "../platform/context.ts";

const day = 86_400_000;
/**
 * When the one reminder goes out, how old an act is at least that it speaks for as well, and when acts that nobody
 * confirmed are removed (design, "Confirmation"). Milliseconds.
 */
export const retention = { remindAfter: 7 * day, remindedWith: day, removeAfter: 21 * day };

/** Acts from then on can be confirmed; older ones are over. */
export const oldestKept = (ctx: Ctx): Date => new Date(ctx.now().getTime() - retention.removeAfter);
