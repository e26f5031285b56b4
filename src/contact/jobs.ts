import { defineJob, patientRetry } from "../platform/jobs.ts";
import { markAnswerFailed, markAnswerMailed, sendTipAnswer, tellAssigned } from "./desk-operations.ts";
import { getAnswer, getAssigned, getEarlierAnswer } from "./desk-queries.ts";
import { assignedMail, tipAnswerMail, tipMail } from "./mail.tsx";
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
  defineJob({
    ...sendTipAnswer,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const answer = await getAnswer(ctx, id);
      const addressee = answer && (await getAddressee(ctx, answer.slug));
      if (!addressee || answer.mailed_at) return;
      const earlier = await getEarlierAnswer(ctx, answer);
      await ctx.mailer.send(await tipAnswerMail(ctx, answer, addressee, earlier));
      await markAnswerMailed(ctx, id);
    },
    onGivenUp: (ctx, { id }) => markAnswerFailed(ctx, id),
  }),
  defineJob({
    ...tellAssigned,
    retry: patientRetry,
    run: async (ctx, { id, personId, byId, at }) => {
      const tip = await getAssigned(ctx, id, personId, byId);
      const addressee = tip && (await getAddressee(ctx, tip.slug));
      if (addressee) await ctx.mailer.send(await assignedMail(ctx, tip, addressee, new Date(at)));
    },
  }),
];
