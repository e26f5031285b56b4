export { countEditions, getArchived, listEditionAddresses } from "./archive-queries.ts";
export { wordsFor } from "./archive-words.ts";

import type { Ctx } from "../platform/context.ts";
import type { EditionContent } from "./table.ts";

/** Updates that an edition can pull in, newest first: of one initiative, or (null) of all. */
export const listUpdatesToPick = (ctx: Ctx, initiativeId: string | null) =>
  ctx.db
    .selectFrom("updates as u")
    .innerJoin("initiatives as i", "i.id", "u.initiative_id")
    .select(["u.id", "u.title", "u.published_at", "i.name as initiative"])
    .where("u.published_at", "<=", ctx.now())
    .where("i.published_at", "is not", null)
    .$if(initiativeId !== null, (query) => query.where("u.initiative_id", "=", initiativeId))
    .orderBy("u.published_at", "desc")
    .orderBy("u.id", "desc")
    .limit(100)
    .execute();

type WithBlocks = Pick<EditionContent, "blocks">;

/** What an edition's blocks show, in their order; an update that is no longer out is left out. */
export const listBlocks = async (ctx: Ctx, content: WithBlocks): Promise<Block[]> =>
  (await listBlocksOf(ctx, [content]))[0] ?? [];

/** The same for several editions in one go, in their order. */
export async function listBlocksOf(ctx: Ctx, contents: WithBlocks[]): Promise<Block[][]> {
  const idsOf = ({ blocks }: WithBlocks) =>
    blocks.map(({ update }) => update).filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const ids = [...new Set(contents.flatMap(idsOf))];
  if (ids.length === 0) return contents.map(() => []);
  const byId = new Map((await listUpdates(ctx, ids)).map((row) => [row.id, row]));
  return contents.map((content) => idsOf(content).flatMap((id) => byId.get(id) ?? []));
}

const listUpdates = (ctx: Ctx, ids: string[]) =>
  ctx.db
    .selectFrom("updates as u")
    .innerJoin("initiatives as i", "i.id", "u.initiative_id")
    .select(["u.id", "u.slug", "u.title", "u.summary", "u.image", "u.image_alt", "u.published_at"])
    .select(["i.slug as island", "i.host", "i.name as initiative"])
    .where("u.id", "in", ids)
    .where("u.published_at", "<=", ctx.now())
    .where("i.published_at", "is not", null)
    .execute();

export type Block = Awaited<ReturnType<typeof listUpdates>>[number];

/** An edition with its newsletter and its working copy. */
export async function getEdition(ctx: Ctx, id: string) {
  return ctx.db
    .selectFrom("editions as e")
    .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .leftJoin("documents as d", (join) =>
      join.on("d.kind", "=", "edition").on((eb) => eb("d.key", "=", eb.cast<string>("e.id", "text"))),
    )
    .selectAll("e")
    .select(["n.name as newsletter", "n.initiative_id", "i.slug as island", "i.host", "i.name as initiative"])
    .select(["d.id as document_id", "d.content as draft", "d.changed_at", "d.version"])
    .where("e.id", "=", id)
    .executeTakeFirst();
}

export type Edition = NonNullable<Awaited<ReturnType<typeof getEdition>>>;

/** What an edition says now: as it was sent, else as it is being written. */
export const contentOf = ({ content, draft }: Pick<Edition, "content" | "draft">): EditionContent | null =>
  content ?? (draft as EditionContent | null);

/** Of which initiative an edition is: its id, null for the movement's, undefined when there is none. */
export async function placeOfEdition(ctx: Ctx, id: string): Promise<string | null | undefined> {
  const row = await ctx.db
    .selectFrom("editions as e")
    .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
    .select("n.initiative_id")
    .where("e.id", "=", id)
    .executeTakeFirst();
  return row?.initiative_id;
}
