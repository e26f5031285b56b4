import { createHash } from "node:crypto";
import { noteAudit } from "../audit/operations.ts";
import {
  cancel,
  goOn,
  sendAgainToRefused,
  sendAgainToUnanswered,
  startSending,
  stopSending,
  undo,
} from "../deliveries/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { amsterdamDay, dateInWords } from "../platform/i18n.ts";
import { pickAny } from "../platform/localized.ts";
import { slugOf } from "../platform/slug.ts";
import { beginDocument, localized } from "../writing/operations.ts";
import { languagesOf } from "./archive-words.ts";
import { audienceOf } from "./audience.ts";
import { type Finding, lookAt, stopsIn } from "./checks.ts";
import { editionDocument, emptyEdition } from "./document.ts";
import { sendTest } from "./job-kinds.ts";
import { contentOf, type Edition, getEdition } from "./queries.ts";
import type { EditionContent, EditionState, Segment } from "./table.ts";

/** Sends a test of each language that an edition is written in to who asks for it. */
export function askTest(ctx: Ctx, edition: Edition, personId: string): Promise<void> {
  const number = crypto.randomUUID();
  return inTransaction(ctx, async (ctx) => {
    for (const language of languagesOf(wholeOf(edition)))
      await ctx.jobs.enqueue(sendTest, { editionId: edition.id, personId, number, language });
  });
}

type Begun = {
  newsletterId: string;
  /** null: the program makes it. */
  personId: string | null;
  content?: EditionContent;
  automatic?: boolean;
};

export type BeginResult = { kind: "begun"; id: string; documentId: string } | { kind: "not-found" };

/** Begins an edition: a draft with its working copy, to be written and then sent by somebody. */
export function beginEdition(ctx: Ctx, begun: Begun): Promise<BeginResult> {
  const { newsletterId, personId, content = emptyEdition(), automatic = false } = begun;
  return inTransaction(ctx, async (ctx) => {
    const newsletter = await ctx.db
      .selectFrom("newsletters")
      .select("initiative_id")
      .where("id", "=", newsletterId)
      .executeTakeFirst();
    if (!newsletter) return { kind: "not-found" };
    const now = ctx.now();
    const { id } = await ctx.db
      .insertInto("editions")
      .values({
        newsletter_id: newsletterId,
        // Of its own until it is sent: nobody finds it by this before.
        slug: `concept-${crypto.randomUUID()}`,
        title: localized({
          nl: content.subject.nl || dateInWords(now, "nl"),
          en: content.subject.en || dateInWords(now, "en"),
        }),
        automatic,
        created_at: now,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    const initiativeId = newsletter.initiative_id;
    const documentId = await beginDocument(ctx, editionDocument, {
      ...{ key: id, initiativeId, personId, content },
    });
    return { kind: "begun", id, documentId };
  });
}

/** Throws a draft away, with its text. What was sent or is about to be stays. */
export function removeEdition(
  ctx: Ctx,
  { id, personId }: { id: string; personId: string },
): Promise<"removed" | "kept"> {
  return inTransaction(ctx, async (ctx) => {
    await ctx.db.selectFrom("editions").select("id").where("id", "=", id).forUpdate().execute();
    const edition = await getEdition(ctx, id);
    if (edition?.state !== "draft") return "kept";
    await ctx.db.deleteFrom("documents").where("kind", "=", "edition").where("key", "=", id).execute();
    await ctx.db.deleteFrom("editions").where("id", "=", id).execute();
    const about = { initiativeId: edition.initiative_id, subject: nameOf(edition) };
    await noteAudit(ctx, { personId, action: "writing.remove", ...about, details: { kind: "edition" } });
    return "removed";
  });
}

/** Whom a draft is for. False when it is no draft any more. */
export function chooseSegment(
  ctx: Ctx,
  { edition, personId }: { edition: Edition; personId: string },
  segment: Segment,
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const changed = await ctx.db
      .updateTable("editions")
      .set({ segment: JSON.stringify(segment) })
      .where("id", "=", edition.id)
      .where("state", "=", "draft")
      .returning("id")
      .executeTakeFirst();
    if (!changed) return false;
    const about = { initiativeId: edition.initiative_id, subject: nameOf(edition) };
    await noteAudit(ctx, {
      ...{ ...about, personId, action: "editions.audience", details: { edition: edition.id } },
    });
    return true;
  });
}

/** What somebody saw who sends an edition: changes with its text and with whom it is for. */
export const seenOf = ({ version, segment }: Pick<Edition, "version" | "segment">): string =>
  `${version ?? 0}-${createHash("sha256").update(JSON.stringify(segment)).digest("hex").slice(0, 12)}`;

/** The whole of what an edition says, also where its working copy lacks a field; one from before greets nobody. */
export const wholeOf = (edition: Pick<Edition, "content" | "draft">): EditionContent => ({
  ...emptyEdition(),
  greeting: false,
  ...contentOf(edition),
});

type ReadyResult = { kind: "ready" } | { kind: "stops"; findings: Finding[] };

/**
 * Freezes what an edition says, as it was read: its letters per language, its content for the archive, its title and its slug there.
 * Call it in the transaction that begins sending.
 */
