import { desk } from "../desk-paths.ts";
import type { Ctx } from "../platform/context.ts";
import { formatNumber, type Language, translator } from "../platform/i18n.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailPreview } from "../ui/mail/compose.ts";
import type { Hold, Owner } from "./queries.ts";

type Held = Pick<Hold, "provider" | "hard" | "answered">;
type Composing = { language: Language; hold: Held; siteName: string; baseUrl: string };

/** Tells an owner that a provider is held, and where to open it. */
export async function heldMail(ctx: Ctx, hold: Hold, owner: Owner): Promise<Mail> {
  const { language, email, person_id } = owner;
  const { baseUrl } = ctx.config;
  const siteName = owner.site_name;
  const mail = await composeHeld({ language, hold, siteName, baseUrl });
  return { id: `provider-held-${hold.id}-${person_id}`, to: email, fromName: siteName, ...mail };
}

async function composeHeld({ language, hold, siteName, baseUrl }: Composing) {
  const t = translator(language);
  const number = (count: number) => formatNumber(count, language);
  const { provider, hard, answered } = hold;
  const subject = t("suppressions:mail.subject", { provider });
  const mail = await composeMail({
    ...{ language, siteName, subject },
    heading: t("suppressions:mail.heading", { provider }),
    blocks: [
      {
        kind: "paragraph",
        text: t("suppressions:mail.what", { provider, hard: number(hard), answered: number(answered) }),
      },
      { kind: "paragraph", text: t("suppressions:mail.now") },
      { kind: "paragraph", text: t("suppressions:mail.ask", { provider }) },
      {
        kind: "button",
        label: t("suppressions:mail.button"),
        href: baseUrl + desk(language).section("suppressions"),
      },
    ],
    reason: t("suppressions:mail.reason", { siteName }),
    footerLinks: [],
  });
  return { subject, ...mail };
}

export const suppressionMailPreviews: MailPreview[] = [
  {
    name: "suppressions-held",
    render: (language) =>
      composeHeld({
        language,
        hold: { provider: "grotepost.example", hard: 24, answered: 310 },
        siteName: "Wij, Publieke Veranderaars",
        baseUrl: "https://voorbeeld.example",
      }),
  },
];
