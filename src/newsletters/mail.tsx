import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { pick, pickAny } from "../platform/localized.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailPreview } from "../ui/mail/compose.ts";
import {
  greetingOf,
  listIdOf,
  newsletterSite,
  preferencesToken,
  unsubscribeAddressOf,
  unsubscribeToken,
} from "./operations.ts";
import { findNewestEdition, type Subscription } from "./queries.ts";

/** The mail after the first yes: what to expect, and how to stop it. */
export async function welcomeMail(ctx: Ctx, subscription: Subscription): Promise<Mail> {
  const { id, language, email, slug, host } = subscription;
  const newsletter = pick(subscription.newsletter, language).text;
  const siteName = subscription.initiative ? pick(subscription.initiative, language).text : newsletter;
  const home = newsletterSite(ctx, { slug, host }, language);
  const leave = paths(language).unsubscribe(unsubscribeToken(ctx, id));
  const unsubscribe = home.origin + leave;
  const preferences = ctx.config.baseUrl + paths(language).preferences(preferencesToken(ctx, id));
  const edition = await findNewestEdition(ctx, subscription.newsletter_id);
  const content: Welcome = {
    greeting: greetingOf(subscription.name, language),
    ...{ language, newsletter, siteName, unsubscribe, preferences, baseUrl: ctx.config.baseUrl },
    words: subscription.welcome && pick(subscription.welcome, language).text,
    updates: home.origin + home.updates,
    newest: edition
      ? {
          title: pickAny(edition.title, language).text,
          href: `${home.origin}${home.newsletter}/${edition.slug}`,
        }
      : null,
  };
  return {
    id: `welcome-${id}-${subscription.since.getTime()}`,
    to: email,
    occasion: "told",
    fromName: siteName,
    ...(await composeWelcome(content)),
    headers: {
      // RFC 2919, 2369 and 8058: mail programs show a way out of their own. By mail only where somebody reads it.
      "List-Id": listIdOf(ctx, subscription.newsletter_id),
      "List-Unsubscribe": [
        `<${ctx.config.baseUrl}${leave}>`,
        ...(ctx.config.mail.imap ? [`<mailto:${unsubscribeAddressOf(ctx, id)}?subject=unsubscribe>`] : []),
      ].join(", "),
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

type Welcome = {
  language: Language;
  greeting: string;
  newsletter: string;
  siteName: string;
  /** The newsletter's own words of welcome. */
  words: string | null;
  updates: string;
  /** What was sent last. */
  newest: { title: string; href: string } | null;
  unsubscribe: string;
  preferences: string;
  baseUrl: string;
};

async function composeWelcome(welcome: Welcome) {
  const { language, greeting, newsletter, siteName, words, updates, newest } = welcome;
  const { unsubscribe, preferences, baseUrl } = welcome;
  const t = translator(language);
  const subject = t("newsletters:welcome.subject", { newsletter });
  const mail = await composeMail({
    language,
    subject,
    siteName,
    heading: t("newsletters:welcome.heading"),
    blocks: [
      { kind: "paragraph", text: greeting },
      { kind: "paragraph", text: t("newsletters:welcome.text", { newsletter }) },
      ...(words ? [{ kind: "paragraph" as const, text: words }] : []),
      ...(newest
        ? [
            { kind: "paragraph" as const, text: t("newsletters:welcome.newest", { title: newest.title }) },
            { kind: "button" as const, label: t("newsletters:welcome.readNewest"), href: newest.href },
            { kind: "link" as const, label: t("newsletters:welcome.read"), href: updates },
          ]
        : [
            { kind: "paragraph" as const, text: t("newsletters:welcome.about") },
            { kind: "button" as const, label: t("newsletters:welcome.read"), href: updates },
          ]),
    ],
    footerLinks: [
      { label: t("newsletters:welcome.preferences"), href: preferences },
      { label: t("newsletters:welcome.unsubscribe"), href: unsubscribe },
      mineLink(language, baseUrl),
    ],
    reason: t("newsletters:welcome.reason", { newsletter }),
  });
  return { subject, ...mail };
}

export const newsletterMailPreviews: MailPreview[] = [
  {
    name: "newsletters-welcome",
    render: (language) =>
      composeWelcome({
        language,
        greeting: greetingOf("Jan", language),
        newsletter: "Nieuwsbrief van Op pad met de CXO",
        siteName: "Op pad met de CXO",
        words: "Welkom aan boord! Elke maand vertellen we wat we onderweg zien.",
        updates: "https://voorbeeld.example/updates",
        newest: {
          title: "Drie eilanden, een vraag",
          href: "https://voorbeeld.example/nieuwsbrief/drie-eilanden",
        },
        preferences: "https://voorbeeld.example/voorkeuren/x",
        unsubscribe: "https://voorbeeld.example/afmelden/x",
        baseUrl: "https://voorbeeld.example",
      }),
  },
];
