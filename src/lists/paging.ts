import { type RawBuilder, sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { findPeople, nameFits, personFits, type Search } from "./search.ts";

/** What a list is read from, in SQL. Whatever narrows it speaks of its own table alone. */
export type Listing = {
  /** Its table, and what is joined to a row of it: each row stays one. */
  table: RawBuilder<unknown>;
  joins: RawBuilder<unknown>;
  columns: RawBuilder<unknown>;
  /** A list is in the order of a moment, then of an id; the two are an index, behind what filters by equality. */
  at: RawBuilder<Date>;
  id: RawBuilder<string>;
  /** The table's alias, and its columns that a list shows joined to people as "p". */
  own: string;
  /** Whose row it is. */
  person: RawBuilder<string>;
  /** Whether the row's own name is searched beside the person's. */
  named: boolean;
};

/** A row with its place in the list: microseconds since 1970, and its id. */
export type Listed = { id: string; place_at: number };

/** Where a page of a list begins: behind this row, going that way. */
export type Place = { way: "older" | "newer"; at: number; id: string };

export type Wanted = { where: RawBuilder<boolean>[]; search: Search | null; place: Place | null };

/** Rows, nearest first. `more`: where to go on; null at the end of the list. */
export type Taken<Row> = { rows: Row[]; more: Place | null };

/** How many of the nearest rows are looked through before the index of words is asked. */
const lookedThrough = 2500;

const placeOf = (listing: Listing) =>
  sql`${listing.id} as id, (extract(epoch from ${listing.at}) * 1000000)::bigint as place_at`;

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

const inOrder = ({ at, id }: Listing, way: Place["way"]) =>
  way === "newer" ? sql`order by ${at} asc, ${id} asc` : sql`order by ${at} desc, ${id} desc`;

/**
 * Rows from a place on. With a search: what many rows hold is found among the nearest few thousand; the rest are mostly
 * so few that the index gives all of them, to be sorted. In between (many, but not here) the answer is what was found,
 * with the place until which was looked: a page never costs more than that.
 */
export async function take<Row extends Listed>(
  ctx: Ctx,
  listing: Listing,
  wanted: Wanted,
  limit: number,
): Promise<Taken<Row>> {
  const { search, place } = wanted;
  const way = place?.way ?? "older";
  const conditions = [...wanted.where, ...beyond(listing, place)];
  const rows = await nearest<Row>(ctx, listing, conditions, way, search, limit + 1);
  if (!search || rows.length > limit) return cut(rows, limit, way);
  const looked = await sql<Listed>`
    select ${placeOf(listing)} from ${listing.table} ${all(conditions)} ${inOrder(listing, way)}
    offset ${lookedThrough - 1} limit 1`.execute(ctx.db);
  const [last] = looked.rows;
  if (!last) return { rows, more: null };
  const people = await findPeople(ctx, search, listing.named);
  if (people) return cut(await ofPeople<Row>(ctx, listing, conditions, way, people, limit + 1), limit, way);
  return { rows, more: { way, at: last.place_at, id: last.id } };
}

function cut<Row extends Listed>(rows: Row[], limit: number, way: Place["way"]): Taken<Row> {
  const last = rows[limit - 1];
  return rows.length > limit && last
    ? { rows: rows.slice(0, limit), more: { way, at: last.place_at, id: last.id } }
    : { rows, more: null };
}

/** The first rows; with a search, those that fit among the nearest few thousand. Only they are joined. */
async function nearest<Row>(
  ctx: Ctx,
  listing: Listing,
  conditions: RawBuilder<boolean>[],
  way: Place["way"],
  search: Search | null,
  limit: number,
): Promise<Row[]> {
  const own = sql.ref(listing.own);
  const fits = search
    ? sql`where ${personFits("p", search)} ${listing.named ? sql`or ${nameFits(listing.own, search)}` : sql``}`
    : sql``;
  const { rows } = await sql<Row>`
    select ${listing.columns}, ${placeOf(listing)} from (
      select ${own}.* from ${listing.table} ${all(conditions)} ${inOrder(listing, way)}
      limit ${search ? lookedThrough : limit}
    ) as ${own} ${listing.joins} ${fits} ${inOrder(listing, way)} limit ${limit}`.execute(ctx.db);
  return rows;
}

/** The first rows of these people. */
async function ofPeople<Row>(
  ctx: Ctx,
  listing: Listing,
  conditions: RawBuilder<boolean>[],
  way: Place["way"],
  people: string[],
  limit: number,
): Promise<Row[]> {
  const own = sql.ref(listing.own);
  const theirs = sql<boolean>`${listing.person} = any(${people}::uuid[])`;
  return inTransaction(ctx, async (ctx) => {
    await sql`select set_config('enable_seqscan', 'off', true)`.execute(ctx.db);
    const { rows } = await sql<Row>`
      with found as materialized (select ${own}.* from ${listing.table} ${all([...conditions, theirs])})
      select ${listing.columns}, ${placeOf(listing)} from (
        select * from found as ${own} ${inOrder(listing, way)} limit ${limit}
      ) as ${own} ${listing.joins} ${inOrder(listing, way)}`.execute(ctx.db);
    return rows;
  });
}

const pageSize = 50;

export type ListPageRows<Row> = { rows: Row[]; older: Place | null; newer: Place | null };

/** One page, newest first, with where the pages beside it begin. */
export async function getPage<Row extends Listed>(
  ctx: Ctx,
  listing: Listing,
  wanted: Wanted,
): Promise<ListPageRows<Row>> {
  const { place } = wanted;
  const { rows, more } = await take<Row>(ctx, listing, wanted, pageSize);
  // Back at the beginning: a whole page from there, not the few that were newer.
  if (place?.way === "newer" && !more) return getPage(ctx, listing, { ...wanted, place: null });
  const [nearest] = rows;
  const back = nearest ? { at: nearest.place_at, id: nearest.id } : place;
  if (place?.way === "newer")
    return { rows: rows.toReversed(), older: back && { ...back, way: "older" }, newer: more };
  return { rows, older: more, newer: place && back && { ...back, way: "newer" } };
}
