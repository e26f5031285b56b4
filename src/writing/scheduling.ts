import { sql } from "kysely";
import { z } from "zod";
import type { DocumentName } from "../desk-paths.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import type { Localized } from "../platform/localized.ts";
import type { Problem } from "./fields/index.ts";
import type { DocumentKind, DocumentKinds } from "./kinds.ts";
import { isOrphaned, unplanOrphaned } from "./orphaned.ts";
import { noteWriting, publishDocument } from "./publishing.ts";
import { lockDocument } from "./queries.ts";

/** A document whose moment has come, if that is still its moment. */
export const publishAtMoment = defineJobKind({
  name: "writing.publish",
  data: z.object({ id: z.uuid(), at: z.iso.datetime() }),
});

/** Tells who chose the moment that the text did not go out. */
export const tellFailure = defineJobKind({
  name: "writing.tell-failure",
  data: z.object({
    ...{ id: z.uuid(), personId: z.uuid(), at: z.iso.datetime() },
    /** What has to be mended: names of inputs, with the keys of the texts. */
    errors: z.array(
      z.object({
        ...{ name: z.string(), message: z.string() },
        values: z.record(z.string(), z.union([z.string(), z.number()])),
      }),
    ),
  }),
});

/** Milliseconds: so long a text is tried again that breaks in going out, before somebody hears of it. */
const patience = 10 * 60_000;

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

/** It no longer goes out by itself; that it once did not is no longer told. */
export function unscheduleDocument(ctx: Ctx, kind: DocumentKind, { id, personId }: Who): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const document = await lockDocument(ctx, id);
    if (!document?.publishAt && !document?.publishFailedAt) return;
    await ctx.db
      .updateTable("documents")
      .set({ publish_at: null, publish_by: null, publish_failed_at: null })
      .where("id", "=", id)
      .execute();
    if (!document.publishAt) return;
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
    .select(["kind", "initiative_id as initiativeId", "publish_at as at", "publish_by as personId"])
    .where("id", "=", id)
    .where("publish_at", "<=", ctx.now())
    .executeTakeFirst();
  if (!due?.at) return;
  const kind = kinds.get(due.kind);
  if (await isOrphaned(ctx, kind, due)) return unplanOrphaned(ctx, kind, { id, at: due.at });
  const result = await publishDocument(ctx, kind, { id, personId: due.personId, at: due.at });
  if (result.kind === "incomplete") await noteFailure(ctx, kind, { id, ...due, at: due.at }, result.errors);
}

/**
 * Brings out everything whose moment has come. A text that breaks keeps no other from going out; after a while it is
 * given up, and who planned it hears so.
 */
export async function publishAllDue(ctx: Ctx, kinds: DocumentKinds): Promise<void> {
  const due = await ctx.db
    .selectFrom("documents")
    .select(["id", "kind", "publish_at as at", "publish_by as personId"])
    .where("publish_at", "<=", ctx.now())
    .orderBy("publish_at")
    .limit(100)
    .execute();
  for (const { id, kind, at, personId } of due)
    try {
      await publishDue(ctx, kinds, id);
    } catch (err) {
      ctx.log.error({ document: id, err }, "a text broke in going out");
      const known = kinds.list.find((one) => one.kind === kind) ?? null;
      if (at && ctx.now().getTime() - at.getTime() >= patience)
        await noteFailure(ctx, known, { id, at, personId }, []).catch((err: unknown) =>
          ctx.log.error({ document: id, err }, "that a text did not go out could not be kept"),
        );
    }
}

/** Texts of a kind that did not go out at their moment, the longest ago first. `places`: whose. */
export const listNotGoneOut = (ctx: Ctx, kind: DocumentName, places: "all" | string[]) =>
  ctx.db
    .selectFrom("documents as d")
    .leftJoin("initiatives as i", "i.id", "d.initiative_id")
    .select(["d.id", "i.name as initiative"])
    .select(({ ref }) => ref("d.publish_failed_at").$notNull().as("at"))
    .select(sql<Localized | null>`d.content->'title'`.as("title"))
    .where("d.kind", "=", kind)
    .where("d.publish_failed_at", "is not", null)
    .where("d.publish_at", "is", null)
    .where(places === "all" ? sql<boolean>`true` : sql<boolean>`d.initiative_id = any(${places}::uuid[])`)
    .orderBy("d.publish_failed_at")
    .limit(100)
    .execute();

type Failed = { id: string; at: Date; personId: string | null };

/** It stays a draft, its page says why it is not out, and who planned it gets a mail. */
function noteFailure(
  ctx: Ctx,
  kind: DocumentKind | null,
  { id, at, personId }: Failed,
  errors: Problem[],
): Promise<void> {
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
    ctx.log.warn({ document: id, missing }, "a text could not go out at its moment");
    if (!kind) return; // of an older program: nothing here can name it
    await noteWriting(ctx, kind, document, { personId: null, action: "writing.schedule-failed", details });
    if (!personId) return;
    const told = errors.map(({ name, message, values = {} }) => ({ name, message, values }));
    await ctx.jobs.enqueue(tellFailure, { id, personId, at: at.toISOString(), errors: told });
  });
}
