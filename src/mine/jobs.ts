import { z } from "zod";
import { hasWaitingConfirmation } from "../confirmations/queries.ts";
import { findOpenCode, findPerson } from "../people/queries.ts";
import { defineJob, patientRetry } from "../platform/jobs.ts";
import { codeMail } from "./mail.tsx";
import { forgetVisits, sendCode } from "./opening.ts";

export const mineJobs = [
  defineJob({
    ...sendCode,
    retry: patientRetry,
    concurrency: 4,
    run: async (ctx, { id }) => {
      const asked = await findOpenCode(ctx, "mine", id);
      if (!asked) return;
      const { email } = asked;
      const known =
        (await findPerson(ctx, email)) !== undefined || (await hasWaitingConfirmation(ctx, email));
      await ctx.mailer.send(await codeMail(ctx, asked, known));
    },
  }),
  /** Every half hour: with the hour for the caps, no address or visit stays two hours. */
  defineJob({ name: "mine.forget-visits", data: z.object({}), cron: "11,41 * * * *", run: forgetVisits }),
];
