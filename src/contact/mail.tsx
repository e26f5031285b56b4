import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import { defaultLanguage, type Language, translator } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import type { Addressee, StoredTip } from "./queries.ts";

/** Brings a tip to the contact address, in the team's language; a reply goes to the sender. */
export async function tipMail(ctx: Ctx, tip: StoredTip, addressee: Addressee): Promise<Mail> {
  const language = defaultLanguage;
  const to = pick(addressee.name, language).text;
  const site = ctx.config.baseUrl + paths(language).home;
  return {
    id: `tip-${tip.id}`,
    to: addressee.email,
    replyTo: tip.email,
    fromName: to,
    ...(await composeTip({ language, to, tip, site })),
  };
}

type TipContent = Pick<StoredTip, "kind" | "name" | "text" | "organisation" | "place" | "link">;
type Composing = { language: Language; to: string; tip: TipContent; site: string };

async function composeTip({ language, to, tip, site }: Composing) {
  const t = translator(language);
  const { name, organisation, place, link } = tip;
  const subject = t(`contact:mail.subject.${tip.kind}`, { name });
  const facts = [
    organisation ? [t("contact:mail.organisation", { organisation })] : [],
    place ? [t("contact:mail.place", { place })] : [],
    link ? [t("contact:mail.link", { link })] : [],
  ].flat();
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t("contact:mail.intro", { name, to }) },
    { kind: "quote", text: tip.text },
    ...(facts.length > 0 ? [{ kind: "list" as const, items: facts }] : []),
    { kind: "paragraph", text: t("contact:mail.reply", { name }) },
  ];
  const mail = await composeMail({
    language,
    subject,
    siteName: to,
    heading: subject,
    blocks,
    footerLinks: [{ label: to, href: site }],
    reason: t("contact:mail.reason", { to }),
  });
  return { subject, ...mail };
}

export const contactMailPreviews: MailPreview[] = [
  {
    name: "contact-tip",
    render: (language) =>
      composeTip({
        language,
        to: "Op pad met de CXO",
        site: "https://voorbeeld.example/",
        tip: {
          kind: "example",
          name: "Sam de Vries",
          text: "In onze wijk beslissen bewoners mee over het groen.\n\nKom je eens kijken?",
          organisation: "Wijkteam Zuid",
          place: "Utrecht",
          link: "https://voorbeeld.example/groen",
        },
      }),
  },
];