function readyEdition(ctx: Ctx, edition: Edition): Promise<ReadyResult> {
  return inTransaction(ctx, async (ctx) => {
    const { id } = edition;
    const content = wholeOf(edition);
    const { letters, findings } = await lookAt(ctx, edition, content, await audienceOf(ctx, edition));
    const stops = stopsIn(findings);
    if (stops.length > 0) return { kind: "stops", findings: stops };
    await ctx.db.deleteFrom("edition_letters").where("edition_id", "=", id).execute();
    await ctx.db
      .insertInto("edition_letters")
      .values(letters.map((letter) => ({ edition_id: id, ...letter })))
      .execute();
    await ctx.db
      .updateTable("editions")
      .set({
        content: JSON.stringify(content),
        title: localized(content.subject),
        slug: await freeSlug(ctx, edition, pickAny(content.subject, "nl").text),
      })
      .where("id", "=", id)
      .execute();
    return { kind: "ready" };
  });
}

/** A slug from the subject that no other edition of the newsletter has. The newsletter's row keeps two from one name. */
async function freeSlug(ctx: Ctx, { id, newsletter_id }: Edition, subject: string): Promise<string> {
  await ctx.db
    .selectFrom("newsletters")
    .select("id")
    .where("id", "=", newsletter_id)
    .forNoKeyUpdate()
    .execute();
  const wish = slugOf(subject, 70) || `editie-${amsterdamDay(ctx.now())}`;
  const taken = await ctx.db
    .selectFrom("editions")
    .select("slug")
    .where("newsletter_id", "=", newsletter_id)
    .where("id", "<>", id)
    .where("slug", "like", `${wish}%`)
    .execute();
  const slugs = new Set(taken.map(({ slug }) => slug));
  for (let number = 1; ; number++) {
    const slug = number === 1 ? wish : `${wish}-${number}`;
    if (!slugs.has(slug)) return slug;
  }
}

type Sending = {
  id: string;
  personId: string;
  /** See `seenOf`. */
  seen: string;
  /** Not before this moment; without it, in a minute. */
  at?: Date;
};

export type SendResult =
  | { kind: "scheduled"; sendAt: Date }
  | { kind: "stops"; findings: Finding[] }
  /** Its text or its audience is no longer what was seen. */
  | { kind: "changed" }
  | { kind: "not-now"; state: EditionState }
  | { kind: "not-found" };

/** Sends an edition as it is now: in a minute, until which it can be undone, or at a moment. */
export function sendEdition(ctx: Ctx, { id, personId, seen, at }: Sending): Promise<SendResult> {
  return inTransaction(ctx, async (ctx): Promise<SendResult> => {
    await ctx.db.selectFrom("editions").select("id").where("id", "=", id).forNoKeyUpdate().execute();
    const edition = await getEdition(ctx, id);
    if (!edition) return { kind: "not-found" };
    if (edition.state !== "draft") return { kind: "not-now", state: edition.state };
    if (seen !== seenOf(edition)) return { kind: "changed" };
    const ready = await readyEdition(ctx, edition);
    if (ready.kind !== "ready") return ready;
    const started = await startSending(ctx, id, at);
    if (started.kind !== "scheduled") throw new Error(`A ready edition does not start: ${started.kind}`);
    await ctx.db.updateTable("editions").set({ planned_by: personId }).where("id", "=", id).execute();
    const noted = { personId, initiativeId: edition.initiative_id, subject: nameOf(edition) };
    const details = { edition: id };
    if (at) await noteAudit(ctx, { ...noted, action: "editions.schedule", details });
    else await noteAudit(ctx, { ...noted, action: "editions.send", details });
    return started;
  });
}

const nameOf = (edition: Edition): string =>
  pickAny(wholeOf(edition).subject, "nl").text || pickAny(edition.title, "nl").text;

/** What can be done to an edition that was sent or is about to be. */
const changes = {
  undo: { does: undo, noted: { action: "editions.undo" } },
  stop: { does: stopSending, noted: { action: "editions.stop" } },
  goOn: { does: goOn, noted: { action: "editions.go-on" } },
  cancel: { does: cancel, noted: { action: "editions.cancel" } },
  resend: { does: sendAgainToRefused, noted: { action: "editions.resend" } },
  repeat: { does: sendAgainToUnanswered, noted: { action: "editions.repeat" } },
} as const;
export type EditionChange = keyof typeof changes;

/** Undoes, stops, goes on with, ends or repeats sending, and notes who did (null: the program by itself). */
export function changeEdition(
  ctx: Ctx,
  what: EditionChange,
  { id, personId }: { id: string; personId: string | null },
) {
  return inTransaction(ctx, async (ctx) => {
    const { does, noted } = changes[what];
    const result = await does(ctx, id);
    const edition = await getEdition(ctx, id);
    if (result.kind !== "done" || !edition) return result;
    if (what === "undo") await thaw(ctx, id);
    const about = { initiativeId: edition.initiative_id, subject: nameOf(edition) };
    await noteAudit(ctx, { personId, ...noted, ...about, details: { edition: id } });
    return result;
  });
}

/** Lets an edition be written again: what was composed is thrown away. */
async function thaw(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.deleteFrom("edition_letters").where("edition_id", "=", id).execute();
  await ctx.db
    .updateTable("editions")
    .set({ content: null, planned_by: null })
    .where("id", "=", id)
    .execute();
}
