import { z } from "zod";
import { defineAct } from "../confirmations/operations.ts";
import { paths } from "../paths.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { pick } from "../platform/localized.ts";
import { findOpenOffer, getInitiativeName } from "./queries.ts";

const about = z.object({ id: z.uuid() });
/** The offer to the team; the answer to the person; word to the team that the offer was withdrawn. */
export const sendOffer = defineJobKind({ name: "participation.offer", data: about });
export const sendAnswer = defineJobKind({ name: "participation.answer", data: about });
export const sendWithdrawal = defineJobKind({ name: "participation.withdrawal", data: about });
/** Word to the team that an offer is gone with everything about its person: nothing of the person is in it. */
export const sendGone = defineJobKind({
  name: "participation.gone",
  data: z.object({ id: z.uuid(), initiativeId: z.uuid(), offeredAt: z.iso.datetime() }),
});

const payload = z.object({
  initiativeId: z.uuid(),
  name: z.string(),
  offer: z.string(),
  why: z.string().nullable(),
  available: z.string().nullable(),
});
export type OfferText = z.infer<typeof payload>;

/** The act of offering to work along with one initiative. */
export const joinAct = (offer: OfferText) => ({ kind: "join", payload: offer });

export const join = defineAct({
  kind: "join",
  payload,
  describe: async (ctx, { initiativeId }, language) =>
    translator(language)("participation:act", { initiative: await nameOf(ctx, initiativeId, language) }),
  remember: ({ initiativeId }) => ({ initiativeId, name: "", offer: "", why: null, available: null }),
  apply: async (ctx, { initiativeId, ...offer }, by) => {
    const initiative = await getInitiativeName(ctx, initiativeId);
    if (!initiative || (await findOpenOffer(ctx, initiativeId, by.email))) return;
    const { id } = await ctx.db
      .insertInto("participations")
      .values({ ...offer, initiative_id: initiativeId, person_id: by.personId, offered_at: by.confirmedAt })
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.jobs.enqueue(sendOffer, { id });
  },
  already: async (ctx, { initiativeId }, email, language, origin) => {
    if (!(await findOpenOffer(ctx, initiativeId, email))) return null;
    const t = translator(language);
    return {
      text: t("participation:already", { initiative: await nameOf(ctx, initiativeId, language) }),
      manage: { label: t("participation:manage"), href: origin + paths(language).mine },
    };
  },
});

async function nameOf(ctx: Ctx, initiativeId: string, language: Language): Promise<string> {
  const initiative = await getInitiativeName(ctx, initiativeId);
  return initiative ? pick(initiative.name, language).text : "";
}

const day = 86_400_000;
/** An unanswered offer: the team is reminded, the movement and the person hear of it, the links expire. */
export const patience = { remindAfter: 7 * day, escalateAfter: 14 * day, linksLast: 30 * day };

export type AnswerResult =
  | { kind: "answered" }
  | { kind: "already-answered"; answer: "accepted" | "declined" }
  | { kind: "withdrawn" }
  | { kind: "expired" }
  | { kind: "not-found" };

type Answer = {
  answer: "accepted" | "declined";
  reason: string | null;
  /** From the workplace an offer can be answered after its links have expired. */
  alsoLate?: boolean;
};

/** The team's answer, once; from then on its links say what was answered. */
export function answerOffer(
  ctx: Ctx,
  id: string,
  { answer, reason, alsoLate = false }: Answer,
): Promise<AnswerResult> {
  return inTransaction(ctx, async (ctx) => {
    const row = await ctx.db
      .selectFrom("participations")
      .select(["answer", "offered_at", "withdrawn_at"])
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { kind: "not-found" };
    if (row.withdrawn_at) return { kind: "withdrawn" };
    if (row.answer) return { kind: "already-answered", answer: row.answer };
    if (!alsoLate && linksExpired(ctx, row.offered_at)) return { kind: "expired" };
    await ctx.db
      .updateTable("participations")
      .set({ answer, reason, answered_at: ctx.now() })
      .where("id", "=", id)
      .execute();
    await ctx.jobs.enqueue(sendAnswer, { id });
    return { kind: "answered" };
  });
}

/** Lets go of an answer that did not arrive; answers with whether there was one. */
const letGo = async (ctx: Ctx, id: string): Promise<boolean> => {
  const { numUpdatedRows } = await ctx.db
    .updateTable("participations")
    .set({ answer_failed_at: null })
    .where("id", "=", id)
    .where("answer_failed_at", "is not", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
};

/** Sends an answer once more whose mail did not arrive; answers with whether there was one. */
export function resendAnswer(ctx: Ctx, id: string): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const failed = await letGo(ctx, id);
    if (failed) await ctx.jobs.enqueue(sendAnswer, { id });
    return failed;
  });
}

/** The person knows the answer in another way: it waits for nobody any more. */
export const settleAnswer = letGo;

export const linksExpired = (ctx: Ctx, offeredAt: Date): boolean =>
  offeredAt.getTime() + patience.linksLast <= ctx.now().getTime();

export type WithdrawResult = { kind: "withdrawn" } | { kind: "already-withdrawn" } | { kind: "not-found" };

/** Takes an offer of this person back; a team that had it by mail hears so. */
export function withdrawOffer(ctx: Ctx, personId: string, id: string): Promise<WithdrawResult> {
  return inTransaction(ctx, async (ctx) => {
    const row = await ctx.db
      .selectFrom("participations")
      .select(["withdrawn_at", "mailed_at"])
      .where("id", "=", id)
      .where("person_id", "=", personId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { kind: "not-found" };
    if (row.withdrawn_at) return { kind: "already-withdrawn" };
    await ctx.db
      .updateTable("participations")
      .set({ withdrawn_at: ctx.now() })
      .where("id", "=", id)
      .execute();
    if (row.mailed_at) await ctx.jobs.enqueue(sendWithdrawal, { id });
    return { kind: "withdrawn" };
  });
}

/** Tells the teams that had an open offer of a person by mail that it is gone. The caller removes the person. */
export async function announceGone(ctx: Ctx, personId: string): Promise<void> {
  const open = await ctx.db
    .selectFrom("participations")
    .select(["id", "initiative_id", "offered_at"])
    .where("person_id", "=", personId)
    .where("mailed_at", "is not", null)
    .where("answered_at", "is", null)
    .where("withdrawn_at", "is", null)
    .execute();
  for (const { id, initiative_id, offered_at } of open)
    await ctx.jobs.enqueue(sendGone, {
      id,
      initiativeId: initiative_id,
      offeredAt: offered_at.toISOString(),
    });
}
