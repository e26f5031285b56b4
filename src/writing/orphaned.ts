import { z } from "zod";
import { listWhoMay, personMay } from "../accounts/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import type { DocumentKind, DocumentKinds } from "./kinds.ts";
import { noteWriting } from "./publishing.ts";
import { lockDocument } from "./queries.ts";

/** Tells one of those who may bring a text out that it no longer goes out by itself. */
export const tellOrphaned = defineJobKind({
  name: "writing.tell-orphaned",
  data: z.object({ id: z.uuid(), personId: z.uuid(), at: z.iso.datetime() }),
});

/** Puts the mails about a text that was to go out at `at` on the queue, in the caller's transaction. */
export async function tellWhoMay(
  ctx: Ctx,
  action: Parameters<typeof listWhoMay>[1],
  { id, initiativeId, at }: { id: string; initiativeId: string | null; at: Date },
): Promise<void> {
  for (const personId of await listWhoMay(ctx, action, initiativeId))
    await ctx.jobs.enqueue(tellOrphaned, { id, personId, at: at.toISOString() });
}

type Planned = { initiativeId: string | null; personId: string | null };

/** Whether who planned a text may no longer bring it out: a moment that somebody chose is a way in that ends with a role. */
export const isOrphaned = async (ctx: Ctx, kind: DocumentKind, planned: Planned): Promise<boolean> =>
  planned.personId === null ||
  !(await personMay(ctx, planned.personId, kind.actions.publish, planned.initiativeId));

/** It no longer goes out by itself, and those who may plan it anew hear so. */
export function unplanOrphaned(
  ctx: Ctx,
  kind: DocumentKind,
  { id, at }: { id: string; at: Date },
): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id);
    if (document?.publishAt?.getTime() !== at.getTime()) return;
    await ctx.db
      .updateTable("documents")
      .set({ publish_at: null, publish_by: null })
      .where("id", "=", id)
      .execute();
    await noteWriting(ctx, kind, document, { personId: null, action: "writing.unschedule" });
    await tellWhoMay(ctx, kind.actions.publish, { id, initiativeId: document.initiativeId, at });
  });
}

/** Every minute, long before their moment: texts whose planner lost the role, was erased or went elsewhere. */
export async function unplanAllOrphaned(ctx: Ctx, kinds: DocumentKinds): Promise<void> {
  const planned = await ctx.db
    .selectFrom("documents")
    .select(["id", "kind", "initiative_id as initiativeId", "publish_at as at", "publish_by as personId"])
    .where("publish_at", "is not", null)
    .execute();
  for (const { id, at, ...one } of planned) {
    const kind = kinds.list.find(({ kind }) => kind === one.kind);
    if (kind && at && (await isOrphaned(ctx, kind, one))) await unplanOrphaned(ctx, kind, { id, at });
  }
}
