import { type RawBuilder, sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";

/** A run of signatures from a number on (not that one itself), nearest first; of those who show anything of themselves. */
export type Stretch = {
  way: "older" | "newer";
  /** null: from the newest. */
  from: number | null;
  principle: string | null;
  /** A tsquery. */
  query: string | null;
};
type Searched = Stretch & { query: string };

/** Finds are counted up to here. */
export const mostCounted = 1000;

/** How many signatures are looked through before the index of words is asked: more where the first promise enough. */
const lookedThrough = { first: 2500, further: 12_500 };

/** The numbers along the index of numbers, or of numbers by principle. */
export async function walk(ctx: Ctx, stretch: Omit<Stretch, "query">, limit: number): Promise<number[]> {
  const { way, from, principle } = stretch;
  const order = way === "older" ? "desc" : "asc";
  const beyond = way === "older" ? "<" : ">";
  const shown = ctx.db
    .selectFrom("signatures as s")
    .select("s.number")
    .where("s.appearance", "!=", "counted")
    .$if(from !== null, (all) => all.where("s.number", beyond, from!))
    .limit(limit);
  const rows =
    principle === null
      ? await shown.orderBy("s.number", order).execute()
      : await shown
          .innerJoin("signature_principles as p", "p.number", "s.number")
          .where("p.principle", "=", principle)
          .$if(from !== null, (all) => all.where("p.number", beyond, from!)) // or the planner starts at the end
          .orderBy("p.number", order)
          .execute();
  return rows.map(({ number }) => number);
}

export type Finds = {
  numbers: number[];
  /** How many there are in all, up to one more than `mostCounted`; null where that wasn't asked. */
  found: number | null;
};

/**
 * The numbers that a search finds. Words that many have: the nearest few thousand hold a page of them. Where they don't,
 * so few have these words that all can be taken from the index and sorted. The planner would gamble on one of the two:
 * it takes words for independent, and walks past a million signatures for two common ones that never meet.
 */
export async function find(ctx: Ctx, stretch: Searched, limit: number, counting: boolean): Promise<Finds> {
  const goal = counting ? mostCounted + 1 : limit;
  let near = await lookThrough(ctx, stretch, lookedThrough.first, goal);
  const expected = near.length * (lookedThrough.further / lookedThrough.first);
  if (near.length < goal && (expected >= goal || (near.length < limit && expected >= limit)))
    near = await lookThrough(ctx, stretch, lookedThrough.further, goal);
  if (near.length < limit) return askIndex(ctx, stretch, limit);
  const numbers = near.slice(0, limit);
  if (!counting) return { numbers, found: null };
  return { numbers, found: near.length === goal ? goal : await countByIndex(ctx, stretch) };
}

const beyond = ({ way, from }: Stretch): RawBuilder<boolean> =>
  way === "older"
    ? sql`number < ${from ?? Number.MAX_SAFE_INTEGER}::bigint`
    : sql`number > ${from ?? 0}::bigint`;
const inOrder = ({ way }: Stretch) => (way === "older" ? sql`order by number desc` : sql`order by number`);
const chose = (principle: string | null): RawBuilder<boolean> =>
  principle === null
    ? sql`true`
    : // Not "exists", which the planner turns into a join with all who chose it.
      sql`(select true from signature_principles where signature_id = id and principle = ${principle})`;

async function lookThrough(ctx: Ctx, stretch: Searched, most: number, limit: number): Promise<number[]> {
  const { rows } = await sql<{ number: number }>`
    select number from (
      select id, number, search from signatures
      where appearance <> 'counted' and ${beyond(stretch)} ${inOrder(stretch)} limit ${most}
    ) as near
    where search @@ ${stretch.query}::tsquery and ${chose(stretch.principle)}
    ${inOrder(stretch)} limit ${limit}`.execute(ctx.db);
  return rows.map(({ number }) => number);
}

const finds = ({ query, principle }: Searched) => sql`
  select number from signatures
  where search @@ ${query}::tsquery and appearance <> 'counted' and ${chose(principle)}`;

const askIndex = (ctx: Ctx, stretch: Searched, limit: number): Promise<Finds> =>
  byIndexOfWords(ctx, async (ctx) => {
    const { rows } = await sql<{ number: number; found: number }>`
      with finds as materialized (${finds(stretch)} and ${beyond(stretch)})
      select number, (select count(*) from finds) as found from finds
      ${inOrder(stretch)} limit ${limit}`.execute(ctx.db);
    const found = Math.min(rows[0]?.found ?? 0, mostCounted + 1);
    return { numbers: rows.map(({ number }) => number), found };
  });

const countByIndex = (ctx: Ctx, stretch: Searched): Promise<number> =>
  byIndexOfWords(ctx, async (ctx) => {
    const { rows } = await sql<{ found: number }>`
      select count(*) as found from (${finds(stretch)} limit ${mostCounted + 1}) as finds`.execute(ctx.db);
    return rows[0]?.found ?? 0;
  });

/** Without the plans that read past every row. */
const byIndexOfWords = <Result>(ctx: Ctx, read: (ctx: Ctx) => Promise<Result>): Promise<Result> =>
  inTransaction(ctx, async (ctx) => {
    const off = (setting: string) => sql`set_config(${setting}, 'off', true)`;
    await sql`select ${off("enable_seqscan")}, ${off("enable_indexscan")}`.execute(ctx.db);
    return read(ctx);
  });
