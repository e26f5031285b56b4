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

/** The mail to who is to take up a tip, assigned at this moment. */
export const tellAssigned = defineJobKind({
  name: "contact.tell-assigned",
  data: z.object({ id: z.uuid(), personId: z.uuid(), byId: z.uuid(), at: z.iso.datetime() }),
});

/** What is done with a tip, by whom, on which initiative (null: the movement's). */
type Doing = { id: string; personId: string; initiativeId: string | null };

const note = (ctx: Ctx, action: AuditAction, { id, personId, initiativeId }: Doing) =>
  noteAudit(ctx, { personId, action, initiativeId, details: { tip: id } });

/** Gives a tip to somebody of the team, who hears of it by mail, or to nobody. "not-in-team": whoever it is may not work on it. */
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
    const { numUpdatedRows } = await ctx.db
      .updateTable("tips")
      .set({ assigned_to: to })
      .where("id", "=", doing.id)
      .where("assigned_to", "is distinct from", to)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return { kind: "assigned" };
    if (to && to !== doing.personId) {
      const at = ctx.now().toISOString();
      await ctx.jobs.enqueue(tellAssigned, { id: doing.id, personId: to, byId: doing.personId, at });
    }
    await note(ctx, "tips.assign", doing);
    return { kind: "assigned" };
  });
}

/** A message from an opened page. The same words from one page are one message, however often they are sent. */
type Message = { text: string; formId: string | null };

const addMessage = (ctx: Ctx, { id, personId }: Doing, kind: "answer" | "note", message: Message) =>
  ctx.db
    .insertInto("tip_messages")
    .values({
      ...{ tip_id: id, kind, text: message.text, form_id: message.formId, made_by: personId },
      ...{ made_at: ctx.now(), mailed_at: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();

/** Writes a note that only the team sees. */
export function noteOnTip(ctx: Ctx, doing: Doing, message: Message): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const added = await addMessage(ctx, doing, "note", message);
    if (added) await note(ctx, "tips.note", doing);
  });
}

/** Answers the sender by mail, and keeps the answer in the thread. */
export function answerTip(ctx: Ctx, doing: Doing, message: Message): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const added = await addMessage(ctx, doing, "answer", message);
    if (!added) return; // its button was pressed twice
    await ctx.jobs.enqueue(sendTipAnswer, { id: added.id });
    await note(ctx, "tips.answer", doing);
  });
}

export async function markAnswerMailed(ctx: Ctx, id: string): Promise<void> {
  await ctx.db
    .updateTable("tip_messages")
    .set({ mailed_at: ctx.now(), failed_at: null })
    .where("id", "=", id)
    .execute();
}

/** The mail with an answer was given up: its tip waits again. */
export function markAnswerFailed(ctx: Ctx, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const answer = await ctx.db
      .updateTable("tip_messages")
      .set({ failed_at: ctx.now() })
      .where("id", "=", id)
      .where("mailed_at", "is", null)
      .returning("tip_id")
      .executeTakeFirst();
    if (!answer) return;
    await ctx.db.updateTable("tips").set({ done_at: null }).where("id", "=", answer.tip_id).execute();
  });
}

/** Sends an answer once more whose mail did not arrive; answers with whether there was one. */
export function resendAnswer(ctx: Ctx, doing: Doing, messageId: string): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const answer = await ctx.db
      .updateTable("tip_messages")
      .set({ failed_at: null })
      .where("id", "=", messageId)
      .where("tip_id", "=", doing.id)
      .where("failed_at", "is not", null)
      .returning("id")
      .executeTakeFirst();
    if (!answer) return false;
    await ctx.jobs.enqueue(sendTipAnswer, { id: answer.id });
    await note(ctx, "tips.resend", doing);
    return true;
  });
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
