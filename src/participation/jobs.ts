import { z } from "zod";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJob, defineJobKind, patientRetry } from "../platform/jobs.ts";
import {
  answerMail,
  escalationMail,
  goneMail,
  offerMail,
  reminderMail,
  silenceMail,
  withdrawalMail,
} from "./mail.tsx";
import { patience, sendAnswer, sendGone, sendOffer, sendWithdrawal } from "./operations.ts";
import { getInitiativeName, getOffer, type Offer } from "./queries.ts";

const about = z.object({ id: z.uuid() });
const sendReminder = defineJobKind({ name: "participation.remind", data: about });
const sendEscalation = defineJobKind({ name: "participation.escalate", data: about });
const sendSilence = defineJobKind({ name: "participation.silence", data: about });

/** A mail about an offer, as long as `wanted` still holds when it is sent. */
const mailJob = (
  kind: typeof sendReminder,
  compose: (ctx: Ctx, offer: Offer) => Promise<Parameters<Ctx["mailer"]["send"]>[0]>,
  wanted: (offer: Offer) => boolean,
  then: {
    sent?: (ctx: Ctx, id: string) => Promise<unknown>;
    givenUp?: (ctx: Ctx, id: string) => Promise<unknown>;
  } = {},
) =>
  defineJob({
    ...kind,
    retry: patientRetry,
    run: async (ctx, { id }) => {
      const offer = await getOffer(ctx, id);
      if (!offer || !wanted(offer)) return;
      await ctx.mailer.send(await compose(ctx, offer));
      await then.sent?.(ctx, id);
    },
    onGivenUp: async (ctx, { id }) => {
      await then.givenUp?.(ctx, id);
    },
  });

const open = (offer: Offer) => offer.answered_at === null && offer.withdrawn_at === null;
const markMailed = (ctx: Ctx, id: string) =>
  ctx.db.updateTable("participations").set({ mailed_at: ctx.now() }).where("id", "=", id).execute();

const markAnswerMailed = (ctx: Ctx, id: string) =>
  ctx.db
    .updateTable("participations")
    .set({ answer_mailed_at: ctx.now(), answer_failed_at: null })
    .where("id", "=", id)
    .execute();
/** The mail with the answer was given up: the offer is with the team again. */
const markAnswerFailed = (ctx: Ctx, id: string) =>
  ctx.db
    .updateTable("participations")
    .set({ answer_failed_at: ctx.now() })
    .where("id", "=", id)
    .where("answer_mailed_at", "is", null)
    .execute();

/** Every hour: offers that nobody answered. States are facts with a moment, so each is marked once. */
export const followUp = defineJob({
  name: "participation.follow-up",
  data: z.object({}),
  cron: "37 * * * *",
  run: async (ctx) => {
    await inTransaction(ctx, async (ctx) => {
      for (const { id } of await markSilent(ctx, "reminded_at", patience.remindAfter))
        await ctx.jobs.enqueue(sendReminder, { id });
      for (const { id } of await markSilent(ctx, "escalated_at", patience.escalateAfter)) {
        await ctx.jobs.enqueue(sendEscalation, { id });
        await ctx.jobs.enqueue(sendSilence, { id });
      }
    });
  },
});

function markSilent(ctx: Ctx, mark: "reminded_at" | "escalated_at", after: number) {
  return ctx.db
    .updateTable("participations")
    .set({ [mark]: ctx.now() })
    .where(mark, "is", null)
    .where("answered_at", "is", null)
    .where("withdrawn_at", "is", null)
    .where("offered_at", "<=", new Date(ctx.now().getTime() - after))
    .returning("id")
    .execute();
}

export const participationJobs = [
  mailJob(sendOffer, offerMail, (offer) => open(offer) && offer.mailed_at === null, {
    sent: markMailed,
  }),
  mailJob(sendReminder, reminderMail, open),
  mailJob(sendEscalation, escalationMail, open),
  mailJob(sendSilence, silenceMail, open),
  mailJob(sendAnswer, answerMail, (offer) => offer.answered_at !== null && offer.answer_mailed_at === null, {
    sent: markAnswerMailed,
    givenUp: markAnswerFailed,
  }),
  mailJob(sendWithdrawal, withdrawalMail, (offer) => offer.withdrawn_at !== null),
  defineJob({
    ...sendGone,
    retry: patientRetry,
    run: async (ctx, { id, initiativeId, offeredAt }) => {
      const initiative = await getInitiativeName(ctx, initiativeId);
      if (!initiative) return;
      const { name, contact_email } = initiative;
      await ctx.mailer.send(await goneMail(ctx, { id, offeredAt, initiative: name, contact_email }));
    },
  }),
  followUp,
];
