import { noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { sendDecision, sendQuestion } from "./operations.ts";

export const markQuestionMailed = (ctx: Ctx, questionId: string) =>
  ctx.db
    .updateTable("proposal_questions")
    .set({ mailed_at: ctx.now(), failed_at: null })
    .where("id", "=", questionId)
    .execute();

/** The mail with the question that waits was given up. */
export const markQuestionFailed = (ctx: Ctx, id: string) =>
  ctx.db
    .updateTable("proposal_questions")
    .set({ failed_at: ctx.now() })
    .where("proposal_id", "=", id)
    .where("replied_at", "is", null)
    .where("mailed_at", "is", null)
    .execute();

export const markDecisionMailed = (ctx: Ctx, id: string) =>
  ctx.db
    .updateTable("proposals")
    .set({ decision_mailed_at: ctx.now(), decision_failed_at: null })
    .where("id", "=", id)
    .execute();

/** The mail with the decision was given up. */
export const markDecisionFailed = (ctx: Ctx, id: string) =>
  ctx.db
    .updateTable("proposals")
    .set({ decision_failed_at: ctx.now() })
    .where("id", "=", id)
    .where("decision", "is not", null)
    .where("decision_mailed_at", "is", null)
    .execute();

/** Sends what did not arrive once more: the question that waits, or the decision. */
export function resendMail(ctx: Ctx, id: string, personId: string): Promise<"sending" | "not-failed"> {
  return inTransaction(ctx, async (ctx) => {
    const question = await ctx.db
      .updateTable("proposal_questions")
      .set({ failed_at: null })
      .where("proposal_id", "=", id)
      .where("replied_at", "is", null)
      .where("failed_at", "is not", null)
      .returning("id")
      .executeTakeFirst();
    const decision = await letGo(ctx, id);
    if (!question && !decision) return "not-failed";
    await ctx.jobs.enqueue(decision ? sendDecision : sendQuestion, { id });
    await noteAudit(ctx, { personId, action: "proposals.resend", details: { proposal: id } });
    return "sending";
  });
}

/** The proposer knows the decision in another way: it waits for nobody any more. */
export const settleDecision = async (ctx: Ctx, id: string): Promise<void> => {
  await letGo(ctx, id);
};

const letGo = (ctx: Ctx, id: string) =>
  ctx.db
    .updateTable("proposals")
    .set({ decision_failed_at: null })
    .where("id", "=", id)
    .where("decision_failed_at", "is not", null)
    .returning("id")
    .executeTakeFirst();
