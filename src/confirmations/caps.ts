import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** Confirmation mails to one address: one an hour and three a day at most (design, "Confirmation"). */
export const caps = { apart: hour, aDay: 3, aheadAtMost: day };

/** For how long an address that said "this was not me" gets no confirmation mail. */
const refusalLasts = day;

const addressHash = (ctx: Ctx, email: string): string => ctx.keys.hash("confirmation-address", email);

/** One request at a time for an address, until the end of the transaction. */
export async function lockAddress(ctx: Ctx, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${addressHash(ctx, email)}, 0))`.execute(ctx.db);
}

/**
 * Takes the first moment, at most `ahead` milliseconds away, at which this address may get a confirmation mail, and
 * remembers it. Null when there is none, or when the address refused. The caller has locked the address.
 */
export async function takeMailSlot(ctx: Ctx, email: string, ahead = caps.aheadAtMost): Promise<Date | null> {
  const address_hash = addressHash(ctx, email);
  const now = ctx.now();
  if (await refused(ctx, email)) return null;
  const taken = await ctx.db
    .selectFrom("confirmation_mails")
    .select("planned_at")
    .where("address_hash", "=", address_hash)
    .where("planned_at", ">", new Date(now.getTime() - day))
    .orderBy("planned_at")
    .execute();
  const slot = firstSlot(
    taken.map((mail) => mail.planned_at),
    now,
  );
  if (slot.getTime() > now.getTime() + ahead) return null;
  await ctx.db.insertInto("confirmation_mails").values({ address_hash, planned_at: slot }).execute();
  return slot;
}

/** The first moment that keeps the caps, given the moments already taken in ascending order. */
export function firstSlot(taken: Date[], now: Date): Date {
  const last = taken.at(-1)?.getTime() ?? Number.NEGATIVE_INFINITY;
  const thirdLast = taken.at(-caps.aDay)?.getTime() ?? Number.NEGATIVE_INFINITY;
  return new Date(Math.max(now.getTime(), last + caps.apart, thirdLast + day));
}

/** Whether the address said "this was not me" in the past day. */
export async function refused(ctx: Ctx, email: string): Promise<boolean> {
  const refusal = await ctx.db
    .selectFrom("confirmation_refusals")
    .select("until")
    .where("address_hash", "=", addressHash(ctx, email))
    .where("until", ">", ctx.now())
    .executeTakeFirst();
  return refusal !== undefined;
}

/** Keeps confirmation mails from the address for a day. */
export async function refuse(ctx: Ctx, email: string): Promise<void> {
  const until = new Date(ctx.now().getTime() + refusalLasts);
  await ctx.db
    .insertInto("confirmation_refusals")
    .values({ address_hash: addressHash(ctx, email), until })
    .onConflict((conflict) => conflict.column("address_hash").doUpdateSet({ until }))
    .execute();
}
