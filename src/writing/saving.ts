import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { changedPieces, fitting, piecesOf, problemsIn, wholeContent } from "./content.ts";
import type { Problem } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";
import { isEarlier, isOvertaken, type SentFrom } from "./opened.ts";
import { contentOfVersion, findDocument, lockDocument, namesOf } from "./queries.ts";
import { closeRevision, noteRevision } from "./revisions.ts";
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
  /** The fields with a problem keep what they had; `rest`: the others were saved. */
  | { kind: "invalid"; errors: Problem[]; document: Document; rest: boolean }
  | Conflict
  | { kind: "not-found" };

type Saving = {
  id: string;
  personId: string;
  content: Content;
  /** The version that it was made from. */
  version: number;
  /** The opened page that sent it, where that is known. */
  from?: SentFrom | null;
  /** Nobody pressed a button. */
  byItself?: boolean;
};

/**
 * Saves what was typed over the version it was made from. Where others saved since, that is a conflict: nothing is
 * written then, and the answer says who changed what. What the same page sent before is no conflict: its answer got lost.
 */
export function saveDocument(ctx: Ctx, kind: DocumentKind, saving: Saving): Promise<SaveResult> {
  return inTransaction(ctx, async (ctx) => {
    const { content, personId, from = null, byItself = false } = saving;
    const document = await lockDocument(ctx, saving.id);
    if (!document || document.kind !== kind.kind) return { kind: "not-found" };
    if (isOvertaken(document.saves, { personId, from })) return { kind: "saved", document };
    if (sameContent(kind, document.content, content)) {
      if (!byItself) await closeRevision(ctx, document.id);
      await rememberArrival(ctx, document, { personId, from });
      return { kind: "saved", document };
    }
    const { since, known } = savesSince(document, saving.version);
    if (!known || !since.every((save) => isEarlier(save, { personId, from })))
      return conflictOf(ctx, document, changedPieces(kind, document.content, content), saving.version);

    const errors = problemsIn(kind, content, "saving");
    const kept = errors.length > 0 ? fitting(kind, content, document.content, errors) : content;
    if (!kept || sameContent(kind, document.content, kept))
      return { kind: "invalid", errors, document, rest: false };
    const changed = changedPieces(kind, document.content, kept);
    const partly = errors.length > 0;
    const saved = await store(ctx, document, { content: kept, personId, changed, from, partly });
    const page = byItself ? (from?.page ?? null) : null;
    await noteRevision(ctx, { documentId: document.id, what: "saved", content: kept, personId, page });
    return partly
      ? { kind: "invalid", errors, document: saved, rest: true }
      : { kind: "saved", document: saved };
  });
}

/**
 * Goes on with what somebody else saved as `version`, and keeps one's own text among the versions. Where one's own was
 * saved over theirs already, theirs is put back; where they wrote on, what they have now stays.
 */
export function takeOther(ctx: Ctx, kind: DocumentKind, taking: Saving): Promise<Document | null> {
  return inTransaction(ctx, async (ctx) => {
    const { id, personId, content, version, from = null } = taking;
    const document = await lockDocument(ctx, id);
    if (!document || document.kind !== kind.kind) return null;
    const { since, known } = savesSince(document, version);
    const isMine = known && since.length > 0 && since.every((save) => isEarlier(save, { personId, from }));
    const theirs = isMine ? await contentOfVersion(ctx, id, version) : undefined;
    const differs = !sameContent(kind, document.content, content);
    if (differs) await noteRevision(ctx, { documentId: id, what: "saved", content, personId, aside: true });
    await rememberArrival(ctx, document, { personId, from });
    const held = (await lockDocument(ctx, id))!;
    const now = theirs
      ? await store(ctx, held, {
          ...{ content: theirs, personId, changed: changedPieces(kind, held.content, theirs) },
        })
      : held;
    if (differs || theirs)
      await noteRevision(ctx, { documentId: id, what: "restored", content: now.content, personId });
    return now;
  });
}

const sameContent = (kind: DocumentKind, one: Content, other: Content) =>
  isDeepStrictEqual(wholeContent(kind, one), wholeContent(kind, other));

type Stored = {
  content: Content;
  personId: string | null;
  changed: string[];
  from?: SentFrom | null;
  partly?: boolean;
};

/** Writes a new content into the working copy, in a transaction that holds it. */
export async function store(
  ctx: Ctx,
  document: Document,
  { content, personId, changed, from = null, partly = false }: Stored,
): Promise<Document> {
  const version = document.version + 1;
  await ctx.db
    .updateTable("documents")
    .set({ content: JSON.stringify(content), version, changed_at: ctx.now(), changed_by: personId })
    .where("id", "=", document.id)
    .execute();
  const save = saveOf(ctx, version, personId, changed, from);
  await remember(ctx, document, partly ? { ...save, partly } : save);
  return (await lockDocument(ctx, document.id))!;
}

const saveOf = (
  ctx: Ctx,
  version: number,
  by: string | null,
  fields: string[],
  from: SentFrom | null,
): Save => ({
  ...{ version, by, at: ctx.now().toISOString(), fields },
  ...(from && { page: from.page, turn: from.turn }),
});

/** That something arrived that the document did not have to change for. */
async function rememberArrival(
  ctx: Ctx,
  { id, saves, version }: Document,
  { personId, from }: Pick<Stored, "personId"> & { from: SentFrom | null },
): Promise<void> {
  if (!from) return;
  const others = saves.filter(({ aside, page }) => !aside || page !== from.page);
  await remember(ctx, { id, saves: others }, { ...saveOf(ctx, version, personId, [], from), aside: true });
}

async function remember(ctx: Ctx, { id, saves }: Pick<Document, "id" | "saves">, save: Save): Promise<void> {
  await ctx.db
    .updateTable("documents")
    .set({ saves: JSON.stringify([save, ...saves].slice(0, savesKept)) })
    .where("id", "=", id)
    .execute();
}

/** The saves after a version, last first; `known`: they are all remembered. */
function savesSince({ saves, version: now }: Document, version: number) {
  const since = saves.filter((save) => save.version > version && !save.aside);
  return { since, known: since.length === now - version };
}

async function conflictOf(
  ctx: Ctx,
  document: Document,
  differing: string[],
  version: number,
): Promise<Conflict> {
  const { since, known } = savesSince(document, version);
  const theirs = new Set(since.flatMap(({ fields }) => fields));
  const ids = [...new Set(since.flatMap(({ by }) => by ?? []))];
  const names = await namesOf(ctx, ids);
  return {
    kind: "conflict",
    document,
    by: ids.map((id) => names.get(id) ?? null),
    at: document.changedAt,
    // Where the memory does not reach back so far, everything that differs may be theirs.
    fields: known ? differing.filter((name) => theirs.has(name)) : differing,
  };
}

/** The texts of the working copy that differ from what was sent, with what they are called. */
export const theirPieces = (kind: DocumentKind, { document, fields }: Conflict) =>
  piecesOf(kind, document.content).filter(({ name }) => fields.includes(name));
