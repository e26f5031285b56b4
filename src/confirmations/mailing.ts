import { sql } from "kysely";
import { z } from "zod";
import type { Ctx } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { nextSlot, takeSlot } from "./caps.ts";
import { oldestKept, retention } from "./retention.ts";

const withId = z.object({ id: z.uuid() });
/** The mail with the link to confirm, and the reminder of it. */
export const sendConfirmation = defineJobKind({ name: "confirmations.send", data: withId });
export const sendReminder = defineJobKind({ name: "confirmations.remind", data: withId });

/** Above this the newest go first and the others in the next mail: longer mails are cut off by their readers. */
export const mostInMail = 100;

export type Planned = { kind: "mailed" } | { kind: "waits"; until: Date };

/** Mails what waits under an address at once, or plans it for the first moment that the caps allow. Locked by the caller. */
export async function mailOrPlan(ctx: Ctx, email: string): Promise<Planned> {
  const slot = await nextSlot(ctx, email);
  if (slot <= ctx.now()) {
    await enqueueMail(ctx, email, "first");
    return { kind: "mailed" };
  }
  await ctx.db
    .updateTable("acts")
    .set({ mail_at: slot })
    .where("email", "=", email)
    .where("mail_at", "is not", null)
    .execute();
  return { kind: "waits", until: slot };
}

/** Whether acts wait under the address for a mail to list them. */
export const isMailWanted = async (ctx: Ctx, email: string): Promise<boolean> =>
  (await waiting(ctx).where("email", "=", email).where("mail_at", "is not", null).executeTakeFirst()) !==
  undefined;

/** Addresses whose next mail may be due. */
export const dueForMail = (ctx: Ctx) => waiting(ctx).where("mail_at", "<=", ctx.now());

/** Addresses with acts that were mailed, and neither answered in a week nor reminded of. */
export const dueForReminder = (ctx: Ctx) =>
  waiting(ctx)
    .where("mailed_at", "is not", null)
    .where("reminded_at", "is", null)
    .where("created_at", "<=", new Date(ctx.now().getTime() - retention.remindAfter));

const waiting = (ctx: Ctx) =>
  ctx.db
    .selectFrom("acts")
    .select("email")
    .distinct()
    .where("email", "is not", null)
    .$narrowType<{ email: string }>()
    .where("created_at", ">", oldestKept(ctx));

/** The one reminder of what is due for it, if the caps allow a mail right now. Locked by the caller. */
export async function remind(ctx: Ctx, email: string): Promise<void> {
  const due = await dueForReminder(ctx).where("email", "=", email).executeTakeFirst();
  if (!due || (await nextSlot(ctx, email)) > ctx.now()) return;
  await enqueueMail(ctx, email, (await isMailWanted(ctx, email)) ? "first" : "reminder");
}

/** Puts one mail on the queue that lists what waits under the address; what comes later is for the next one. */
async function enqueueMail(ctx: Ctx, email: string, moment: "first" | "reminder"): Promise<void> {
  const acts = await ctx.db
    .selectFrom("acts")
    .select("id")
    .where("email", "=", email)
    .where("created_at", ">", oldestKept(ctx))
    .orderBy(({ eb }) => eb("mail_at", "is", null))
    .orderBy("number", "desc")
    .limit(mostInMail)
    .execute();
  const ids = acts.map((act) => act.id);
  if (ids.length === 0) return;
  const id = (await findListing(ctx, ids)) ?? (await makeListing(ctx, ids));
  await takeSlot(ctx, email);
  await ctx.db.updateTable("acts").set({ mail_at: null }).where("id", "in", ids).execute();
  await markReminded(ctx, email, moment);
  if (moment === "reminder") return ctx.jobs.enqueue(sendReminder, { id });
  await ctx.db
    .updateTable("confirmations")
    .set({ send_at: ctx.now(), mailed_at: null })
    .where("id", "=", id)
    .execute();
  await ctx.jobs.enqueue(sendConfirmation, { id });
}

/** The confirmation that listed exactly these acts: its link is sent again. */
async function findListing(ctx: Ctx, ids: string[]): Promise<string | undefined> {
  const found = await ctx.db
    .selectFrom("confirmation_acts")
    .select("confirmation_id as id")
    .where("confirmation_id", "in", ({ selectFrom }) =>
      selectFrom("confirmation_acts")
        .select("confirmation_id")
        .where("act_id", "=", ids[0] ?? ""),
    )
    .groupBy("confirmation_id")
    .having(
      sql`array_agg(act_id order by act_id)`,
      "=",
      sql`(select array_agg(one order by one) from unnest(${ids}::uuid[]) as one)`,
    )
    .executeTakeFirst();
  return found?.id;
}

/** A confirmation of these acts, the oldest first. */
async function makeListing(ctx: Ctx, ids: string[]): Promise<string> {
  const { id } = await ctx.db
    .insertInto("confirmations")
    .values({ send_at: ctx.now(), mailed_at: null })
    .returning("id")
    .executeTakeFirstOrThrow();
  await ctx.db
    .insertInto("confirmation_acts")
    .columns(["confirmation_id", "act_id", "position"])
    .expression(({ selectFrom, val }) =>
      selectFrom("acts")
        .select([
          val(id).as("confirmation_id"),
          "id as act_id",
          sql<number>`row_number() over (order by number)`.as("position"),
        ])
        .where("id", "in", ids),
    )
    .execute();
  return id;
}

/**
 * One reminder for each act: any mail after its seventh day is that, and a reminder speaks for all that waits longer
 * than a day.
 */
async function markReminded(ctx: Ctx, email: string, moment: "first" | "reminder"): Promise<void> {
  const age = moment === "reminder" ? retention.remindedWith : retention.remindAfter;
  await ctx.db
    .updateTable("acts")
    .set({ reminded_at: ctx.now() })
    .where("email", "=", email)
    .where("reminded_at", "is", null)
    .where("created_at", "<=", new Date(ctx.now().getTime() - age))
    .execute();
}
