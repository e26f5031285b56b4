import type { DocumentName } from "../desk-paths.ts";
import type { Ctx } from "../platform/context.ts";
import type { Document } from "./kinds.ts";

/** Whether a text can be an id. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/.test(text);

const documents = (ctx: Pick<Ctx, "db">) =>
  ctx.db
    .selectFrom("documents as d")
    .select(["d.id", "d.kind", "d.key", "d.initiative_id as initiativeId", "d.content", "d.version"])
    .select(["d.changed_at as changedAt", "d.changed_by as changedBy", "d.saves", "d.published"])
    .select(["d.published_at as publishedAt", "d.publish_at as publishAt"])
    .select(["d.publish_failed_at as publishFailedAt", "d.withdrawn_at as withdrawnAt"])
    .select((eb) =>
      eb
        .selectFrom("people as p")
        .select((eb) => eb.fn.coalesce("p.name", "p.email").as("name"))
        .whereRef("p.id", "=", "d.changed_by")
        .as("changedByName"),
    )
    .select((eb) =>
      eb
        .selectFrom("initiatives as i")
        .select("i.name")
        .whereRef("i.id", "=", "d.initiative_id")
        .as("initiativeName"),
    )
    .$narrowType<{ kind: DocumentName }>();

/** A working copy by its id; undefined for what is none. */
export const getDocument = async (ctx: Pick<Ctx, "db">, id: string): Promise<Document | undefined> =>
  isUuid(id) ? documents(ctx).where("d.id", "=", id).executeTakeFirst() : undefined;

/** The same, held until the transaction ends, so that nobody else saves or publishes it meanwhile. */
export async function lockDocument(ctx: Ctx, id: string): Promise<Document | undefined> {
  if (!isUuid(id)) return undefined;
  await ctx.db.selectFrom("documents").select("id").where("id", "=", id).forUpdate().execute();
  return getDocument(ctx, id);
}

/** The working copy of something by its key. */
export const findDocument = (ctx: Ctx, kind: DocumentName, key: string): Promise<Document | undefined> =>
  documents(ctx).where("d.kind", "=", kind).where("d.key", "=", key).executeTakeFirst();

/** The working copies of an initiative (null: the movement's), last changed first. */
export const listDocuments = (ctx: Ctx, initiativeId: string | null, kind?: DocumentName) =>
  documents(ctx)
    .where("d.initiative_id", initiativeId === null ? "is" : "=", initiativeId)
    .$if(kind !== undefined, (query) => query.where("d.kind", "=", kind!))
    .orderBy("d.changed_at", "desc")
    .limit(200)
    .execute();

/** Revisions of a document without their content, newest first; `before`: only those with a lower number. */
export const listRevisions = (
  ctx: Ctx,
  documentId: string,
  { before, most }: { before?: number | null; most: number },
) =>
  ctx.db
    .selectFrom("revisions as r")
    .leftJoin("people as p", "p.id", "r.made_by")
    .select(["r.number", "r.what", "r.made_at as madeAt"])
    .select((eb) => eb.fn.coalesce("p.name", "p.email").as("by"))
    .where("r.document_id", "=", documentId)
    .$if(typeof before === "number", (query) => query.where("r.number", "<", before!))
    .orderBy("r.number", "desc")
    .limit(most)
    .execute();

export type Revision = Awaited<ReturnType<typeof listRevisions>>[number];

/** One revision with its content. */
export const getRevision = (ctx: Ctx, documentId: string, number: number) =>
  ctx.db
    .selectFrom("revisions as r")
    .leftJoin("people as p", "p.id", "r.made_by")
    .select(["r.number", "r.what", "r.made_at as madeAt", "r.content"])
    .select((eb) => eb.fn.coalesce("p.name", "p.email").as("by"))
    .where("r.document_id", "=", documentId)
    .where("r.number", "=", number)
    .executeTakeFirst();

/** What a document held as one of its versions, where a revision still has it. */
export async function contentOfVersion(ctx: Ctx, documentId: string, version: number) {
  const found = await ctx.db
    .selectFrom("revisions")
    .select("content")
    .where("document_id", "=", documentId)
    .where("version", "=", version)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return found?.content;
}

/** What people are called who work here, by their ids. */
export async function namesOf(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .selectFrom("people")
    .select((eb) => ["id", eb.fn.coalesce("name", "email").as("name")])
    .where("id", "in", ids)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name ?? ""]));
}

/** Whether there is an initiative with this id. */
export const isInitiative = async (ctx: Ctx, id: string): Promise<boolean> =>
  isUuid(id) &&
  (await ctx.db.selectFrom("initiatives").select("id").where("id", "=", id).executeTakeFirst()) !== undefined;

export type { Document } from "./kinds.ts";
