import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

const hour = 3_600_000;
const day = 24 * hour;

type Cap = {
  /** Milliseconds between two mails, at least. */
  apart: number;
  aDay: number;
};

/** Confirmation mails to one address (design, "Confirmation"): few as long as nobody has shown to read them. */
const caps = {
  unproven: { apart: hour, aDay: 3 },
  /** An address that confirmed something within the past day. */
  proven: { apart: 0, aDay: 10 },
} as const satisfies Record<string, Cap>;

/** For how long a mail counts for the caps. */
export const mailsCountFor = day;

/** For how long an address that said "this was not me" gets no confirmation mail. */
const refusalLasts = day;

const addressHash = (ctx: Ctx, email: string): string => ctx.keys.hash("confirmation-address", email);

/** One at a time for an address, until the end of the transaction. Comes before any row of the address is locked. */
export async function lockAddress(ctx: Ctx, email: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${addressHash(ctx, email)}, 0))`.execute(ctx.db);
}

/** The first moment at which this address may get a confirmation mail. The caller has locked the address. */
export async function nextSlot(ctx: Ctx, email: string): Promise<Date> {
  const now = ctx.now();
  const sent = await ctx.db
    .selectFrom("confirmation_mails")
    .select("sent_at")
    .where("address_hash", "=", addressHash(ctx, email))
    .where("sent_at", ">", new Date(now.getTime() - day))
    .orderBy("sent_at")
    .execute();
  const slot = firstSlot(
    sent.map((mail) => mail.sent_at),
    now,
    (await isProven(ctx, email)) ? caps.proven : caps.unproven,
  );
  const refusedUntil = await findRefusal(ctx, email);
  return refusedUntil && refusedUntil > slot ? refusedUntil : slot;
}

/** Counts a mail that leaves now. */
export async function takeSlot(ctx: Ctx, email: string): Promise<void> {
  const mail = { address_hash: addressHash(ctx, email), sent_at: ctx.now() };
  await ctx.db.insertInto("confirmation_mails").values(mail).execute();
}

/** The first moment that keeps the cap, given the moments already taken in the past day, in ascending order. */
export function firstSlot(taken: Date[], now: Date, { apart, aDay }: Cap = caps.unproven): Date {
  const last = taken.at(-1)?.getTime() ?? Number.NEGATIVE_INFINITY;
  const firstOfFull = taken.at(-aDay)?.getTime() ?? Number.NEGATIVE_INFINITY;
  return new Date(Math.max(now.getTime(), last + apart, firstOfFull + day));
}

/** Whether the owner of the address confirmed something within the past day. */
async function isProven(ctx: Ctx, email: string): Promise<boolean> {
  const confirmed = await ctx.db
    .selectFrom("acts as a")
    .innerJoin("people as p", "p.id", "a.person_id")
    .select("a.id")
    .where("p.email", "=", email)
    .where("a.confirmed_at", ">", new Date(ctx.now().getTime() - day))
    .limit(1)
    .executeTakeFirst();
  return confirmed !== undefined;
}

/** Until when the address wants no mail because it said "this was not me"; null when it may get some. */
export async function findRefusal(ctx: Ctx, email: string): Promise<Date | null> {
  const refusal = await ctx.db
    .selectFrom("confirmation_refusals")
    .select("until")
    .where("address_hash", "=", addressHash(ctx, email))
    .where("until", ">", ctx.now())
    .executeTakeFirst();
  return refusal?.until ?? null;
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
