import { type SqlBool, sql } from "kysely";
import { isEditionOut } from "../newsletters/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { languagesOf } from "./archive-words.ts";

/** How many editions stand on one page of the archive. */
const perPage = 12;

const archive = (ctx: Pick<Ctx, "db">) =>
  ctx.db
    .selectFrom("editions as e")
    .where(isEditionOut)
    .select(["e.id", "e.slug", "e.content", "e.started_at"])
    .select(sql<Date>`e.started_at`.as("at"));

/** The newest editions of a newsletter that are out, newest first. */
export const listNewestEditions = (ctx: Pick<Ctx, "db">, newsletterId: string, limit: number, offset = 0) =>
  archive(ctx)
    .where("e.newsletter_id", "=", newsletterId)
    .orderBy("e.started_at", "desc")
    .orderBy("e.id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();

export type ArchivedEdition = Awaited<ReturnType<typeof listNewestEditions>>[number];

/** One page (from 1) of the archive, and how many pages there are: at least one. */
export async function listArchive(ctx: Pick<Ctx, "db">, newsletterId: string, page: number) {
  const [editions, { total }] = await Promise.all([
    listNewestEditions(ctx, newsletterId, perPage, (page - 1) * perPage),
    ctx.db
      .selectFrom("editions as e")
      .where(isEditionOut)
      .where("e.newsletter_id", "=", newsletterId)
      .select(({ fn }) => fn.countAll<number>().as("total"))
      .executeTakeFirstOrThrow(),
  ]);
  return { editions, pages: Math.max(1, Math.ceil(total / perPage)) };
}

/** An edition of a newsletter that is out, by its slug. */
export const getArchived = (ctx: Pick<Ctx, "db">, newsletterId: string, slug: string) =>
  archive(ctx).where("e.newsletter_id", "=", newsletterId).where("e.slug", "=", slug).executeTakeFirst();

/** Which editions a site's map lists: of one island, or of the movement and all islands without a host of their own. */
const ofSite = (ctx: Pick<Ctx, "db">, islandSlug: string | null) => {
  const all = archive(ctx)
    .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id");
  return islandSlug === null
    ? all.where(sql<SqlBool>`(n.initiative_id is null or (i.host is null and i.published_at is not null))`)
    : all.where("i.slug", "=", islandSlug).where("i.published_at", "is not", null);
};

/** Addresses of a site's editions, oldest first, so that a part of the map that is full stays as it is. */
export async function listEditionAddresses(
  ctx: Pick<Ctx, "db">,
  wanted: { islandSlug: string | null; offset: number; limit: number },
) {
  if (wanted.limit === 0) return [];
  const rows = await ofSite(ctx, wanted.islandSlug)
    .select("i.slug as islandSlug")
    .orderBy("e.started_at")
    .orderBy("e.id")
    .offset(wanted.offset)
    .limit(wanted.limit)
    .execute();
  return rows.map(({ slug, islandSlug, at, content }) => ({
    ...{ slug, islandSlug, at },
    languages: content ? languagesOf(content) : [],
  }));
}

export async function countEditions(ctx: Pick<Ctx, "db">, islandSlug: string | null): Promise<number> {
  const counted = ctx.db
    .selectFrom(ofSite(ctx, islandSlug).as("shown"))
    .select(({ fn }) => fn.countAll<number>().as("count"));
  return (await counted.executeTakeFirstOrThrow()).count;
}
