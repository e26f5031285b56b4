import { z } from "zod";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import type { Problem } from "./fields/index.ts";
import type { DocumentKind, DocumentKinds } from "./kinds.ts";
import { noteWriting, publishDocument } from "./publishing.ts";
import { lockDocument } from "./queries.ts";

/** A document whose moment has come, if that is still its moment. */
export const publishAtMoment = defineJobKind({
  name: "writing.publish",
  data: z.object({ id: z.uuid(), at: z.iso.datetime() }),
});

type Who = { id: string; personId: string };
export type ScheduleResult = { kind: "scheduled" } | { kind: "past" } | { kind: "not-found" };

/** Lets a document go out at a moment, with the text that stands there then. */
export function scheduleDocument(
  ctx: Ctx,
  kind: DocumentKind,
  { id, personId, at }: Who & { at: Date },
): Promise<ScheduleResult> {
  return inTransaction(ctx, async (ctx): Promise<ScheduleResult> => {
    const document = await lockDocument(ctx, id);
    if (!document || document.kind !== kind.kind || !kind.canSchedule) return { kind: "not-found" };
    if (at <= ctx.now()) return { kind: "past" };
    await ctx.db
      .updateTable("documents")
      .set({ publish_at: at, publish_by: personId, publish_failed_at: null })
      .where("id", "=", id)
      .execute();
    const moment = at.toISOString();
    await ctx.jobs.enqueue(publishAtMoment, { id, at: moment }, { after: at });
    await noteWriting(ctx, kind, document, { personId, action: "writing.schedule", details: { at: moment } });
    return { kind: "scheduled" };
  });
}

/** It no longer goes out by itself. */
export function unscheduleDocument(ctx: Ctx, kind: DocumentKind, { id, personId }: Who): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id);
    if (!document?.publishAt) return;
    await ctx.db
      .updateTable("documents")
      .set({ publish_at: null, publish_by: null })
      .where("id", "=", id)
      .execute();
    await noteWriting(ctx, kind, document, { personId, action: "writing.unschedule" });
  });
}

/**
 * Brings a document out whose moment has come. Its row is held meanwhile, and its moment goes with what it brings out:
 * a second try, a job of a moment that was changed, and a killed process find nothing to do or all of it.
 */
export async function publishDue(ctx: Ctx, kinds: DocumentKinds, id: string): Promise<void> {
  const due = await ctx.db
    .selectFrom("documents")
    .select(["kind", "publish_at as at", "publish_by as personId"])
    .where("id", "=", id)
    .where("publish_at", "<=", ctx.now())
    .executeTakeFirst();
  if (!due?.at) return;
  const kind = kinds.get(due.kind);
  const result = await publishDocument(ctx, kind, { id, personId: due.personId, at: due.at });
  if (result.kind === "incomplete") await noteFailure(ctx, kind, id, due.at, result.errors);
}

/** It stays a draft, and its page says why it is not out. */
function noteFailure(ctx: Ctx, kind: DocumentKind, id: string, at: Date, errors: Problem[]): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id);
    if (document?.publishAt?.getTime() !== at.getTime()) return;
    await ctx.db
      .updateTable("documents")
      .set({ publish_at: null, publish_by: null, publish_failed_at: at })
      .where("id", "=", id)
      .execute();
    const missing = errors.map(({ name }) => name).join(", ");
    const details = { missing };
    await noteWriting(ctx, kind, document, { personId: null, action: "writing.schedule-failed", details });
    ctx.log.warn({ document: id, missing }, "a text could not go out at its moment");
  });
}
