import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { changedPieces, piecesOf, problemsIn, wholeContent } from "./content.ts";
import type { Problem } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";
import { findDocument, lockDocument, namesOf } from "./queries.ts";
import { noteRevision } from "./revisions.ts";
import type { Content, Save } from "./table.ts";

/** So many saves are remembered, to tell somebody with an older version what changed since. */
const savesKept = 50;

type Begun = { initiativeId: string | null; personId: string | null; content?: Content; key?: string };

/** Begins something new: an empty working copy, or with what is known already. Answers with its id. */
export function beginDocument(ctx: Ctx, kind: DocumentKind, begun: Begun): Promise<string> {
  const content = wholeContent(kind, begun.content ?? {});
  return inTransaction(ctx, (ctx) =>
    insert(ctx, kind, { ...begun, key: begun.key ?? randomUUID(), content }, null),
  );
}

async function insert(
  ctx: Ctx,
  { kind }: DocumentKind,
  { key, initiativeId, content, personId }: Required<Begun>,
  published: Date | null,
): Promise<string> {
  const now = ctx.now();
  const made = await ctx.db
    .insertInto("documents")
    .values({
      kind,
      key,
      initiative_id: initiativeId,
      content: JSON.stringify(content),
      changed_at: now,
      changed_by: personId,
      created_at: now,
      published: published && JSON.stringify(content),
      published_at: published,
    })
    .onConflict((conflict) => conflict.columns(["kind", "key"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (!made) {
    const there = await findDocument(ctx, kind, key);
    return there!.id;
  }
  await noteRevision(ctx, { documentId: made.id, what: "began", content, personId });
  return made.id;
}

/** The working copy of what is out; made from it where there is none yet. Null where nothing has this key. */
export async function openDocument(ctx: Ctx, kind: DocumentKind, key: string): Promise<string | null> {
  const there = await findDocument(ctx, kind.kind, key);
  if (there) return there.id;
  const live = await kind.read(ctx, key);
  if (!live) return null;
  const { initiativeId, content } = live;
  const since = live.out === false ? null : (live.publishedAt ?? ctx.now());
  const begun = { key, initiativeId, content: wholeContent(kind, content), personId: null };
  return inTransaction(ctx, (ctx) => insert(ctx, kind, begun, since));
}

export type Conflict = {
  kind: "conflict";
  /** The working copy as it is now. */
  document: Document;
  /** Who saved since, last first; null where nobody is known any more. */
  by: (string | null)[];
  at: Date;
  /** The texts that they changed and that differ from what was sent now. */
  fields: string[];
};
export type SaveResult =
  | { kind: "saved"; document: Document }
  | { kind: "invalid"; errors: Problem[] }
  | Conflict
  | { kind: "not-found" };

type Saving = { id: string; personId: string; content: Content; version: number };

/**
 * Saves what was typed over the version it was made from. An older version is a conflict: nothing is written then, and
 * the answer says who changed what since.
 */
export function saveDocument(ctx: Ctx, kind: DocumentKind, saving: Saving): Promise<SaveResult> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, saving.id);
    if (!document || document.kind !== kind.kind) return { kind: "not-found" };
    const changed = changedPieces(kind, document.content, saving.content);
    if (changed.length === 0 && sameContent(kind, document.content, saving.content))
      return { kind: "saved", document };
    if (saving.version !== document.version) return conflictOf(ctx, document, changed, saving.version);
    const errors = problemsIn(kind, saving.content, "saving");
    if (errors.length > 0) return { kind: "invalid", errors };
    const saved = await store(ctx, document, { ...saving, changed });
    await noteRevision(ctx, { documentId: document.id, what: "saved", ...saving });
    return { kind: "saved", document: saved };
  });
}

/** Keeps a text among the versions that is not gone on with; the working copy stays as it is. */
export function setAside(
  ctx: Ctx,
  kind: DocumentKind,
  { id, personId, content }: Omit<Saving, "version">,
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id);
    if (!document || sameContent(kind, document.content, content)) return;
    await noteRevision(ctx, { documentId: id, what: "saved", content, personId });
    await noteRevision(ctx, { documentId: id, what: "restored", content: document.content, personId });
  });
}

const sameContent = (kind: DocumentKind, one: Content, other: Content) =>
  isDeepStrictEqual(wholeContent(kind, one), wholeContent(kind, other));

/** Writes a new content into the working copy, in a transaction that holds it. */
export async function store(
  ctx: Ctx,
  document: Document,
  { content, personId, changed }: { content: Content; personId: string | null; changed: string[] },
): Promise<Document> {
  const version = document.version + 1;
  const save: Save = { version, by: personId, at: ctx.now().toISOString(), fields: changed };
  await ctx.db
    .updateTable("documents")
    .set({
      content: JSON.stringify(content),
      version,
      changed_at: ctx.now(),
      changed_by: personId,
      saves: JSON.stringify([save, ...document.saves].slice(0, savesKept)),
    })
    .where("id", "=", document.id)
    .execute();
  return (await lockDocument(ctx, document.id))!;
}

async function conflictOf(
  ctx: Ctx,
  document: Document,
  differing: string[],
  version: number,
): Promise<Conflict> {
  const since = document.saves.filter((save) => save.version > version);
  // Where the memory does not reach back so far, everything that differs may be theirs.
  const known = since.length === document.version - version;
  const theirs = new Set(since.flatMap(({ fields }) => fields));
  const ids = [...new Set(since.flatMap(({ by }) => by ?? []))];
  const names = await namesOf(ctx, ids);
  return {
    kind: "conflict",
    document,
    by: ids.map((id) => names.get(id) ?? null),
    at: document.changedAt,
    fields: known ? differing.filter((name) => theirs.has(name)) : differing,
  };
}

/** The texts of the working copy that differ from what was sent, with what they are called. */
export const theirPieces = (kind: DocumentKind, { document, fields }: Conflict) =>
  piecesOf(kind, document.content).filter(({ name }) => fields.includes(name));
