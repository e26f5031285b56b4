import type { Ctx } from "../platform/context.ts";
import { defineJob, patientRetry } from "../platform/jobs.ts";
import { type MailKind, proposalMail } from "./mail.tsx";
import { sendDecision, sendProposal, sendQuestion } from "./operations.ts";
import { getProposal, type Proposal } from "./queries.ts";

async function mail(ctx: Ctx, id: string, kindOf: (proposal: Proposal) => MailKind | null): Promise<void> {
  const proposal = await getProposal(ctx, id);
  const kind = proposal && kindOf(proposal);
  if (kind) await ctx.mailer.send(await proposalMail(ctx, kind, proposal));
}

export const proposalJobs = [
  defineJob({
    ...sendProposal,
    retry: patientRetry,
    run: (ctx, { id }) => mail(ctx, id, () => "proposed"),
  }),
  defineJob({
    ...sendQuestion,
    retry: patientRetry,
    run: (ctx, { id }) =>
      mail(ctx, id, ({ asked_at, decision }) => (asked_at && !decision ? "question" : null)),
  }),
  defineJob({
    ...sendDecision,
    retry: patientRetry,
    run: (ctx, { id }) => mail(ctx, id, ({ decision }) => decision),
  }),
];
