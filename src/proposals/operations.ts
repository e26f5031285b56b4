import { z } from "zod";
import { noteAudit } from "../audit/operations.ts";
import { defineAct } from "../confirmations/operations.ts";
import { createInitiative } from "../initiatives/operations.ts";
import { initiativeKinds } from "../initiatives/queries.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { translator } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";

const about = z.object({ id: z.uuid() });
/** Word to the movement that something was proposed; a question to the proposer; the decision to the proposer. */
export const sendProposal = defineJobKind({ name: "proposals.proposed", data: about });
export const sendQuestion = defineJobKind({ name: "proposals.question", data: about });
export const sendDecision = defineJobKind({ name: "proposals.decision", data: about });

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
  describe: async (_ctx, { name }, language) => translator(language)("proposals:act", { name }),
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

/** Asks the proposer something; the proposal waits for the answer. */
export function askBack(ctx: Ctx, id: string, personId: string, question: string): Promise<DecideResult> {
  return inTransaction(ctx, async (ctx) => {
    const found = await openProposal(ctx, id);
    if (found.kind !== "open") return found;
    await ctx.db
      .updateTable("proposals")
      .set({ question, asked_at: ctx.now(), reply: null, replied_at: null })
      .where("id", "=", id)
      .execute();
    await ctx.jobs.enqueue(sendQuestion, { id });
    await noteAudit(ctx, { personId, action: "proposals.ask", details: { proposal: id } });
    return { kind: "decided" };
  });
}

/** The proposer's answer to the question; once per question. */
export async function replyToQuestion(
  ctx: Ctx,
  id: string,
  reply: string,
): Promise<"replied" | "not-waiting"> {
  const { numUpdatedRows } = await ctx.db
    .updateTable("proposals")
    .set({ reply, replied_at: ctx.now() })
    .where("id", "=", id)
    .where("decision", "is", null)
    .where("asked_at", "is not", null)
    .where("replied_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n ? "replied" : "not-waiting";
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
    await noteAudit(ctx, { personId, action: "proposals.refuse", details: { proposal: id } });
    return { kind: "decided" };
  });
}

/**
 * Says yes: makes the island, which nobody sees until its team publishes it, with a newsletter, and the proposer as
 * its lead.
 */
export function approveProposal(ctx: Ctx, id: string, personId: string): Promise<DecideResult> {
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
    await decide(ctx, id, { decision: "approved", decided_by: personId, initiative_id: initiativeId });
    await noteAudit(ctx, {
      ...{ personId, action: "proposals.approve", initiativeId, subject: proposal.name },
    });
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
