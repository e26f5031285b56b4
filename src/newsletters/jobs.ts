import { defineJob, patientRetry } from "../platform/jobs.ts";
import { welcomeMail } from "./mail.tsx";
import { sendWelcome } from "./operations.ts";
import { getSubscription } from "./queries.ts";

export const newsletterJobs = [
  defineJob({
    ...sendWelcome,
    retry: patientRetry,
    concurrency: 4,
    run: async (ctx, { id }) => {
      const subscription = await getSubscription(ctx, id);
      if (!subscription || subscription.ended_at) return;
      await ctx.mailer.send(await welcomeMail(ctx, subscription));
    },
  }),
];
