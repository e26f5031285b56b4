import { z } from "zod";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJob, type JobDefinition, patientRetry } from "../platform/jobs.ts";
import type { ActKinds } from "./acts.ts";
import { caps, lockAddress, refused, takeMailSlot } from "./caps.ts";
import { confirmationMail } from "./mail.tsx";
import { isOver, retention, sendConfirmation, sendReminder } from "./operations.ts";
import { getOpenConfirmation } from "./queries.ts";

/** The work of confirmations: send, look for what is due, remind, remove. */
export const confirmationJobs = (kinds: ActKinds): JobDefinition[] => [
  defineJob({
    ...sendConfirmation,
    retry: patientRetry,
    concurrency: 4,
    run: async (ctx, { id }) => {
      const row = await getOpenConfirmation(ctx, id);
      if (!row || row.mailed_at || (await refused(ctx, row.email))) return;
      const { mail, settled } = await confirmationMail(ctx, kinds, row, "first");
      await ctx.mailer.send({ ...mail, id: `confirmation-${id}-${row.send_at.getTime()}` });
      await ctx.db.updateTable("confirmations").set({ mailed_at: ctx.now() }).where("id", "=", id).execute();
      if (settled) await ctx.db.deleteFrom("confirmations").where("id", "=", id).execute();
    },
    // Then the same form sent again asks for a new mail.
    onGivenUp: async (ctx, { id }) => {
      await ctx.db.updateTable("confirmations").set({ mailed_at: ctx.now() }).where("id", "=", id).execute();
    },
  }),
  defineJob({
    ...sendReminder,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const row = await getOpenConfirmation(ctx, id);
      if (!row || (await refused(ctx, row.email))) return;
      const { mail } = await confirmationMail(ctx, kinds, row, "reminder");
      await ctx.mailer.send({ ...mail, id: `reminder-${id}`, occasion: "told" });
    },
  }),
  lookForDueMails,
  tidyConfirmations,
];

/** Every minute: mails that had to wait for their moment, and reminders after seven days. */
export const lookForDueMails = defineJob({
  name: "confirmations.due",
  data: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    await inTransaction(ctx, async (ctx) => {
      const due = await ctx.db
        .updateTable("confirmations")
        .set({ queued_at: ctx.now() })
        .where("queued_at", "is", null)
        .where("send_at", "<=", ctx.now())
        .where("email", "is not", null)
        .returning("id")
        .execute();
      for (const { id } of due) await ctx.jobs.enqueue(sendConfirmation, { id });
    });
    const remindBefore = new Date(ctx.now().getTime() - retention.remindAfter);
    const unanswered = await ctx.db
      .selectFrom("confirmations")
      .select(["id", "email", "created_at"])
      .where("email", "is not", null)
      .$narrowType<{ email: string }>()
      .where("mailed_at", "is not", null)
      .where("reminded_at", "is", null)
      .where("created_at", "<=", remindBefore)
      .limit(1000)
      .execute();
    for (const one of unanswered) if (!isOver(ctx, one.created_at)) await remind(ctx, one.id, one.email);
  },
});

/** The one reminder, as soon as the caps allow a mail right now. */
async function remind(ctx: Ctx, id: string, email: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await lockAddress(ctx, email);
    if (!(await takeMailSlot(ctx, email, 0))) return;
    const { numUpdatedRows } = await ctx.db
      .updateTable("confirmations")
      .set({ reminded_at: ctx.now() })
      .where("id", "=", id)
      .where("reminded_at", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await ctx.jobs.enqueue(sendReminder, { id });
  });
}

/** Every hour: removes acts after 21 days, and what the caps and refusals kept for a day. */
export const tidyConfirmations = defineJob({
  name: "confirmations.tidy",
  data: z.object({}),
  cron: "7 * * * *",
  run: async (ctx) => {
    const now = ctx.now().getTime();
    await ctx.db
      .deleteFrom("confirmations")
      .where("created_at", "<=", new Date(now - retention.removeAfter))
      .execute();
    await ctx.db
      .deleteFrom("confirmation_mails")
      .where("planned_at", "<=", new Date(now - caps.aheadAtMost))
      .execute();
    await ctx.db.deleteFrom("confirmation_refusals").where("until", "<=", ctx.now()).execute();
  },
});
