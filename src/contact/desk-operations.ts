import { z } from "zod";
import { type AuditAction, noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { beginUpdate } from "../updates/operations.ts";
import { quoteOf } from "./person.ts";

/** The mail that brings an answer to a tip's sender. */
export const sendTipAnswer = defineJobKind({
  name: "contact.send-answer",
  data: z.object({ id: z.uuid() }),
});

/** What is done with a tip, by whom, on which initiative (null: the movement's). */
type Doing = { id: string; personId: string; initiativeId: string | null };

const note = (ctx: Ctx, action: AuditAction, { id, personId, initiativeId }: Doing) =>
  noteAudit(ctx, { personId, action, initiativeId, details: { tip: id } });

/** Gives a tip to somebody of the team, or to nobody. "not-in-team": whoever it is may not work on it. */
export function assignTip(
  ctx: Ctx,
  doing: Doing,
  to: string | null,
): Promise<{ kind: "assigned" } | { kind: "not-in-team" }> {
  return inTransaction(ctx, async (ctx) => {
    const mayWork =
      to === null ||
      (await ctx.db
        .selectFrom("roles")
        .select("id")
        .where("person_id", "=", to)
        .where((eb) =>
          eb.or([
            eb("initiative_id", "is", null),
            ...(doing.initiativeId ? [eb("initiative_id", "=", doing.initiativeId)] : []),
          ]),
        )
        .executeTakeFirst());
    if (!mayWork) return { kind: "not-in-team" };
    await ctx.db.updateTable("tips").set({ assigned_to: to }).where("id", "=", doing.id).execute();
    await note(ctx, "tips.assign", doing);
    return { kind: "assigned" };
  });
}

/** Writes a note that only the team sees. */
export async function noteOnTip(ctx: Ctx, { id, personId }: Doing, text: string): Promise<void> {
  await ctx.db
    .insertInto("tip_messages")
    .values({ tip_id: id, kind: "note", text, made_by: personId, made_at: ctx.now(), mailed_at: null })
    .execute();
}

/** Answers the sender by mail, and keeps the answer in the thread. */
export function answerTip(ctx: Ctx, doing: Doing, text: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const { id } = await ctx.db
      .insertInto("tip_messages")
      .values({
        ...{ tip_id: doing.id, kind: "answer", text, made_by: doing.personId },
        ...{ made_at: ctx.now(), mailed_at: null },
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.jobs.enqueue(sendTipAnswer, { id });
    await note(ctx, "tips.answer", doing);
  });
}

export async function markAnswerMailed(ctx: Ctx, id: string): Promise<void> {
  await ctx.db.updateTable("tip_messages").set({ mailed_at: ctx.now() }).where("id", "=", id).execute();
}

/** Says that a tip is dealt with, or opens it again. */
export function settleTip(ctx: Ctx, doing: Doing, as: "done" | "spam" | "open"): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const now = ctx.now();
    await ctx.db
      .updateTable("tips")
      .set({ done_at: as === "done" ? now : null, spam_at: as === "spam" ? now : null })
      .where("id", "=", doing.id)
      .execute();
    await note(ctx, `tips.${as}`, doing);
  });
}

/** Begins an update from a tip, quoting it; its sender's name stays out until somebody writes it in. */
export function draftFromTip(ctx: Ctx, doing: Doing, initiativeId: string): Promise<string | null> {
  return inTransaction(ctx, async (ctx) => {
    const tip = await ctx.db
      .selectFrom("tips")
      .select(["text", "place", "link", "document_id"])
      .where("id", "=", doing.id)
      .forUpdate()
      .executeTakeFirst();
    if (!tip) return null;
    if (tip.document_id) return tip.document_id;
    const body = quoteOf(tip);
    const { personId } = doing;
    const documentId = await beginUpdate(ctx, { initiativeId, personId, title: tip.place ?? "", body });
    await ctx.db.updateTable("tips").set({ document_id: documentId }).where("id", "=", doing.id).execute();
    await note(ctx, "tips.draft", doing);
    return documentId;
  });
}
