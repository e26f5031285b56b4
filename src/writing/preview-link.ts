import { randomUUID } from "node:crypto";
import { previewPath } from "../desk-paths.ts";
import type { Ctx } from "../platform/context.ts";

/** How long the link to a preview counts, in milliseconds: two weeks. */
const previewLasts = 14 * 24 * 3_600_000;

/** Where somebody with the link sees the working copy (path only), and until when. */
export type PreviewLink = { path: string; until: Date };

const linkOf = (ctx: Ctx, key: string, until: Date): PreviewLink => ({
  path: previewPath(ctx.keys.token("preview", key)),
  until,
});

/** The link of a document that counts now; a new one where none does. One that is over never comes back. */
export async function previewLink(ctx: Ctx, documentId: string): Promise<PreviewLink> {
  const { preview_key: key, preview_until: until } = await ctx.db
    .selectFrom("documents")
    .select(["preview_key", "preview_until"])
    .where("id", "=", documentId)
    .executeTakeFirstOrThrow();
  return key && until && until > ctx.now() ? linkOf(ctx, key, until) : renewPreview(ctx, documentId);
}

/** Makes a new link; the one before is over at once. */
export async function renewPreview(ctx: Ctx, documentId: string): Promise<PreviewLink> {
  const key = randomUUID();
  const until = new Date(ctx.now().getTime() + previewLasts);
  await ctx.db
    .updateTable("documents")
    .set({ preview_key: key, preview_until: until })
    .where("id", "=", documentId)
    .execute();
  return linkOf(ctx, key, until);
}

/** Which document a link shows, and until when; null once it is over. */
export async function readPreviewLink(ctx: Ctx, token: string): Promise<{ id: string; until: Date } | null> {
  const key = ctx.keys.readToken("preview", token);
  if (!key) return null;
  const row = await ctx.db
    .selectFrom("documents")
    .select(["id", "preview_until"])
    .where("preview_key", "=", key)
    .where("preview_until", ">", ctx.now())
    .executeTakeFirst();
  return row?.preview_until ? { id: row.id, until: row.preview_until } : null;
}
