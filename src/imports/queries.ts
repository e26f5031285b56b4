import type { Ctx } from "../platform/context.ts";

/** What somebody may import: all, or for the newsletters of these initiatives. */
type Places = "all" | string[];

/** The latest imports, newest first. */
export async function listImports(ctx: Ctx, places: Places) {
  if (places !== "all" && places.length === 0) return [];
  return ctx.db
    .selectFrom("imports as i")
    .leftJoin("newsletters as n", "n.id", "i.newsletter_id")
    .select(["i.id", "i.kind", "i.made_at", "i.file_name", "i.state", "i.rows", "n.name as newsletter"])
    .$if(places !== "all", (query) => query.where("i.initiative_id", "in", places as string[]))
    .orderBy("i.made_at", "desc")
    .orderBy("i.id", "desc")
    .limit(50)
    .execute();
}

export type ImportLine = Awaited<ReturnType<typeof listImports>>[number];

/** For whom an import is: an initiative, null for the movement, undefined when there is none. */
export async function placeOfImport(ctx: Ctx, id: string): Promise<string | null | undefined> {
  const row = await ctx.db
    .selectFrom("imports")
    .select("initiative_id")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.initiative_id;
}

const shownRows = 5;

/** An import with the first rows of its file. */
export async function getImport(ctx: Ctx, id: string) {
  const row = await ctx.db
    .selectFrom("imports as i")
    .leftJoin("newsletters as n", "n.id", "i.newsletter_id")
    .selectAll("i")
    .select("n.name as newsletter")
    .where("i.id", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const first = await ctx.db
    .selectFrom("import_rows")
    .select(["number", "cells"])
    .where("import_id", "=", id)
    .orderBy("number")
    .limit(shownRows)
    .execute();
  return { ...row, first };
}

export type Import = NonNullable<Awaited<ReturnType<typeof getImport>>>;

/** How far an import is. */
export const getProgress = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("imports")
    .select(["state", "position", "rows"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

/** Rows that could not be read, from a row on. */
export const listBadRows = (ctx: Ctx, id: string, after: number, limit: number) =>
  ctx.db
    .selectFrom("import_rows")
    .select(["number", "cells", "reason"])
    .where("import_id", "=", id)
    .where("outcome", "=", "bad")
    .where("number", ">", after)
    .orderBy("number")
    .limit(limit)
    .execute();

/** Whose a newsletter is: an initiative's id, null for the movement's, undefined when there is none. */
export async function placeOfNewsletter(ctx: Ctx, id: string): Promise<string | null | undefined> {
  const row = await ctx.db
    .selectFrom("newsletters")
    .select("initiative_id")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.initiative_id;
}
