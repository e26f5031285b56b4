import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { dateInWords, defaultLanguage, type Language, translator } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { answersTo, type Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import { answerToken, teamAddress } from "./answer-links.ts";
import { getMovementContact, type Offer } from "./queries.ts";

type Told = Pick<Offer, "name" | "offer" | "why" | "available" | "reason">;
type Answer = "accepted" | "declined";
type Content = { language: Language; initiative: string; site: string; told: Told };

/** The team works in the movement's first language. */
const teamLanguage = defaultLanguage;

const contentOf = (ctx: Ctx, offer: Offer, language: Language): Content => ({
  language,
  initiative: pick(offer.initiative, language).text,
  site: ctx.config.baseUrl,
  told: offer,
});

const answerLinks = (ctx: Ctx, offer: Offer, address: string) => {
  const to = paths(teamLanguage);
  return {
    accept: ctx.config.baseUrl + to.acceptOffer(answerToken(ctx, "accepted", offer.id, address)),
    decline: ctx.config.baseUrl + to.declineOffer(answerToken(ctx, "declined", offer.id, address)),
  };
};

/** The offer, with the two links to answer it. The person's address follows on a yes. */
export async function offerMail(ctx: Ctx, offer: Offer): Promise<Mail> {
  const to = await teamAddress(ctx, offer);
  const content = { ...contentOf(ctx, offer, teamLanguage), ...answerLinks(ctx, offer, to) };
  return { id: `offer-${offer.id}`, to, ...(await composeOffer(content, "offer")) };
}

/** After seven days without an answer. */
export async function reminderMail(ctx: Ctx, offer: Offer): Promise<Mail> {
  const to = await teamAddress(ctx, offer);
  const content = { ...contentOf(ctx, offer, teamLanguage), ...answerLinks(ctx, offer, to) };
  return { id: `offer-reminder-${offer.id}`, to, ...(await composeOffer(content, "reminder")) };
}

/** After fourteen days: the movement's address hears of it, and can answer too. */
export async function escalationMail(ctx: Ctx, offer: Offer): Promise<Mail> {
  const { email: to } = await getMovementContact(ctx);
  const content = { ...contentOf(ctx, offer, teamLanguage), ...answerLinks(ctx, offer, to) };
  return { id: `offer-escalation-${offer.id}`, to, ...(await composeOffer(content, "escalation")) };
}

/** After fourteen days: the person is told honestly. */
export async function silenceMail(ctx: Ctx, offer: Offer): Promise<Mail> {
  const mail = await composeToPerson(contentOf(ctx, offer, offer.language), "silence");
  return { id: `offer-silence-${offer.id}`, to: offer.email, occasion: "told", ...mail };
}

/** The team's answer; on a yes a reply goes to the team. */
export async function answerMail(ctx: Ctx, offer: Offer): Promise<Mail> {
  const answer = offer.answer ?? "declined";
  const mail = await composeToPerson(contentOf(ctx, offer, offer.language), answer);
  const replyTo = answer === "accepted" ? { replyTo: await teamAddress(ctx, offer) } : {};
  return { id: `offer-answer-${offer.id}`, to: offer.email, ...replyTo, ...mail };
}

/** Word to the team that the offer is off. */
export async function withdrawalMail(ctx: Ctx, offer: Offer): Promise<Mail> {
  const { initiative, language, site, told } = contentOf(ctx, offer, teamLanguage);
  const t = translator(language);
  const subject = t("participation:mail.withdrawn.subject", { name: told.name });
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t("participation:mail.withdrawn.text", { name: told.name, initiative }) },
  ];
  const mail = await composeMail({
    ...teamFrame(language, initiative, site),
    subject,
    heading: subject,
    blocks,
  });
  return {
    id: `offer-withdrawn-${offer.id}`,
    to: await teamAddress(ctx, offer),
    subject,
    fromName: initiative,
    ...mail,
  };
}

type Gone = { id: string; offeredAt: string; initiative: Localized; contact_email: string | null };

/**
 * Word to the team that an offer was erased with everything about its person: without the name, which nobody here knows
 * any more. It answers to the mail with the offer, so that a mail program shows them together.
 */
