import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/** What somebody may import: all, or for the newsletters of these initiatives. */
type Places = "all" | string[];

/** The latest imports, newest first. */
export async function listImports(ctx: Ctx, places: Places) {
  if (places !== "all" && places.length === 0) return [];
  return ctx.db
    .selectFrom("imports as i")
    .leftJoin("newsletters as n", "n.id", "i.newsletter_id")
    .select(["i.id", "i.kind", "i.made_at", "i.file_name", "i.state", "i.cleared_at", "i.rows"])
    .select("n.name as newsletter")
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
  const done = await ctx.db
    .selectFrom("import_rows")
    .select("number")
    .where("import_id", "=", id)
    .where("outcome", "=", "done")
    .limit(1)
    .executeTakeFirst();
  const halted = row.state === "done" || row.state === "stopped" || row.state === "failed";
  /** Whether what it did can be taken back. */
  const canTakeBack = halted && done !== undefined;
  const mistakes = row.counts.bad && !row.cleared_at ? await listMistakes(ctx, id) : [];
  return { ...row, first, canTakeBack, mistakes };
}

export type Import = NonNullable<Awaited<ReturnType<typeof getImport>>>;

/** How it stands: "expired" where its rows went before it was done. */
export const stateOf = ({ state, cleared_at }: Pick<Import, "state" | "cleared_at">) =>
  state === "failed" && cleared_at ? "expired" : state;

/** How far an import is. */
export const getProgress = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("imports")
    .select(["state", "position", "rows"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

/** Rows that were left out: they could not be read, or say "no" where the person said "yes" here. */
export type LeftOut = "bad" | "disagrees";

/** Such rows, from a row on. */
export const listLeftOut = (ctx: Ctx, id: string, which: LeftOut, after: number, limit: number) =>
  ctx.db
    .selectFrom("import_rows")
    .select(["number", "cells", "reason", "data"])
    .where("import_id", "=", id)
    .where("outcome", "=", which === "bad" ? "bad" : "known")
    .$if(which === "disagrees", (query) => query.where("reason", "=", "disagrees"))
    .where("number", ">", after)
    .orderBy("number")
    .limit(limit)
    .execute();

/** So many kinds of mistakes a page tells; all of them stand in the file with the rows. */
const shownMistakes = 12;

/** What is wrong in the rows that are bad: each mistake with its column, how many rows have it, and one of the values. */
async function listMistakes(ctx: Ctx, id: string) {
  const column = sql<string | null>`data ->> 'column'`;
  return ctx.db
    .selectFrom("import_rows")
    .select((eb) => [
      "reason",
      column.as("column"),
      sql<string | null>`(array_agg(data ->> 'value' order by number))[1]`.as("value"),
      eb.fn.countAll<number>().as("count"),
    ])
    .where("import_id", "=", id)
    .where("outcome", "=", "bad")
    .groupBy(["reason", column])
    .orderBy("count", "desc")
    .orderBy("reason")
    .limit(shownMistakes)
    .execute();
}

/** Whose a newsletter is: an initiative's id, null for the movement's, undefined when there is none. */
export async function placeOfNewsletter(ctx: Ctx, id: string): Promise<string | null | undefined> {
  const row = await ctx.db
    .selectFrom("newsletters")
    .select("initiative_id")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.initiative_id;
}
