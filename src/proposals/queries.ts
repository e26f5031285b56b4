import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { cutPage, type Place } from "../platform/keyset.ts";

/** Where a proposal is: with the moderators, with its proposer who was asked something, or at its end. */
export const proposalStates = ["open", "asked", "decided"] as const;
export type ProposalState = (typeof proposalStates)[number];

/** Whose mail with a question or decision did not arrive is with the moderators again. */
const states = {
  open: {
    at: sql<Date>`r.proposed_at`,
    order: "asc",
    where: sql<boolean>`(r.decision is null and (q.id is null or q.failed_at is not null)
      or r.decision_failed_at is not null)`,
  },
  asked: {
    at: sql<Date>`q.asked_at`,
    order: "asc",
    where: sql<boolean>`r.decision is null and q.failed_at is null and q.id is not null`,
  },
  decided: {
    at: sql<Date>`r.decided_at`,
    order: "desc",
    where: sql<boolean>`r.decision is not null and r.decision_failed_at is null`,
  },
} as const;

const perPage = 30;

/** Proposals with the question that waits, if any. */
const inState = (ctx: Ctx, state: ProposalState) =>
  ctx.db
    .selectFrom("proposals as r")
    .leftJoin("proposal_questions as q", (join) =>
      join.onRef("q.proposal_id", "=", "r.id").on("q.replied_at", "is", null),
    )
    .where(states[state].where);

/** One page: what waits longest first, the newest decided first. */
export async function listProposals(
  ctx: Ctx,
  { state, after }: { state: ProposalState; after: Place | null },
) {
  const { at, order } = states[state];
  const beyond = order === "asc" ? sql`>` : sql`<`;
  const rows = await inState(ctx, state)
    .select(["r.id", "r.name", "r.kind", "r.tagline", "r.proposer", "r.decision", at.as("at")])
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(${at}, r.id) ${beyond} (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy(at, order)
    .orderBy("r.id", order)
    .limit(perPage + 1)
    .execute();
  return cutPage(rows, perPage);
}

export type ProposalLine = Awaited<ReturnType<typeof listProposals>>["rows"][number];

export async function countOpenProposals(ctx: Ctx): Promise<number> {
  const counted = inState(ctx, "open").select((eb) => eb.fn.countAll<number>().as("count"));
  return (await counted.executeTakeFirstOrThrow()).count;
}

const questionColumns = [
  "id",
  "question",
  "asked_at",
  "mailed_at",
  "failed_at",
  "reply",
  "replied_at",
] as const;

/** A proposal with its proposer's address and what was asked, oldest first. */
export async function getProposal(ctx: Ctx, id: string) {
  const [proposal, questions] = await Promise.all([
    ctx.db
      .selectFrom("proposals as r")
      .innerJoin("people as p", "p.id", "r.person_id")
      .leftJoin("initiatives as i", "i.id", "r.initiative_id")
      .selectAll("r")
      .select(["p.email", "i.slug"])
      .where("r.id", "=", id)
      .executeTakeFirst(),
    ctx.db
      .selectFrom("proposal_questions")
      .select(questionColumns)
      .where("proposal_id", "=", id)
      .orderBy("asked_at")
      .orderBy("id")
      .execute(),
  ]);
  const waiting = questions.find(({ replied_at }) => replied_at === null) ?? null;
  return proposal && { ...proposal, questions, waiting };
}

export type Proposal = NonNullable<Awaited<ReturnType<typeof getProposal>>>;
export type Question = Proposal["questions"][number];

/** Everything a person proposed, newest first, with what was asked and answered. */
export async function listProposalsOf(ctx: Ctx, personId: string) {
  const [proposals, questions] = await Promise.all([
    ctx.db
      .selectFrom("proposals")
      .selectAll()
      .where("person_id", "=", personId)
      .orderBy("proposed_at", "desc")
      .execute(),
    ctx.db
      .selectFrom("proposal_questions as q")
      .innerJoin("proposals as r", "r.id", "q.proposal_id")
      .select(["q.proposal_id", "q.question", "q.asked_at", "q.mailed_at", "q.reply", "q.replied_at"])
      .where("r.person_id", "=", personId)
      .orderBy("q.asked_at")
      .execute(),
  ]);
  return proposals.map((proposal) => ({
    ...proposal,
    questions: questions
      .filter((one) => one.proposal_id === proposal.id)
      .map(({ proposal_id: _proposal, ...one }) => one),
  }));
}

/** How alike two names must be (0 to 1; pg_trgm's word similarity) to be worth a look. */
const alike = 0.45;

/** Characters of a name, more than any initiative's has. Each costs a comparison with every name there is. */
const mostLookedFor = 100;

/** Initiatives that are out and whose name looks like this one, the most alike first: a hint against doing things twice. */
export async function listSimilar(ctx: Ctx, typed: string) {
  const name = typed.trim();
  if (name.length < 3 || name.length > mostLookedFor) return [];
  const similarity = sql<number>`word_similarity(plain_text(${name}), plain_text(name ->> 'nl'))`;
  return ctx.db
    .selectFrom("initiatives")
    .select(["slug", "name", "tagline"])
    .where("published_at", "is not", null)
    .where(({ eb, or }) =>
      or([
        eb(similarity, ">=", alike),
        sql<boolean>`strict_word_similarity(plain_text(name ->> 'nl'), plain_text(${name})) >= ${alike}`,
      ]),
    )
    .orderBy(similarity, "desc")
    .limit(5)
    .execute();
}

export type Similar = Awaited<ReturnType<typeof listSimilar>>[number];
