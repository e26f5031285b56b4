import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { Refreshed } from "../platform/refreshed.ts";

/** How many signed, and for how many organisations. Whoever is only counted counts too. */
export type Figures = { count: number; organisations: number };

/** How many signers named a principle as one that moves them; the most named first. */
export type Choice = { principle: string; count: number };

type Numbers = { count: Refreshed<number>; organisations: Refreshed<number>; choices: Refreshed<Choice[]> };
const numbers = new WeakMap<Ctx["db"], Numbers>();

/**
 * The numbers of one database in this process. They are counted, not kept in a row that every signer would wait for;
 * the count at most five times as often as pages are renewed (config.freshSeconds), the rest twice as often; none is
 * given that is further behind than that.
 */
function numbersOf(ctx: Ctx): Numbers {
  const known = numbers.get(ctx.db);
  if (known) return known;
  const { freshSeconds } = ctx.config;
  const made = {
    count: new Refreshed(() => countSignatures(ctx), freshSeconds * 200, freshSeconds * 1000),
    organisations: new Refreshed(() => countOrganisations(ctx), freshSeconds * 500, freshSeconds * 1000),
    choices: new Refreshed(() => countChoices(ctx), freshSeconds * 500, freshSeconds * 1000),
  };
  numbers.set(ctx.db, made);
  return made;
}

/**
 * The figures of this moment, at most a few seconds old. A zero is read anew, which costs nothing: beside the name of
 * the first signer it would say that nobody signed.
 */
export async function getFigures(ctx: Ctx): Promise<Figures> {
  const { count, organisations } = numbersOf(ctx);
  const [all, from] = await Promise.all([count.get(), organisations.get()]);
  return {
    count: all || (await countSignatures(ctx)),
    organisations: from || (await countOrganisations(ctx)),
  };
}

/**
 * How far the numbers known now are behind, in whole seconds rounded up: the `Age` of an answer that holds them
 * (RFC 9111, section 5.1), so that whoever keeps it does not keep it as long again.
 */
export function figuresAge(ctx: Ctx): number {
  const behind = Object.values(numbersOf(ctx)).map((number) => number.behind);
  return Math.ceil(Math.max(...behind) / 1000);
}

/** How often each principle was chosen, at most a few seconds old. */
export const getChoices = (ctx: Ctx): Promise<Choice[]> => numbersOf(ctx).choices.get();

async function countSignatures(ctx: Ctx): Promise<number> {
  const { count } = await ctx.db
    .selectFrom("signatures")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** One look in an index for each organisation, instead of one for each signature. */
async function countOrganisations(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from organisations as o, lateral
      (select from signatures where organisation_id = o.id limit 1) as signed`.execute(ctx.db);
  return rows[0]?.count ?? 0;
}

const countChoices = (ctx: Ctx): Promise<Choice[]> =>
  ctx.db
    .selectFrom("signature_principles")
    .select(["principle", ({ fn }) => fn.countAll<number>().as("count")])
    .groupBy("principle")
    .orderBy("count", "desc")
    .orderBy("principle")
    .execute();

/** The milestones that were reached, the latest first. */
export const listMilestones = (ctx: Ctx) =>
  ctx.db.selectFrom("milestones").select(["number", "reached_at"]).orderBy("number", "desc").execute();

export type Milestone = Awaited<ReturnType<typeof listMilestones>>[number];

/**
 * A number for where it is seen long after it was right, such as a picture on another site: rounded down to two
 * digits from a hundred on. 87 → 87, 1,284 → 1,200.
 */
export function roundedDown(count: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(count, 1))) - 1);
  return Math.floor(count / unit) * unit;
}
