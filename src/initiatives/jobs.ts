import { defineJob, patientRetry } from "../platform/jobs.ts";
import { tellContactChanged } from "./contact-address.ts";
import { contactChangedMail } from "./mail.tsx";

export const initiativeJobs = [
  defineJob({
    ...tellContactChanged,
    retry: patientRetry,
    run: async (ctx, changed) => {
      const mail = await contactChangedMail(ctx, changed);
      if (mail) await ctx.mailer.send(mail);
    },
  }),
];