export async function goneMail(ctx: Ctx, gone: Gone): Promise<Mail> {
  const language = teamLanguage;
  const initiative = pick(gone.initiative, language).text;
  const date = dateInWords(new Date(gone.offeredAt), language);
  return {
    id: `offer-gone-${gone.id}`,
    to: await teamAddress(ctx, gone),
    headers: answersTo(ctx.config, `offer-${gone.id}`),
    ...(await composeGone({ language, initiative, date, site: ctx.config.baseUrl })),
  };
}

type GoneContent = { language: Language; initiative: string; date: string; site: string };

async function composeGone({ language, initiative, date, site }: GoneContent) {
  const t = translator(language);
  const subject = t("participation:mail.gone.subject", { initiative });
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t("participation:mail.gone.text", { initiative, date }) },
    { kind: "paragraph", text: t("participation:mail.gone.next") },
  ];
  const frame = teamFrame(language, initiative, site);
  return {
    subject,
    fromName: initiative,
    ...(await composeMail({ ...frame, subject, heading: subject, blocks })),
  };
}

type Moment = "offer" | "reminder" | "escalation";

async function composeOffer(content: Content & { accept: string; decline: string }, moment: Moment) {
  const { language, initiative, site, told, accept, decline } = content;
  const t = translator(language);
  const { name } = told;
  const subject = t(`participation:mail.${moment}.subject`, { name, initiative });
  const facts = [
    told.why ? [t("participation:mail.why", { why: told.why })] : [],
    told.available ? [t("participation:mail.available", { available: told.available })] : [],
  ].flat();
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t(`participation:mail.${moment}.intro`, { name, initiative }) },
    { kind: "quote", text: told.offer },
    ...(facts.length > 0 ? [{ kind: "list" as const, items: facts }] : []),
    { kind: "button", label: t("participation:mail.accept"), href: accept },
    { kind: "link", label: t("participation:mail.decline"), href: decline },
    { kind: "small", text: t("participation:mail.once") },
  ];
  const mail = await composeMail({
    ...teamFrame(language, initiative, site),
    subject,
    heading: subject,
    blocks,
  });
  return { subject, fromName: initiative, ...mail };
}

const teamFrame = (language: Language, initiative: string, site: string) => ({
  language,
  siteName: initiative,
  footerLinks: [{ label: translator(language)("participation:mail.all"), href: site + paths(language).join }],
  reason: translator(language)("participation:mail.teamReason", { initiative }),
});

async function composeToPerson(content: Content, moment: Answer | "silence") {
  const { language, initiative, site, told } = content;
  const t = translator(language);
  const subject = t(`participation:mail.${moment}.subject`, { initiative });
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t(`participation:mail.${moment}.text`, { name: told.name, initiative }) },
    ...(told.reason && moment !== "silence" ? [{ kind: "quote" as const, text: told.reason }] : []),
    { kind: "paragraph", text: t(`participation:mail.${moment}.next`, { initiative }) },
    { kind: "button", label: t("participation:mail.others"), href: site + paths(language).join },
  ];
  const mail = await composeMail({
    language,
    siteName: initiative,
    subject,
    heading: subject,
    blocks,
    footerLinks: [mineLink(language, site)],
    reason: t("participation:mail.personReason", { initiative }),
  });
  return { subject, fromName: initiative, ...mail };
}

const sample = (language: Language): Content => ({
  language,
  initiative: "Op pad met de CXO",
  site: "https://voorbeeld.example",
  told: {
    name: "Sam de Vries",
    offer: "Ik ken een wijkteam dat anders is gaan werken en stel jullie graag voor.",
    why: "Omdat anderen hier veel van kunnen leren.",
    available: "Op vrijdag",
    reason: "Daar zijn we blij mee!",
  },
});
const links = { accept: "https://voorbeeld.example/a", decline: "https://voorbeeld.example/b" };

export const participationMailPreviews: MailPreview[] = [
  ...(["offer", "reminder", "escalation"] as const).map((moment) => ({
    name: `participation-${moment}`,
    render: (language: Language) => composeOffer({ ...sample(language), ...links }, moment),
  })),
  ...(["accepted", "declined", "silence"] as const).map((moment) => ({
    name: `participation-${moment}`,
    render: (language: Language) => composeToPerson(sample(language), moment),
  })),
  {
    name: "participation-gone",
    render: (language) => {
      const { initiative, site } = sample(language);
      const date = dateInWords(new Date("2026-03-01T12:00:00Z"), language);
      return composeGone({ language, initiative, date, site });
    },
  },
];
