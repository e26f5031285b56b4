import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/** Proposals that wait for a moderator, oldest first, a hundred at most; who was asked something waits for the proposer. */
const open = (ctx: Ctx) =>
  ctx.db
    .selectFrom("proposals")
    .where("decision", "is", null)
    .where((eb) => eb.or([eb("asked_at", "is", null), eb("replied_at", "is not", null)]));

export const listOpenProposals = (ctx: Ctx) =>
  open(ctx)
    .select(["id", "name", "kind", "tagline", "proposer", "proposed_at as at"])
    .orderBy("proposed_at")
    .orderBy("id")
    .limit(100)
    .execute();

export type OpenProposal = Awaited<ReturnType<typeof listOpenProposals>>[number];

export async function countOpenProposals(ctx: Ctx): Promise<number> {
  const counted = open(ctx).select((eb) => eb.fn.countAll<number>().as("count"));
  return (await counted.executeTakeFirstOrThrow()).count;
}

/** Proposals that wait for their proposer's answer, and the newest decided ones. */
export const listOtherProposals = (ctx: Ctx) =>
  ctx.db
    .selectFrom("proposals")
    .select(["id", "name", "proposer", "proposed_at as at", "decision"])
    .where((eb) =>
      eb.or([
        eb("decision", "is not", null),
        eb.and([eb("asked_at", "is not", null), eb("replied_at", "is", null)]),
      ]),
    )
    .orderBy("proposed_at", "desc")
    .limit(50)
    .execute();

export type OtherProposal = Awaited<ReturnType<typeof listOtherProposals>>[number];

/** A proposal with its proposer's address. */
export const getProposal = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("proposals as r")
    .innerJoin("people as p", "p.id", "r.person_id")
    .leftJoin("initiatives as i", "i.id", "r.initiative_id")
    .selectAll("r")
    .select(["p.email", "i.slug"])
    .where("r.id", "=", id)
    .executeTakeFirst();

export type Proposal = NonNullable<Awaited<ReturnType<typeof getProposal>>>;

/** Everything a person proposed, newest first. */
export const listProposalsOf = (ctx: Ctx, personId: string) =>
  ctx.db
    .selectFrom("proposals")
    .selectAll()
    .where("person_id", "=", personId)
    .orderBy("proposed_at", "desc")
    .execute();

/** How alike two names must be (0 to 1; pg_trgm's word similarity) to be worth a look. */
const alike = 0.45;

/** Initiatives that are out and whose name looks like this one, the most alike first: a hint against doing things twice. */
export async function listSimilar(ctx: Ctx, name: string) {
  if (name.trim().length < 3) return [];
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
