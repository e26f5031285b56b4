import type { Ctx } from "../platform/context.ts";
import type { Content, RevisionTable } from "./table.ts";

/** What one person saves within so many milliseconds of the first time is one revision: ten minutes. */
const together = 600_000;

type Made = {
  documentId: string;
  what: RevisionTable["what"];
  content: Content;
  personId: string | null;
};

/** Notes a revision, in the transaction that holds the document: a new one, or the person's last save grown on. */
export async function noteRevision(ctx: Ctx, { documentId, what, content, personId }: Made): Promise<void> {
  const now = ctx.now();
  const last = await ctx.db
    .selectFrom("revisions")
    .select(["id", "number", "what", "made_by", "began_at"])
    .where("document_id", "=", documentId)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  const goesOn =
    what === "saved" &&
    last?.what === "saved" &&
    last.made_by === personId &&
    now.getTime() - last.began_at.getTime() < together;
  if (goesOn)
    await ctx.db
      .updateTable("revisions")
      .set({ content: JSON.stringify(content), made_at: now })
      .where("id", "=", last.id)
      .execute();
  else
    await ctx.db
      .insertInto("revisions")
      .values({
        document_id: documentId,
        number: (last?.number ?? 0) + 1,
        what,
        content: JSON.stringify(content),
        began_at: now,
        made_at: now,
        made_by: personId,
      })
      .execute();
}
