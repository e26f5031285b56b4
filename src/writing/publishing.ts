import { type AuditAction, noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { changedPieces, completed, problemsIn, titleOf, wholeContent } from "./content.ts";
import type { Problem } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";
import { getRevision, lockDocument } from "./queries.ts";
import { noteRevision } from "./revisions.ts";
import { store } from "./saving.ts";
import type { Content } from "./table.ts";

/** Undoes what was written before a kind refused. */
class Refused extends Error {
  readonly errors: Problem[];
  constructor(errors: Problem[]) {
    super("refused");
    this.errors = errors;
  }
}

export type PublishResult =
  | { kind: "published"; document: Document }
  | { kind: "incomplete"; content: Content; errors: Problem[] }
  /** It was to go out at a moment, and that is no longer its moment. */
  | { kind: "not-due" }
  | { kind: "not-found" };

/** Brings the working copy out, whole or not at all. `at`: only if this is still the moment it waits for. */
export async function publishDocument(
  ctx: Ctx,
  kind: DocumentKind,
  { id, personId, at }: { id: string; personId: string | null; at?: Date },
): Promise<PublishResult> {
  let tried: Content = {};
  try {
    return await inTransaction(ctx, async (ctx) => {
      const document = await lockDocument(ctx, id);
      if (!document || document.kind !== kind.kind) return { kind: "not-found" };
      if (at && document.publishAt?.getTime() !== at.getTime()) return { kind: "not-due" };
      tried = completed(kind, wholeContent(kind, document.content));
      const published = await bringOut(ctx, kind, document, tried, personId);
      return { kind: "published", document: published };
    });
  } catch (error) {
    if (error instanceof Refused) return { kind: "incomplete", content: tried, errors: error.errors };
    throw error;
  }
}

async function bringOut(
  ctx: Ctx,
  kind: DocumentKind,
  document: Document,
  content: Content,
  personId: string | null,
) {
  await applyTo(ctx, kind, document, content);
  const changed = changedPieces(kind, document.content, content);
  if (changed.length > 0) await store(ctx, document, { content, personId, changed });
  await ctx.db
    .updateTable("documents")
    .set({
      published: JSON.stringify(content),
      published_at: document.publishedAt ?? ctx.now(),
      ...{ publish_at: null, publish_by: null, publish_failed_at: null, withdrawn_at: null },
    })
    .where("id", "=", document.id)
    .execute();
  await noteRevision(ctx, { documentId: document.id, what: "published", content, personId });
  await noteWriting(ctx, kind, document, { personId, action: "writing.publish" });
  const before = document.published?.slug;
  if (typeof before === "string" && before !== content.slug)
    await noteWriting(ctx, kind, document, { personId, action: "writing.slug", details: { before } });
  return (await lockDocument(ctx, document.id))!;
}

/**
 * Puts a content into the live tables, in a transaction.
 *
 * @throws Refused with what has to be mended first.
 */
async function applyTo(ctx: Ctx, kind: DocumentKind, document: Document, content: Content): Promise<void> {
  const errors = problemsIn(kind, content, "publishing");
  if (errors.length > 0) throw new Refused(errors);
  const applied = await kind.apply(ctx, document, content);
  if (applied.kind === "refused") throw new Refused(applied.errors);
}

/** What stands in the way of publishing this content; none where nothing does. Nothing of it stays. */
export async function problemsOfPublishing(
  ctx: Ctx,
  kind: DocumentKind,
  document: Document,
): Promise<Problem[]> {
  const tried = await asPublished(ctx, kind, document, async () => null);
  return tried.kind === "refused" ? tried.errors : [];
}

class Undone extends Error {}

/** Does something while the working copy is as if it were out, and undoes all of it. */
export async function asPublished<Result>(
  ctx: Ctx,
  kind: DocumentKind,
  document: Document,
  work: (ctx: Ctx, content: Content) => Promise<Result>,
): Promise<{ kind: "done"; result: Result } | { kind: "refused"; errors: Problem[] }> {
  if (ctx.db.isTransaction) throw new Error("What is tried out is undone with its own transaction");
  const outcome: { result: Result }[] = [];
  const content = completed(kind, wholeContent(kind, document.content));
  try {
    await inTransaction(ctx, async (ctx) => {
      await applyTo(ctx, kind, document, content);
      outcome.push({ result: await work(ctx, content) });
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Refused) return { kind: "refused", errors: error.errors };
    if (!(error instanceof Undone)) throw error;
  }
  return { kind: "done", result: outcome[0]!.result };
}

type Who = { id: string; personId: string };

/** Takes what is out away: its address answers 410 from now on. The working copy stays. */
export function withdrawDocument(
  ctx: Ctx,
  kind: DocumentKind,
  { id, personId }: Who,
): Promise<"withdrawn" | "not-out"> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id);
    if (!document?.published || document.kind !== kind.kind || !kind.remove) return "not-out";
    await kind.remove(ctx, document);
    await ctx.db
      .updateTable("documents")
      .set({
        ...{ published: null, publish_at: null, publish_by: null, publish_failed_at: null },
        withdrawn_at: ctx.now(),
      })
      .where("id", "=", id)
      .execute();
    await noteRevision(ctx, { documentId: id, what: "withdrawn", content: document.published, personId });
    await noteWriting(ctx, kind, document, { personId, action: "writing.withdraw" });
    return "withdrawn";
  });
}

/** Puts an earlier revision into the working copy, as a new one; nothing that visitors see changes. */
export function restoreRevision(
  ctx: Ctx,
  kind: DocumentKind,
  { id, personId, number }: Who & { number: number },
): Promise<"restored" | "not-found"> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id);
    const revision = document && (await getRevision(ctx, id, number));
    if (!document || !revision || document.kind !== kind.kind) return "not-found";
    const content = wholeContent(kind, revision.content);
    const changed = changedPieces(kind, document.content, content);
    await store(ctx, document, { content, personId, changed });
    await noteRevision(ctx, { documentId: id, what: "restored", content, personId });
    await noteWriting(ctx, kind, document, { personId, action: "writing.restore", details: { number } });
    return "restored";
  });
}

/** Removes a draft that never went out. */
export function removeDraft(
  ctx: Ctx,
  kind: DocumentKind,
  { id, personId }: Who,
): Promise<"removed" | "kept"> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id);
    if (!document || document.kind !== kind.kind || document.publishedAt || !kind.creatable) return "kept";
    await ctx.db.deleteFrom("documents").where("id", "=", id).execute();
    await noteWriting(ctx, kind, document, { personId, action: "writing.remove" });
    return "removed";
  });
}

type Noted = {
  personId: string | null;
  action: AuditAction;
  details?: Record<string, string | number | boolean | null>;
};

/** Notes in the audit log what was done to a document. */
export const noteWriting = (ctx: Ctx, kind: DocumentKind, document: Document, noted: Noted): Promise<void> =>
  noteAudit(ctx, {
    personId: noted.personId,
    action: noted.action,
    initiativeId: document.initiativeId,
    subject: titleOf(kind, wholeContent(kind, document.content)),
    details: { ...noted.details, kind: document.kind, document: document.id },
  });
