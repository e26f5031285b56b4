import { sql } from "kysely";
import { jsonObjectFrom } from "kysely/helpers/postgres";
import { focalPoint } from "../media/queries.ts";
import type { Ctx } from "../platform/context.ts";

type Reading = Pick<Ctx, "db" | "now">;

/** How many updates stand on one page of a list. */
const perPage = 12;

/** The island whose updates are asked for, or undefined. */
export const getIsland = (ctx: Pick<Ctx, "db">, slug: string) =>
  ctx.db
    .selectFrom("initiatives")
    .select(["id", "slug", "name", "tagline", "host"])
    .where("slug", "=", slug)
    .where("published_at", "is not", null)
    .executeTakeFirst();

export type Island = NonNullable<Awaited<ReturnType<typeof getIsland>>>;

/** Updates that are out by now, of one island or of all islands that are out. */
const published = (ctx: Reading, initiativeId?: string) => {
  const out = ctx.db
    .selectFrom("updates")
    .where("updates.published_at", "<=", ctx.now())
    .where("updates.initiative_id", "in", (eb) =>
      eb.selectFrom("initiatives").select("id").where("published_at", "is not", null),
    );
  return initiativeId ? out.where("updates.initiative_id", "=", initiativeId) : out;
};

/** When an update last changed for its readers: not before it was out. */
const lastChange = (table: string) =>
  sql<Date>`greatest(${sql.ref(`${table}.published_at`)}, ${sql.ref(`${table}.changed_at`)})`;

/** The ids of one stretch of the list, newest first, read from the index alone. */
const stretch = (ctx: Reading, { initiativeId, limit, offset = 0 }: Stretch) =>
  published(ctx, initiativeId)
    .select("updates.id")
    .orderBy("updates.published_at", "desc")
    .orderBy("updates.id", "desc")
    .limit(limit)
    .offset(offset);

type Stretch = { initiativeId?: string | undefined; limit: number; offset?: number };

/** The updates of a stretch with their islands; 10,000 rows further on it still touches no more than `limit` rows. */
const withIslands = (ctx: Reading, wanted: Stretch) =>
  ctx.db
    .selectFrom(stretch(ctx, wanted).as("shown"))
    .innerJoin("updates", "updates.id", "shown.id")
    .innerJoin("initiatives as island", "island.id", "updates.initiative_id")
    .select([
      "updates.slug",
      "updates.title",
      "updates.summary",
      "updates.image",
      "updates.published_at as publishedAt",
      "island.slug as islandSlug",
      "island.name as islandName",
      "island.host as islandHost",
    ])
    .select(focalPoint("updates.image").as("imageFocal"))
    .orderBy("updates.published_at", "desc")
    .orderBy("updates.id", "desc");

/** The newest updates that are out, of one island or of all. */
export const listLatestUpdates = (
  ctx: Reading,
  wanted: { initiativeId?: string | undefined; limit: number },
) => withIslands(ctx, wanted).execute();

export type UpdateSummary = Awaited<ReturnType<typeof listLatestUpdates>>[number];

/** One page (from 1) of the list, and how many pages there are: at least one. */
export async function listUpdates(ctx: Reading, wanted: { initiativeId?: string | undefined; page: number }) {
  const offset = (wanted.page - 1) * perPage;
  const [updates, { total }] = await Promise.all([
    withIslands(ctx, { ...wanted, limit: perPage, offset }).execute(),
    published(ctx, wanted.initiativeId)
      .select((eb) => eb.fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow(),
  ]);
  return { updates, total, pages: Math.max(1, Math.ceil(total / perPage)) };
}

/** The newest updates in full, for a feed. */
export const listFullUpdates = (ctx: Reading, wanted: { initiativeId?: string | undefined; limit: number }) =>
  withIslands(ctx, wanted)
    .select(["updates.id", "updates.body", "updates.author", "updates.image_alt as imageAlt"])
    .select(lastChange("updates").as("changedAt"))
    .execute();

export type FullUpdate = Awaited<ReturnType<typeof listFullUpdates>>[number];

/** One update of an island that is out, with the titles of the one before it (older) and after it (newer). */
export const getUpdate = (ctx: Reading, islandSlug: string, slug: string) =>
  ctx.db
    .selectFrom("updates as one")
    .innerJoin("initiatives as island", "island.id", "one.initiative_id")
    .where("island.slug", "=", islandSlug)
    .where("one.slug", "=", slug)
    .where("one.published_at", "<=", ctx.now())
    .where("island.published_at", "is not", null)
    .select([
      "one.id",
      "one.slug",
      "one.title",
      "one.summary",
      "one.body",
      "one.author",
      "one.image",
      "one.image_alt as imageAlt",
      "one.published_at as publishedAt",
      lastChange("one").as("changedAt"),
      "island.id as islandId",
      "island.slug as islandSlug",
      "island.name as islandName",
      "island.host as islandHost",
    ])
    .select((eb) => [
      jsonObjectFrom(neighbour(ctx, "older").where("updates.initiative_id", "=", eb.ref("island.id"))).as(
        "previous",
      ),
      jsonObjectFrom(neighbour(ctx, "newer").where("updates.initiative_id", "=", eb.ref("island.id"))).as(
        "next",
      ),
    ])
    .executeTakeFirst();

export type Update = NonNullable<Awaited<ReturnType<typeof getUpdate>>>;

/** The update next to "one" on that side. */
function neighbour(ctx: Reading, side: "older" | "newer") {
  const beyond = side === "older" ? sql`<` : sql`>`;
  const order = side === "older" ? "desc" : "asc";
  return published(ctx)
    .where(sql<boolean>`(updates.published_at, updates.id) ${beyond} (one.published_at, one.id)`)
    .select(["updates.slug", "updates.title"])
    .orderBy("updates.published_at", order)
    .orderBy("updates.id", order)
    .limit(1);
}

/** Which updates a site's map lists: those of one island, or of all islands without a host name of their own. */
const ofSite = (ctx: Reading, islandSlug: string | null) => {
  const out = published(ctx).innerJoin("initiatives as island", "island.id", "updates.initiative_id");
  return islandSlug === null
    ? out.where("island.host", "is", null)
    : out.where("island.slug", "=", islandSlug);
};

/** Addresses of the updates of a site, oldest first, so that a part that is full stays as it is. */
export const listUpdateAddresses = (
  ctx: Reading,
  wanted: { islandSlug: string | null; offset: number; limit: number },
) =>
  ofSite(ctx, wanted.islandSlug)
    .select(["updates.slug", "island.slug as islandSlug"])
    .select(lastChange("updates").as("changedAt"))
    .orderBy("updates.published_at")
    .orderBy("updates.id")
    .offset(wanted.offset)
    .limit(wanted.limit)
    .execute();

export async function countUpdates(ctx: Reading, islandSlug: string | null): Promise<number> {
  const counted = ofSite(ctx, islandSlug).select((eb) => eb.fn.countAll<number>().as("count"));
  return (await counted.executeTakeFirstOrThrow()).count;
}
