import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { readSearch, type Search } from "./search.ts";
import { type Finds, find, type Stretch, walk } from "./wall-finds.ts";

export type WallFilter = {
  /** As typed. */
  search: string;
  principle: string | null;
  /** Only signatures below this number: those before it in time. */
  before: number | null;
};

const wallPageSize = 50;

export type WallPage = {
  signatures: WallSignature[];
  search: Search | null;
  /** How many were found, up to one more than `mostCounted`; null without a search and on later pages. */
  found: number | null;
  /** `before` of the page with older ones. */
  older: number | null;
  /** The way back: the first page, or `before` of the page with newer ones. */
  newer: "first" | number | null;
};

const nothing = { signatures: [], found: 0, older: null };

/** One page of the wall, newest first, of those who show anything of themselves. */
export async function getWallPage(ctx: Ctx, filter: WallFilter): Promise<WallPage> {
  const { principle, before } = filter;
  const search = filter.search
    ? ((await readSearch(ctx, filter.search)) ?? { query: null, mended: [] })
    : null;
  if (search?.query === null) return { ...nothing, search, newer: before === null ? null : "first" };
  const stretch: Stretch = { way: "older", query: search?.query ?? null, principle, from: before };
  const { numbers, found } = await take(ctx, stretch, wallPageSize + 1, before === null);
  const shown = numbers.slice(0, wallPageSize);
  const [signatures, newer] = await Promise.all([
    listSignatures(ctx, shown),
    before === null ? null : newerPage(ctx, { ...stretch, way: "newer", from: shown[0] ?? before - 1 }),
  ]);
  const older = numbers.length > wallPageSize ? shown.at(-1)! : null;
  return { signatures, search, found: before === null ? found : null, older, newer };
}

/** The newest few signatures that show anything of themselves. */
export async function listLatestSignatures(ctx: Ctx, limit: number): Promise<WallSignature[]> {
  const stretch: Stretch = { way: "older", query: null, principle: null, from: null };
  const { numbers } = await take(ctx, stretch, limit, false);
  return listSignatures(ctx, numbers);
}

async function take(ctx: Ctx, stretch: Stretch, limit: number, counting: boolean): Promise<Finds> {
  const { query, ...rest } = stretch;
  return query === null
    ? { numbers: await walk(ctx, rest, limit), found: null }
    : find(ctx, { ...rest, query }, limit, counting);
}

/** The page that ends just above a number. */
async function newerPage(ctx: Ctx, stretch: Stretch): Promise<"first" | number | null> {
  const { numbers } = await take(ctx, stretch, wallPageSize + 1, false);
  return numbers.length === 0 ? null : (numbers[wallPageSize] ?? "first");
}

/** What others may see of these signatures; the rest stays in the database. */
async function listSignatures(ctx: Ctx, numbers: number[]) {
  if (numbers.length === 0) return [];
  return ctx.db
    .selectFrom("signatures as s")
    .leftJoin("organisations as o", "o.id", "s.organisation_id")
    .select(["s.number", "s.role", "o.name as organisation"])
    .select(sql<string | null>`case when s.appearance = 'name' then s.name end`.as("name"))
    .select(sql<string | null>`case when s.appearance = 'name' then s.place end`.as("place"))
    .select(sql<string | null>`case when s.motivation_state = 'shown' then s.motivation end`.as("motivation"))
    .where("s.number", "in", numbers)
    .where("s.appearance", "!=", "counted")
    .orderBy("s.number", "desc")
    .execute();
}

export type WallSignature = Awaited<ReturnType<typeof listSignatures>>[number];
