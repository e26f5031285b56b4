import type { Ctx } from "../platform/context.ts";
import type { Content, RevisionTable } from "./table.ts";

/** What a page saves by itself within so many milliseconds of the first time is one revision: ten minutes. */
const together = 600_000;

/** So many characters may go while a revision grows: a few sentences. What had them stays when more goes. */
const mostLost = 200;

/** Characters of words below which nothing counts as lost: a word that was half typed, a slip. */
const leastLost = 20;

type Made = {
  documentId: string;
  what: RevisionTable["what"];
  content: Content;
  personId: string | null;
  /** The opened page that saves by itself; without it nothing after this goes over it. */
  page?: string | null;
  /** The document does not have this content: it is only kept. */
  aside?: boolean;
};

/**
 * Notes a revision, in the transaction that holds the document: a new one, or the last one grown on. Only what one
 * opened page saves by itself grows, so that what somebody saved with a button, or on another page, stays.
 */
export async function noteRevision(ctx: Ctx, made: Made): Promise<void> {
  const { documentId, what, content, personId, page = null, aside = false } = made;
  const now = ctx.now();
  const [last, document] = [await lastRevision(ctx, documentId), await versionOf(ctx, documentId)];
  const goesOn =
    page !== null &&
    last?.page === page &&
    last.made_by === personId &&
    now.getTime() - last.began_at.getTime() < together;
  const lost = goesOn ? last.lost + lostFrom(last.content, content) : 0;
  const version = aside ? null : document;
  if (goesOn && lost < mostLost)
    await ctx.db
      .updateTable("revisions")
      .set({ content: JSON.stringify(content), made_at: now, lost, version })
      .where("id", "=", last.id)
      .execute();
  else
    await ctx.db
      .insertInto("revisions")
      .values({
        ...{
          document_id: documentId,
          number: (last?.number ?? 0) + 1,
          what,
          content: JSON.stringify(content),
        },
        ...{ began_at: now, made_at: now, made_by: personId, page, version },
      })
      .execute();
}

/** The last revision stays as it is from now on: somebody saved by a button what a page had saved by itself. */
export async function closeRevision(ctx: Ctx, documentId: string): Promise<void> {
  const last = await lastRevision(ctx, documentId);
  if (last?.page)
    await ctx.db.updateTable("revisions").set({ page: null }).where("id", "=", last.id).execute();
}

const lastRevision = (ctx: Ctx, documentId: string) =>
  ctx.db
    .selectFrom("revisions")
    .select(["id", "number", "made_by", "began_at", "page", "lost", "content"])
    .where("document_id", "=", documentId)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();

async function versionOf(ctx: Ctx, documentId: string): Promise<number> {
  const found = await ctx.db.selectFrom("documents").select("version").where("id", "=", documentId).execute();
  return found[0]!.version;
}

/** Characters of words that were there and are nowhere any more, wherever the rest went. */
function lostFrom(before: Content, after: Content): number {
  const left = new Map<string, number>();
  for (const word of wordsIn(after)) left.set(word, (left.get(word) ?? 0) + 1);
  let lost = 0;
  for (const word of wordsIn(before)) {
    const count = left.get(word) ?? 0;
    if (count > 0) left.set(word, count - 1);
    else lost += word.length;
  }
  return lost < leastLost ? 0 : lost;
}

/** The words of every text in a content, however deep. */
function wordsIn(value: unknown): string[] {
  if (typeof value === "string") return value.split(/\s+/).filter(Boolean);
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(wordsIn) : [];
}
