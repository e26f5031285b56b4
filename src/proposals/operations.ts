import { z } from "zod";
import { closeSessionsOf, type DeskVisit } from "../accounts/operations.ts";
import { noteAudit } from "../audit/operations.ts";
import { defineAct } from "../confirmations/operations.ts";
import { createInitiative } from "../initiatives/operations.ts";
import { initiativeKinds } from "../initiatives/queries.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { translator } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { looksLikeAddress, visibleLine } from "../platform/visible-text.ts";

const ofProposal = z.object({ id: z.uuid() });
/** Word to the movement that something was proposed, or a question answered; a question and the decision to the proposer. */
export const sendProposal = defineJobKind({ name: "proposals.proposed", data: ofProposal });
export const sendQuestion = defineJobKind({ name: "proposals.question", data: ofProposal });
export const sendReply = defineJobKind({
  name: "proposals.replied",
  data: ofProposal.extend({ question: z.uuid() }),
});
export const sendDecision = defineJobKind({ name: "proposals.decision", data: ofProposal });

const payload = z.object({
  proposer: z.string(),
  name: z.string(),
  kind: z.enum(initiativeKinds),
  tagline: z.string(),
  story: z.string(),
  website: z.string().nullable(),
  role: z.string(),
});
export type ProposalText = z.infer<typeof payload>;

/** The act of proposing an initiative. */
export const proposeAct = (proposal: ProposalText) => ({ kind: "propose", payload: proposal });

export const propose = defineAct({
  kind: "propose",
  payload,
  // A name that is no name may wait from before such names were refused; strangers' words go to no strangers.
  describe: async (_ctx, { name }, language) =>
    name === "" || looksLikeAddress(name)
      ? translator(language)("proposals:actUnnamed")
      : translator(language)("proposals:act", { name: visibleLine(name) }),
  remember: ({ kind }) => ({ proposer: "", name: "", kind, tagline: "", story: "", website: null, role: "" }),
  apply: async (ctx, proposal, by) => {
    const { id } = await ctx.db
      .insertInto("proposals")
      .values({
        ...{ ...proposal, person_id: by.personId, language: by.language, proposed_at: by.confirmedAt },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.jobs.enqueue(sendProposal, { id });
  },
});

export type DecideResult = { kind: "decided" } | { kind: "already-decided" } | { kind: "not-found" };
export type AskResult = DecideResult | { kind: "already-asked" };

async function openProposal(ctx: Ctx, id: string) {
  const proposal = await ctx.db
    .selectFrom("proposals")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
  if (!proposal) return { kind: "not-found" } as const;
  return proposal.decision ? ({ kind: "already-decided" } as const) : { kind: "open" as const, proposal };
}

/**
 * Asks the proposer something; the proposal waits for the answer. "already-asked": another question waits for its
 * answer. One whose mail did not arrive gives way.
 */
export function askBack(ctx: Ctx, id: string, personId: string, question: string): Promise<AskResult> {
  return inTransaction(ctx, async (ctx) => {
    const found = await openProposal(ctx, id);
    if (found.kind !== "open") return found;
    const waiting = await ctx.db
      .selectFrom("proposal_questions")
      .select(["id", "question", "failed_at"])
      .where("proposal_id", "=", id)
      .where("replied_at", "is", null)
      .executeTakeFirst();
    if (waiting && !waiting.failed_at)
      return { kind: waiting.question === question ? "decided" : "already-asked" };
    if (waiting) await ctx.db.deleteFrom("proposal_questions").where("id", "=", waiting.id).execute();
    await ctx.db
      .insertInto("proposal_questions")
      .values({ proposal_id: id, question, asked_by: personId, asked_at: ctx.now() })
      .execute();
    await ctx.jobs.enqueue(sendQuestion, { id });
    await noteAudit(ctx, { ...about(found.proposal), personId, action: "proposals.ask" });
    return { kind: "decided" };
  });
}

/**
 * The proposer's answer to one question, once; the team hears of it. "not-waiting": that question was answered before, is
 * another one by now, or the proposal was decided.
 */
export function replyToQuestion(
  ctx: Ctx,
  id: string,
  { question, reply }: { question: string; reply: string },
): Promise<"replied" | "not-waiting"> {
  return inTransaction(ctx, async (ctx) => {
    const proposal = await ctx.db
      .selectFrom("proposals")
      .select("decision")
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    const asked = await ctx.db
      .selectFrom("proposal_questions")
      .select(["id", "reply"])
      .where("id", "=", question)
      .where("proposal_id", "=", id)
      .executeTakeFirst();
    if (asked?.reply === reply) return "replied"; // pressed twice
    if (!proposal || proposal.decision || !asked || asked.reply !== null) return "not-waiting";
    await ctx.db
      .updateTable("proposal_questions")
      .set({ reply, replied_at: ctx.now() })
      .where("id", "=", question)
      .execute();
    await ctx.jobs.enqueue(sendReply, { id, question });
    return "replied";
  });
}

/** Says no, with a reason that the proposer reads. */
export function refuseProposal(
  ctx: Ctx,
  id: string,
  personId: string,
  reason: string,
): Promise<DecideResult> {
  return inTransaction(ctx, async (ctx) => {
    const found = await openProposal(ctx, id);
    if (found.kind !== "open") return found;
    await decide(ctx, id, { decision: "refused", decided_by: personId, reason });
    await noteAudit(ctx, { ...about(found.proposal), personId, action: "proposals.refuse" });
    return { kind: "decided" };
  });
}

/** For the log: what a decision was about. */
const about = ({ id, name }: { id: string; name: string }) => ({ subject: name, details: { proposal: id } });

/**
 * Says yes: makes the island, which nobody sees until its team publishes it, with a newsletter, and the proposer as
 * its lead, who signs in anew: the role changes what they may.
 */
export function approveProposal(
  ctx: Ctx,
  id: string,
  { id: personId, sessionId }: Pick<DeskVisit["person"], "id" | "sessionId">,
): Promise<DecideResult> {
  return inTransaction(ctx, async (ctx) => {
    const found = await openProposal(ctx, id);
    if (found.kind !== "open") return found;
    const { proposal } = found;
    const now = ctx.now();
    const initiativeId = await createInitiative(ctx, proposal);
    await ctx.db
      .insertInto("roles")
      .values({
        ...{ person_id: proposal.person_id, role: "lead", initiative_id: initiativeId },
        ...{ given_at: now, given_by: personId },
      })
      .execute();
    await closeSessionsOf(ctx, proposal.person_id, proposal.person_id === personId ? sessionId : null);
    await decide(ctx, id, { decision: "approved", decided_by: personId, initiative_id: initiativeId });
    await noteAudit(ctx, { ...about(proposal), personId, action: "proposals.approve", initiativeId });
    return { kind: "decided" };
  });
}

type Decision = {
  decision: "approved" | "refused";
  decided_by: string;
  reason?: string;
  initiative_id?: string;
};

async function decide(ctx: Ctx, id: string, decision: Decision): Promise<void> {
  await ctx.db
    .updateTable("proposals")
    .set({ ...decision, decided_at: ctx.now() })
    .where("id", "=", id)
    .execute();
  await ctx.jobs.enqueue(sendDecision, { id });
}
