import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailPreview } from "../ui/mail/compose.ts";
import { newsletterSite, unsubscribeToken } from "./operations.ts";
import type { Subscription } from "./queries.ts";

/** The mail after the first yes: what to expect, and how to stop it. */
export async function welcomeMail(ctx: Ctx, subscription: Subscription): Promise<Mail> {
  const { id, language, email, slug, host } = subscription;
  const newsletter = pick(subscription.newsletter, language).text;
  const siteName = subscription.initiative ? pick(subscription.initiative, language).text : newsletter;
  const home = newsletterSite(ctx, { slug, host }, language);
  const unsubscribe = home.origin + paths(language).unsubscribe(unsubscribeToken(ctx, id));
  const updates = home.origin + home.updates;
  const content = { language, newsletter, siteName, updates, unsubscribe, baseUrl: ctx.config.baseUrl };
  return {
    id: `welcome-${id}-${subscription.since.getTime()}`,
    to: email,
    occasion: "told",
    fromName: siteName,
    ...(await composeWelcome(content)),
    headers: {
      // RFC 2369 and RFC 8058: mail programs show a way out of their own.
      "List-Unsubscribe": `<${unsubscribe}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

type Welcome = {
  language: Language;
  newsletter: string;
  siteName: string;
  updates: string;
  unsubscribe: string;
  baseUrl: string;
};

async function composeWelcome(welcome: Welcome) {
  const { language, newsletter, siteName, updates, unsubscribe, baseUrl } = welcome;
  const t = translator(language);
  const subject = t("newsletters:welcome.subject", { newsletter });
  const mail = await composeMail({
    language,
    subject,
    siteName,
    heading: t("newsletters:welcome.heading"),
    blocks: [
      { kind: "paragraph", text: t("newsletters:welcome.text", { newsletter }) },
      { kind: "paragraph", text: t("newsletters:welcome.about") },
      { kind: "button", label: t("newsletters:welcome.read"), href: updates },
    ],
    footerLinks: [
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
        newsletter: "Nieuwsbrief van Op pad met de CXO",
        siteName: "Op pad met de CXO",
        updates: "https://voorbeeld.example/updates",
        unsubscribe: "https://voorbeeld.example/afmelden/x",
        baseUrl: "https://voorbeeld.example",
      }),
  },
];
