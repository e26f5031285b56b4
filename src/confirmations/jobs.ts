import { z } from "zod";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJob, type JobDefinition, patientRetry } from "../platform/jobs.ts";
import type { ActKinds } from "./acts.ts";
import { findRefusal, lockAddress, mailsCountFor } from "./caps.ts";
import { confirmationMail } from "./mail.tsx";
import {
  dueForMail,
  dueForReminder,
  isMailWanted,
  mailOrPlan,
  remind,
  sendConfirmation,
  sendReminder,
} from "./mailing.ts";
import { getOpenConfirmation } from "./queries.ts";
import { oldestKept } from "./retention.ts";

/** The work of confirmations: send, look for what is due, remind, remove. */
export const confirmationJobs = (kinds: ActKinds): JobDefinition[] => [
  defineJob({
    ...sendConfirmation,
    retry: patientRetry,
    concurrency: 4,
    run: async (ctx, { id }) => {
      const listed = await getOpenConfirmation(ctx, id);
      if (!listed || listed.mailed_at || (await findRefusal(ctx, listed.email))) return;
      const { mail, settled } = await confirmationMail(ctx, kinds, listed, "first");
      await ctx.mailer.send({ ...mail, id: `confirmation-${id}-${listed.send_at.getTime()}` });
      await markMailed(ctx, id, settled);
    },
    // Then the same form sent again asks for a new mail.
    onGivenUp: async (ctx, { id }) => markMailed(ctx, id),
  }),
  defineJob({
    ...sendReminder,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const listed = await getOpenConfirmation(ctx, id);
      if (!listed || (await findRefusal(ctx, listed.email))) return;
      const { mail, settled } = await confirmationMail(ctx, kinds, listed, "reminder");
      // What turned out to be done already needs no reminder.
      if (settled.length < listed.acts.length)
        await ctx.mailer.send({ ...mail, id: `reminder-${id}`, occasion: "told" });
      await removeActs(ctx, settled);
    },
  }),
  lookForDueMails,
  tidyConfirmations,
];

/** The mail of a confirmation left, or was given up. `settled`: acts that it told were done before, which go. */
const markMailed = (ctx: Ctx, id: string, settled: string[] = []) =>
  inTransaction(ctx, async (ctx) => {
    const mailed_at = ctx.now();
    await ctx.db.updateTable("confirmations").set({ mailed_at }).where("id", "=", id).execute();
    await ctx.db
      .updateTable("acts")
      .set({ mailed_at })
      .where("email", "is not", null)
      .where("id", "in", ({ selectFrom }) =>
        selectFrom("confirmation_acts").select("act_id").where("confirmation_id", "=", id),
      )
      .execute();
    await removeActs(ctx, settled);
  });

async function removeActs(ctx: Ctx, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await ctx.db.deleteFrom("acts").where("id", "in", ids).where("email", "is not", null).execute();
}

/** Every minute: mails that had to wait for their moment, and reminders after seven days. */
export const lookForDueMails = defineJob({
  name: "confirmations.due",
  data: z.object({}),
  cron: "* * * * *",
  run: async (ctx) => {
    for (const { email } of await dueForMail(ctx).limit(1000).execute())
      await whenLocked(ctx, email, async (ctx) => {
        if (await isMailWanted(ctx, email)) await mailOrPlan(ctx, email);
      });
    for (const { email } of await dueForReminder(ctx).limit(1000).execute())
      await whenLocked(ctx, email, (ctx) => remind(ctx, email));
  },
});

const whenLocked = (ctx: Ctx, email: string, run: (ctx: Ctx) => Promise<void>) =>
  inTransaction(ctx, async (ctx) => {
    await lockAddress(ctx, email);
    await run(ctx);
  });

/** Every hour: removes acts after 21 days, confirmations without any, and what the caps and refusals kept for a day. */
export const tidyConfirmations = defineJob({
  name: "confirmations.tidy",
  data: z.object({}),
  cron: "7 * * * *",
  run: async (ctx) => {
    await ctx.db.deleteFrom("acts").where("created_at", "<=", oldestKept(ctx)).execute();
    await ctx.db
      .deleteFrom("confirmations")
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom("confirmation_acts")
              .select("act_id")
              .whereRef("confirmation_id", "=", "confirmations.id"),
          ),
        ),
      )
      .execute();
    await ctx.db
      .deleteFrom("confirmation_mails")
      .where("sent_at", "<=", new Date(ctx.now().getTime() - mailsCountFor))
      .execute();
    await ctx.db.deleteFrom("confirmation_refusals").where("until", "<=", ctx.now()).execute();
  },
});
