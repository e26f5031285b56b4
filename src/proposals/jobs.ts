import { defineJob, patientRetry } from "../platform/jobs.ts";
import {
  markDecisionFailed,
  markDecisionMailed,
  markQuestionFailed,
  markQuestionMailed,
} from "./delivery.ts";
import { proposalMail } from "./mail.tsx";
import { sendDecision, sendProposal, sendQuestion, sendReply } from "./operations.ts";
import { getProposal } from "./queries.ts";

export const proposalJobs = [
  defineJob({
    ...sendProposal,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const proposal = await getProposal(ctx, id);
      if (proposal) await ctx.mailer.send(await proposalMail(ctx, "proposed", proposal, null));
    },
  }),
  defineJob({
    ...sendQuestion,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const proposal = await getProposal(ctx, id);
      const waiting = proposal?.waiting;
      if (!waiting || waiting.mailed_at || proposal.decision) return;
      await ctx.mailer.send(await proposalMail(ctx, "question", proposal, waiting));
      await markQuestionMailed(ctx, waiting.id);
    },
    onGivenUp: async (ctx, { id }) => {
      await markQuestionFailed(ctx, id);
    },
  }),
  defineJob({
    ...sendReply,
    retry: patientRetry,
    run: async (ctx, { id, question }) => {
      const proposal = await getProposal(ctx, id);
      const answered = proposal?.questions.find((one) => one.id === question);
      if (answered) await ctx.mailer.send(await proposalMail(ctx, "replied", proposal!, answered));
    },
  }),
  defineJob({
    ...sendDecision,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const proposal = await getProposal(ctx, id);
      if (!proposal?.decision || proposal.decision_mailed_at) return;
      await ctx.mailer.send(await proposalMail(ctx, proposal.decision, proposal, null));
      await markDecisionMailed(ctx, id);
    },
    onGivenUp: async (ctx, { id }) => {
      await markDecisionFailed(ctx, id);
    },
  }),
];
