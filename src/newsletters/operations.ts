import { z } from "zod";
import { defineAct } from "../confirmations/operations.ts";
import { paths } from "../paths.ts";
import { keepConsent } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { pick } from "../platform/localized.ts";
import { findActiveSubscription, getNewsletterById } from "./queries.ts";

/** The mail after the first yes, with the link to unsubscribe. */
export const sendWelcome = defineJobKind({ name: "newsletters.welcome", data: z.object({ id: z.uuid() }) });

/** Grows when the words of the consent box change (locales, "newsletters:consent"). */
const consentVersion = "1";

const payload = z.object({
  newsletterId: z.uuid(),
  /** The consent as it stood beside the box, kept as proof (AVG art. 7). */
  consent: z.object({ version: z.string(), text: z.string() }),
});

/** The act of subscribing, for a form whose consent box had these words. */
export const subscribeAct = (newsletterId: string, consentText: string) => ({
  kind: "subscribe",
  payload: { newsletterId, consent: { version: consentVersion, text: consentText } },
});

export const subscribe = defineAct({
  kind: "subscribe",
  payload,
  describe: async (ctx, { newsletterId }, language) =>
    translator(language)("newsletters:act", { newsletter: await nameOf(ctx, newsletterId, language) }),
  remember: (payload) => payload,
  apply: async (ctx, { newsletterId, consent }, by) => {
    const { personId, language, formUrl, givenAt, confirmedAt } = by;
    const purpose = `newsletter:${newsletterId}`;
    const proof = { purpose, textVersion: consent.version, text: consent.text };
    await keepConsent(ctx, { personId, ...proof, formUrl, givenAt, confirmedAt });
    const active = await findActiveSubscription(ctx, newsletterId, by.email);
    if (active) return;
    const { id } = await ctx.db
      .insertInto("subscriptions")
      .values({ newsletter_id: newsletterId, person_id: personId, language, since: confirmedAt })
      .onConflict((conflict) =>
        conflict
          .columns(["newsletter_id", "person_id"])
          .doUpdateSet({ ended_at: null, since: confirmedAt, language }),
      )
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.jobs.enqueue(sendWelcome, { id });
  },
  already: async (ctx, { newsletterId }, email, language, origin) => {
    const active = await findActiveSubscription(ctx, newsletterId, email);
    if (!active) return null;
    const t = translator(language);
    const href = origin + paths(language).unsubscribe(unsubscribeToken(ctx, active.id));
    return {
      text: t("newsletters:already", { newsletter: pick(active.newsletter, language).text }),
      manage: { label: t("newsletters:welcome.unsubscribe"), href },
    };
  },
});

async function nameOf(ctx: Ctx, newsletterId: string, language: Language): Promise<string> {
  const newsletter = await getNewsletterById(ctx, newsletterId);
  return newsletter ? pick(newsletter.name, language).text : "";
}

export const unsubscribeToken = (ctx: Ctx, subscriptionId: string): string =>
  ctx.keys.token("subscription", subscriptionId);

export type UnsubscribeResult = { kind: "ended" } | { kind: "already-ended" } | { kind: "not-found" };

/** Ends a subscription. It stays ended until the person subscribes again. */
export function unsubscribe(ctx: Ctx, id: string): Promise<UnsubscribeResult> {
  return inTransaction(ctx, async (ctx) => {
    const row = await ctx.db
      .selectFrom("subscriptions")
      .select("ended_at")
      .where("id", "=", id)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return { kind: "not-found" };
    if (row.ended_at) return { kind: "already-ended" };
    await ctx.db.updateTable("subscriptions").set({ ended_at: ctx.now() }).where("id", "=", id).execute();
    return { kind: "ended" };
  });
}
