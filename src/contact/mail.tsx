import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { defaultLanguage, type Language, translator } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { answersTo, type Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import type { AssignedTip, TipAnswer } from "./desk-queries.ts";
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

/** Brings the team's answer to a tip's sender, in the sender's language; a reply goes to the team. */
export async function tipAnswerMail(
  ctx: Ctx,
  answer: TipAnswer,
  addressee: Addressee,
  earlier: string | null,
): Promise<Mail> {
  const to = pick(addressee.name, answer.language).text;
  const { baseUrl } = ctx.config;
  return {
    id: `tip-answer-${answer.id}`,
    to: answer.email,
    replyTo: addressee.email,
    fromName: to,
    ...(earlier && { headers: answersTo(ctx.config, `tip-answer-${earlier}`) }),
    ...(await composeAnswer({ language: answer.language, to, answer, baseUrl })),
  };
}

type AnswerContent = Pick<TipAnswer, "name" | "text" | "tip" | "by">;
type ComposingAnswer = { language: Language; to: string; answer: AnswerContent; baseUrl: string };

async function composeAnswer({ language, to, answer, baseUrl }: ComposingAnswer) {
  const t = translator(language);
  const subject = t("work:mail.subject", { to });
  const mail = await composeMail({
    language,
    subject,
    siteName: to,
    heading: t("work:mail.heading", { name: answer.name }),
    blocks: [
      ...answer.text.split(/\n{2,}/).map((text) => ({ kind: "paragraph" as const, text })),
      { kind: "paragraph", text: answer.by ? t("work:mail.by", { name: answer.by, to }) : to },
      { kind: "small", text: t("work:mail.yours") },
      { kind: "quote", text: answer.tip },
    ],
    footerLinks: [{ label: to, href: baseUrl + paths(language).home }, mineLink(language, baseUrl)],
    reason: t("work:mail.reason", { to }),
  });
  return { subject, ...mail };
}

/** Tells somebody of the team that a tip is theirs to take up. */
export async function assignedMail(
  ctx: Ctx,
  tip: AssignedTip,
  addressee: Addressee,
  at: Date,
): Promise<Mail> {
  const { language } = tip;
  const to = pick(addressee.name, language).text;
  const { baseUrl } = ctx.config;
  return {
    id: `tip-assigned-${tip.id}-${at.getTime()}`,
    to: tip.email,
    fromName: to,
    ...(await composeAssigned({ language, to, tip, baseUrl })),
  };
}

type AssignedContent = Pick<AssignedTip, "id" | "kind" | "name" | "text" | "by">;
type ComposingAssigned = { language: Language; to: string; tip: AssignedContent; baseUrl: string };

async function composeAssigned({ language, to, tip, baseUrl }: ComposingAssigned) {
  const t = translator(language);
  const { id, kind, name, text, by } = tip;
  const subject = t("work:assigned.subject", { tip: t(`work:tips.kind.${kind}`, { name }) });
  const mail = await composeMail({
    language,
    subject,
    siteName: to,
    heading: subject,
    blocks: [
      { kind: "paragraph", text: by ? t("work:assigned.by", { name: by }) : t("work:assigned.text") },
      { kind: "quote", text },
      { kind: "button", label: t("work:assigned.button"), href: baseUrl + desk(language).one("tips", id) },
    ],
    footerLinks: [{ label: to, href: baseUrl + paths(language).home }, mineLink(language, baseUrl)],
    reason: t("work:assigned.reason", { to }),
  });
  return { subject, ...mail };
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
  {
    name: "contact-answer",
    render: (language) =>
      composeAnswer({
        language,
        to: "Op pad met de CXO",
        baseUrl: "https://voorbeeld.example",
        answer: {
          name: "Sam de Vries",
          text: "Wat een mooi voorbeeld. We komen graag kijken.\n\nKan het op 12 mei?",
          tip: "In onze wijk beslissen bewoners mee over het groen.",
          by: "Robin",
        },
      }),
  },
  {
    name: "contact-assigned",
    render: (language) =>
      composeAssigned({
        language,
        to: "Op pad met de CXO",
        baseUrl: "https://voorbeeld.example",
        tip: {
          id: "00000000-0000-4000-8000-000000000000",
          kind: "example",
          name: "Sam de Vries",
          text: "In onze wijk beslissen bewoners mee over het groen.",
          by: "Robin",
        },
      }),
  },
];
