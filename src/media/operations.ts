import { createHash } from "node:crypto";
import { type AuditAction, noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Localized } from "../platform/localized.ts";
import { composed } from "../platform/plain-text.ts";
import { keepFiles } from "./files.ts";
import { makeSizes, tidyMedia } from "./job-kinds.ts";
import { type FocalPoint, imagePath, type Use, usesOf } from "./queries.ts";
import { type Master, makeMaster, type Refusal } from "./studio.ts";

export { listFiles } from "./files.ts";

/** The most that an upload may hold, in bytes: 15 MB. */
export const mostBytes = 15 * 1024 * 1024;

export type Upload = {
  bytes: Buffer;
  /** As the file was called; it becomes the end of the image's address. */
  fileName: string;
  /** Whose image it is; null: the movement's. */
  initiativeId: string | null;
  personId: string | null;
};

/** An image in the library; `image` is its path below /media, for the `image` columns, and `src` its address. */
export type Added = {
  kind: "added";
  id: string;
  image: string;
  src: string;
  name: string;
  width: number;
  height: number;
  /** What is known of it: the same file may have been added and described before. */
  alt: Localized | null;
  decorative: boolean;
};
export type Refused = { kind: "refused"; reason: Refusal | "too-large" };

/** Adds an image: what is uploaded is made anew from its pixels, and never served as it came. */
export async function addImage(ctx: Ctx, upload: Upload): Promise<Added | Refused> {
  const { bytes, initiativeId } = upload;
  if (bytes.length > mostBytes) return { kind: "refused", reason: "too-large" };
  const hash = createHash("sha256").update(bytes).digest("hex");
  const known = await findSame(ctx, hash, initiativeId);
  if (known) return added(known);
  const master = await makeMaster(bytes);
  if (master.kind !== "made") return { kind: "refused", reason: master.kind };
  return added(await keep(ctx, upload, hash, master));
}

const columns = ["id", "name", "width", "height", "alt", "decorative"] as const;
type Row = Omit<Added, "kind" | "image" | "src">;

const added = (row: Row): Added => {
  const image = imagePath(row);
  return { kind: "added", image, src: `/media/${image}`, ...row };
};

/** The same file, added before: pasting it again makes no second one. */
const findSame = (ctx: Ctx, hash: string, initiativeId: string | null): Promise<Row | undefined> =>
  ctx.db
    .selectFrom("media")
    .select(columns)
    .where("hash", "=", hash)
    .where("initiative_id", initiativeId === null ? "is" : "=", initiativeId)
    .where("ready", "=", true)
    .executeTakeFirst();

/** First the row, not ready; then the files; then ready. Killed in between, nobody sees it and it is tidied up. */
async function keep(ctx: Ctx, upload: Upload, hash: string, master: Master): Promise<Row> {
  const { width, height } = master;
  const row = await ctx.db
    .insertInto("media")
    .values({
      initiative_id: upload.initiativeId,
      name: stemOf(upload.fileName),
      ...{ width, height, hash, bytes: master.bytes.length },
      alt: null,
      added_by: upload.personId,
      added_at: ctx.now(),
    })
    .returning(columns)
    .executeTakeFirstOrThrow();
  await keepFiles(ctx, row.id, master);
  await inTransaction(ctx, async (ctx) => {
    await ctx.db
      .updateTable("media")
      .set({ ready: true })
      .where("id", "=", row.id)
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.jobs.enqueue(makeSizes, { id: row.id });
    await note(ctx, "images.add", { ...row, initiativeId: upload.initiativeId }, upload.personId);
  });
  return row;
}

/** A file's name as a part of an address: "Foto van Zoë (2).JPG" becomes "foto-van-zoe-2". */
export const stemOf = (fileName: string): string =>
  composed(fileName)
    .replace(/^.*[/\\]/s, "")
    .replace(/\.[^.]*$/, "")
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "") || "beeld";

/** Says what is to be seen on an image, or that it needs no words, and what has to stay in view. */
export function describeImage(
  ctx: Ctx,
  id: string,
  personId: string,
  said: { alt: Localized | null; decorative: boolean; focal: FocalPoint },
): Promise<{ kind: "described" } | { kind: "not-found" }> {
  return inTransaction(ctx, async (ctx) => {
    const described = await ctx.db
      .updateTable("media")
      .set({
        alt: said.alt && !said.decorative ? JSON.stringify(said.alt) : null,
        decorative: said.decorative,
        focal_x: said.focal.x,
        focal_y: said.focal.y,
      })
      .where("id", "=", id)
      .where("ready", "=", true)
      .returning("initiative_id")
      .executeTakeFirst();
    if (!described) return { kind: "not-found" };
    await note(ctx, "images.describe", { id, initiativeId: described.initiative_id }, personId);
    return { kind: "described" };
  });
}

export type RemoveResult = { kind: "removed" } | { kind: "not-found" } | { kind: "in-use"; uses: Use[] };

/** In the log of who did what; not the file's name, which may be a person's. */
const note = (
  ctx: Ctx,
  action: AuditAction,
  { id, initiativeId }: { id: string; initiativeId: string | null },
  personId: string | null,
) => noteAudit(ctx, { personId, action, initiativeId, details: { image: id } });

/** Removes an image and its files, unless a text still shows it. */
export async function removeImage(ctx: Ctx, id: string, personId: string | null): Promise<RemoveResult> {
  const uses = await usesOf(ctx, id);
  if (uses.length > 0) return { kind: "in-use", uses };
  return inTransaction(ctx, async (ctx) => {
    const removed = await ctx.db
      .deleteFrom("media")
      .where("id", "=", id)
      .where("ready", "=", true)
      .returning("initiative_id as initiativeId")
      .executeTakeFirst();
    if (!removed) return { kind: "not-found" };
    await ctx.jobs.enqueue(tidyMedia, {});
    await note(ctx, "images.remove", { id, ...removed }, personId);
    return { kind: "removed" };
  });
}
