import { defineJob, patientRetry } from "../platform/jobs.ts";
import { tipMail } from "./mail.tsx";
import { markMailed, sendTip } from "./operations.ts";
import { getAddressee, getTip } from "./queries.ts";

export const contactJobs = [
  defineJob({
    ...sendTip,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const tip = await getTip(ctx, id);
      const addressee = tip && (await getAddressee(ctx, tip.slug));
      if (!addressee || tip.mailed_at) return;
      await ctx.mailer.send(await tipMail(ctx, tip, addressee));
      await markMailed(ctx, id);
    },
  }),
];
