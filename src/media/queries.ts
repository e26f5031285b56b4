import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { pictureFile } from "../ui/pictures.ts";

const columns = [
  "id",
  "initiative_id as initiativeId",
  "name",
  "width",
  "height",
  "focal_x as focalX",
  "focal_y as focalY",
  "alt",
  "decorative",
  "bytes",
  "added_at as addedAt",
] as const;

/** An image by id, once its files are there. */
export const getImage = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("media")
    .select(columns)
    .where("id", "=", id)
    .where("ready", "=", true)
    .executeTakeFirst();

export type MediaImage = NonNullable<Awaited<ReturnType<typeof getImage>>>;

/** Whether an image exists, its files or not. */
export const isThere = async (ctx: Ctx, id: string): Promise<boolean> =>
  (await ctx.db.selectFrom("media").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;

/** The path of an image below /media: what the `image` columns hold. It leads to a JPEG at most 1280 wide or so. */
export const imagePath = (image: Pick<MediaImage, "id" | "name" | "width" | "height">): string =>
  `${image.id}/${pictureFile(image)}`;

/** What has to stay in view when an image is cut: 0 to 1 from the left and the top. */
export type FocalPoint = { x: number; y: number };

/** For a select: the focal point of the image in a column that holds a path below /media; null for other files. */
export const focalPoint = (column: string): RawBuilder<FocalPoint | null> =>
  sql<FocalPoint | null>`(select json_build_object('x', media.focal_x, 'y', media.focal_y) from media
    where media.id = media_id(${sql.ref(column)}))`;

const imagesPerPage = 24;

/** Images of an initiative (null: the movement's), newest first, continuing after one of them. */
export async function listImages(ctx: Ctx, initiativeId: string | null, after: string | null) {
  let query = ctx.db
    .selectFrom("media")
    .select(columns)
    .where("ready", "=", true)
    .where("initiative_id", initiativeId === null ? "is" : "=", initiativeId)
    .orderBy("added_at", "desc")
    .orderBy("id", "desc")
    .limit(imagesPerPage + 1);
  if (after)
    query = query.where(
      sql<boolean>`(added_at, id) < (select m.added_at, m.id from media m where m.id = ${after}::uuid)`,
    );
  const rows = await query.execute();
  const images = rows.slice(0, imagesPerPage);
  return { images, next: rows.length > imagesPerPage ? images.at(-1)!.id : null };
}

/** A text that an image stands in: the table it is of, and its title where it has one. */
export type Use = { kind: string; title: string | null };

/**
 * Where an image is still used: texts that are out, and those being written. Removing one is rare and these tables
 * are small (a movement's texts, not its people), so that each is looked through.
 */
export async function usesOf(ctx: Ctx, id: string): Promise<Use[]> {
  const names = Object.keys(usedIn) as (keyof typeof usedIn)[];
  const parts = names.map(
    (kind) => sql`select ${kind}::text as kind, ${usedIn[kind]} as title from ${sql.table(kind)} as one
      where one::text like ${`%${id}%`}`,
  );
  const { rows } = await sql<Use>`${sql.join(parts, sql` union `)} limit 20`.execute(ctx.db);
  return rows;
}

/** Tables with texts, and what one of them is called in Dutch. */
const usedIn = {
  updates: sql`one.title->>'nl'`,
  initiatives: sql`one.name->>'nl'`,
  portraits: sql`one.name`,
  questions: sql`one.question->>'nl'`,
  supporters: sql`one.name`,
  pages: sql`one.title->>'nl'`,
  manifestos: sql`one.title->>'nl'`,
  movement: sql`one.name->>'nl'`,
  newsletters: sql`one.name->>'nl'`,
  documents: sql`coalesce(one.content->'title'->>'nl', one.content->'name'->>'nl')`,
} as const;
