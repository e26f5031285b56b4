import { z } from "zod";
import { defineAct } from "../confirmations/operations.ts";
import { paths } from "../paths.ts";
import { keepConsent } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { dateInWords, type Language, translator } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { pick } from "../platform/localized.ts";
import { domainOf } from "../platform/mailer.ts";
import { liftSuppression } from "../suppressions/operations.ts";
import { isSuppressed } from "../suppressions/queries.ts";
import { findActiveSubscription, getNewsletterById } from "./queries.ts";

export { readUnsubscribeAddress, unsubscribeAddressOf } from "./leaving.ts";

/** Where a newsletter's site stands: its island's own host, or the movement's. */
export function newsletterSite(
  ctx: Ctx,
  { slug, host }: { slug: string | null; host: string | null },
  language: Language,
) {
  const base = new URL(ctx.config.baseUrl);
  const to = paths(language);
  if (!slug) return { origin: base.origin, updates: to.updates, newsletter: to.newsletter };
  const own = host ? to.ownHost : to.island(slug);
  const origin = host ? `${base.protocol}//${host}${base.port && `:${base.port}`}` : base.origin;
  return { origin, updates: own.updates, newsletter: own.newsletter };
}

/** How a mail begins: by the reader's name, as they typed it, where they gave one. */
export function greetingOf(name: string | null, language: Language): string {
  const t = translator(language);
  const own = name?.replace(/\s+/g, " ").trim();
  return own ? t("newsletters:greeting.named", { name: own }) : t("newsletters:greeting.plain");
}

/** The mail after the first yes, with the link to unsubscribe. */
export const sendWelcome = defineJobKind({ name: "newsletters.welcome", data: z.object({ id: z.uuid() }) });

/** Grows when the words of the consent box change (locales, "newsletters:consent"). */
export const consentVersion = "1";

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
    await liftSuppression(ctx, by.email); // the person's own act, and a mail that arrived
    const active = await findActiveSubscription(ctx, newsletterId, by.email);
    if (active) {
      // Who asks for it anew wants it now, not when the pause is over.
      await ctx.db
        .updateTable("subscriptions")
        .set({ paused_until: null })
        .where("id", "=", active.id)
        .execute();
      return;
    }
    const { id } = await ctx.db
      .insertInto("subscriptions")
      .values({ newsletter_id: newsletterId, person_id: personId, language, since: confirmedAt })
      .onConflict((conflict) =>
        conflict
          .columns(["newsletter_id", "person_id"])
          .doUpdateSet({ ended_at: null, since: confirmedAt, language, paused_until: null }),
      )
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.jobs.enqueue(sendWelcome, { id });
  },
  already: async (ctx, { newsletterId }, email, language, origin) => {
    const active = await findActiveSubscription(ctx, newsletterId, email);
    // Who gets no mail any more comes back by confirming, and who came by an import says yes so for the first time.
    if (!active || active.imported || (await isSuppressed(ctx, email))) return null;
    const t = translator(language);
    const newsletter = pick(active.newsletter, language).text;
    const { paused_until: pausedUntil } = active;
    if (pausedUntil && pausedUntil > ctx.now())
      return {
        text: t("newsletters:alreadyPaused", { newsletter, date: dateInWords(pausedUntil, language) }),
        manage: {
          label: t("newsletters:welcome.preferences"),
          href: ctx.config.baseUrl + paths(language).preferences(preferencesToken(ctx, active.id)),
        },
      };
    const href = origin + paths(language).unsubscribe(unsubscribeToken(ctx, active.id));
    return {
      text: t("newsletters:already", { newsletter }),
      manage: { label: t("newsletters:welcome.unsubscribe"), href },
    };
  },
});

async function nameOf(ctx: Ctx, newsletterId: string, language: Language): Promise<string> {
  const newsletter = await getNewsletterById(ctx, newsletterId);
  return newsletter ? pick(newsletter.name, language).text : "";
}

/** For which link in a mail a token is. */
type Purpose = "subscription" | "preferences";

/**
 * `through`: the delivery whose mail holds the link; who leaves by it is counted there. It only counts, so nothing but
 * its belonging to the subscription proves it.
 */
const tokenFor = (ctx: Ctx, purpose: Purpose, subscriptionId: string, through?: string): string =>
  ctx.keys.token(purpose, subscriptionId) + (through ? `.${through.replaceAll("-", "")}` : "");

/** The subscription of a token, and the delivery that it came through; null when this installation never made it. */
function readTokenFor(
  ctx: Ctx,
  purpose: Purpose,
  token: string,
): { id: string; through: string | null } | null {
  const [, own = "", hex = ""] = /^([^.]+)(?:\.([0-9a-f]{32}))?$/.exec(token) ?? [];
  const id = ctx.keys.readToken(purpose, own);
  if (!id) return null;
  return { id, through: hex ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") : null };
}

/** The token to end a subscription by its link. */
export const unsubscribeToken = (ctx: Ctx, subscriptionId: string, through?: string): string =>
  tokenFor(ctx, "subscription", subscriptionId, through);
export const readUnsubscribeToken = (ctx: Ctx, token: string) => readTokenFor(ctx, "subscription", token);

/** The token of the page where somebody chooses what they get, by the link in a mail for this subscription. */
export const preferencesToken = (ctx: Ctx, subscriptionId: string, through?: string): string =>
  tokenFor(ctx, "preferences", subscriptionId, through);
export const readPreferencesToken = (ctx: Ctx, token: string) => readTokenFor(ctx, "preferences", token);

/** What a newsletter is called among lists (RFC 2919): the same in every mail of it, for ever. */
export const listIdOf = (ctx: Ctx, newsletterId: string): string =>
  `<${newsletterId}.nieuwsbrief.${domainOf(ctx.config.mail.from)}>`;

/** Somebody ended a subscription through a mail of it. */
export const endedThrough = defineJobKind({
  name: "newsletters.ended-through",
  data: z.object({ subscriptionId: z.uuid(), deliveryId: z.guid() }),
});

export type UnsubscribeResult = { kind: "ended" } | { kind: "already-ended" } | { kind: "not-found" };

/** Ends a subscription. It stays ended until the person subscribes again. `through`: by the mail of this delivery. */
export function unsubscribe(ctx: Ctx, id: string, through?: string | null): Promise<UnsubscribeResult> {
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
    if (through) await ctx.jobs.enqueue(endedThrough, { subscriptionId: id, deliveryId: through });
    return { kind: "ended" };
  });
}
