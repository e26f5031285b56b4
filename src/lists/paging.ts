import { type RawBuilder, sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";

/** What a list is read from. All parts are SQL over `source`. */
export type Listing = {
  /** Tables with their joins. */
  source: RawBuilder<unknown>;
  columns: RawBuilder<unknown>;
  /** A list is in the order of a moment, then of an id; the two are an index, behind what filters by equality. */
  at: RawBuilder<Date>;
  id: RawBuilder<string>;
  /** Whether a row holds the words; and the same as rows that an index finds. */
  holds: (words: string[]) => RawBuilder<boolean>;
  finds: (words: string[]) => RawBuilder<boolean>;
};

/** A row with its place in the list: microseconds since 1970, and its id. */
export type Listed = { id: string; place_at: number };

/** Where a page of a list begins: behind this row, going that way. */
export type Place = { way: "older" | "newer"; at: number; id: string };

export type Wanted = {
  where: RawBuilder<boolean>[];
  /** Each has to be somewhere in a row. */
  words: string[];
  place: Place | null;
};

/** How many of the nearest rows are looked through before the index of words is asked. */
const lookedThrough = 2500;

const momentOf = (listing: Listing) => sql`(extract(epoch from ${listing.at}) * 1000000)::bigint`;

/** Only what lies beyond the place; a row comparison, which an index on (at, id) can begin with. */
function beyond(listing: Listing, place: Place | null): RawBuilder<boolean>[] {
  if (!place) return [];
  const than = place.way === "older" ? sql`<` : sql`>`;
  return [
    sql`(${listing.at}, ${listing.id}) ${than}
      ('epoch'::timestamptz + ${place.at}::bigint * interval '1 microsecond', ${place.id}::uuid)`,
  ];
}

const all = (conditions: RawBuilder<boolean>[]) =>
  conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``;

/**
 * Rows from a place on, nearest first. With words: those that many rows hold are found among the nearest few thousand;
 * the rest are so few that the index can give all of them, to be sorted. The planner would gamble on one of the two.
 */
export async function take<Row extends Listed>(
  ctx: Ctx,
  listing: Listing,
  wanted: Wanted,
  limit: number,
): Promise<Row[]> {
  const { words, place } = wanted;
  const order = place?.way === "newer" ? sql`asc` : sql`desc`;
  const where = [...wanted.where, ...beyond(listing, place)];
  const columns = sql`${listing.columns}, ${listing.id} as id, ${momentOf(listing)} as place_at`;
  const along = (extra: RawBuilder<unknown>, most: number) => sql`
    select ${columns} ${extra} from ${listing.source} ${all(where)}
    order by ${listing.at} ${order}, ${listing.id} ${order} limit ${most}`;
  if (words.length === 0) return (await sql<Row>`${along(sql``, limit)}`.execute(ctx.db)).rows;
  const holds = sql`, (${listing.holds(words)}) as holds`;
  const near = await sql<Row>`
    select * from (${along(holds, lookedThrough)}) as near where holds
    order by place_at ${order}, id ${order} limit ${limit}`.execute(ctx.db);
  if (near.rows.length === limit) return near.rows;
  return inTransaction(ctx, async (ctx) => {
    await sql`select set_config('enable_seqscan', 'off', true)`.execute(ctx.db);
    const found = await sql<Row>`
      with found as materialized (
        select ${columns} from ${listing.source} ${all([...where, listing.finds(words)])}
      ) select * from found order by place_at ${order}, id ${order} limit ${limit}`.execute(ctx.db);
    return found.rows;
  });
}

export const pageSize = 50;

export type ListPageRows<Row> = { rows: Row[]; older: Place | null; newer: Place | null };

/** One page, newest first, with where the pages beside it begin. */
export async function getPage<Row extends Listed>(
  ctx: Ctx,
  listing: Listing,
  wanted: Wanted,
): Promise<ListPageRows<Row>> {
  const { place } = wanted;
  const taken = await take<Row>(ctx, listing, wanted, pageSize + 1);
  const more = taken.length > pageSize;
  // Back at the beginning: a whole page from there, not the few that were newer.
  if (place?.way === "newer" && !more) return getPage(ctx, listing, { ...wanted, place: null });
  const rows = taken.slice(0, pageSize);
  if (place?.way === "newer") rows.reverse();
  const placeOf = (row: Row | undefined, way: Place["way"]) =>
    row ? { way, at: row.place_at, id: row.id } : null;
  return {
    rows,
    older: more || place?.way === "newer" ? placeOf(rows.at(-1), "older") : null,
    newer: place ? placeOf(rows[0], "newer") : null,
  };
}

export type Total = { kind: "exact" | "about"; count: number };

const countedUpTo = 1000;

/** How many there are: counted as long as that costs little, else what the planner expects, in two digits. */
export async function getTotal(ctx: Ctx, listing: Listing, where: RawBuilder<boolean>[]): Promise<Total> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from
      (select from ${listing.source} ${all(where)} limit ${countedUpTo + 1}) as counted`.execute(ctx.db);
  const count = rows[0]?.count ?? 0;
  if (count <= countedUpTo) return { kind: "exact", count };
  const plan = await sql<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>`
    explain (format json) select from ${listing.source} ${all(where)}`.execute(ctx.db);
  const expected = plan.rows[0]?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0;
  return { kind: "about", count: Number(Math.max(expected, count).toPrecision(2)) };
}

/** The words of a search: at most six; none of them shorter than three letters alone, which no index finds. */
export function wordsOf(typed: string): string[] {
  const words = typed
    .replace(/\p{C}+/gu, " ")
    .toWellFormed()
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 6);
  return words.some((word) => word.length >= 3) ? words : [];
}

/** Whether a text (already plain) holds each of the words, wherever in it. */
export const holdsEach = (text: RawBuilder<string>, words: string[]): RawBuilder<boolean> =>
  sql`(${sql.join(
    words.map((word) => sql`${text} like plain_text(${`%${word.replace(/[\\%_]/g, "\\$&")}%`}::text)`),
    sql` and `,
  )})`;

/** A person's name and address, by the same expression as the index people_words. */
export const personText = (person: string) =>
  sql<string>`plain_text(coalesce(${sql.ref(`${person}.name`)}, '') || ' ' || ${sql.ref(`${person}.email`)})`;

/** The people whose name or address holds the words. */
export const peopleWith = (words: string[]) =>
  sql`select found.id from people as found where ${holdsEach(personText("found"), words)}`;
