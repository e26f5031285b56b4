import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import type { Proposal, Question } from "./queries.ts";

const mailKinds = ["proposed", "question", "replied", "approved", "refused"] as const;
type MailKind = (typeof mailKinds)[number];
type Content = Pick<Proposal, "name" | "proposer" | "tagline" | "reason"> & {
  asked: Pick<Question, "question" | "reply"> | null;
};
/** Whether a mail goes to the movement's team; the others go to the proposer. */
const toTeam = (kind: MailKind) => kind === "proposed" || kind === "replied";
type Composing = {
  kind: MailKind;
  language: Language;
  site: { name: string; baseUrl: string };
  href: string;
  proposal: Content;
};

async function compose({ kind, language, site, href, proposal }: Composing) {
  const t = translator(language);
  const { name, proposer } = proposal;
  const subject = t(`proposals:mail.${kind}.subject`, { name });
  const quoted = {
    proposed: proposal.tagline,
    question: proposal.asked?.question,
    replied: proposal.asked?.reply,
    approved: null,
    refused: proposal.reason,
  };
  const quote = quoted[kind];
  const blocks: MailBlock[] = [
    { kind: "paragraph", text: t(`proposals:mail.${kind}.text`, { name, proposer }) },
    ...(quote ? [{ kind: "quote" as const, text: quote }] : []),
    ...(kind === "refused"
      ? [{ kind: "paragraph" as const, text: t("proposals:mail.refused.more") }]
      : [{ kind: "button" as const, label: t(`proposals:mail.${kind}.button`), href }]),
  ];
  const mail = await composeMail({
    ...{ language, subject, siteName: site.name, heading: subject, blocks },
    footerLinks: [
      { label: site.name, href: site.baseUrl + paths(language).home },
      ...(toTeam(kind) ? [] : [mineLink(language, site.baseUrl)]),
    ],
    reason: t(toTeam(kind) ? "proposals:mail.teamReason" : "proposals:mail.reason", {
      site: site.name,
    }),
  });
  return { subject, ...mail };
}

/** A mail about a proposal, or about a question of it: to the movement's address, or to the proposer. */
export async function proposalMail(
  ctx: Ctx,
  kind: MailKind,
  proposal: Proposal,
  asked: Question | null,
): Promise<Mail> {
  const movement = await ctx.db.selectFrom("movement").select(["name", "contact_email"]).executeTakeFirst();
  const team = movement?.contact_email ?? ctx.config.mail.from;
  const language: Language = toTeam(kind) ? "nl" : proposal.language;
  const name = pick(movement?.name ?? { nl: "Archipel" }, language).text;
  const origin = ctx.config.baseUrl;
  const here = desk(language).one("proposals", proposal.id);
  const hrefs = {
    proposed: here,
    replied: here,
    question: paths(language).proposalReply(ctx.keys.token("proposal-reply", proposal.id)),
    approved: proposal.initiative_id
      ? desk(language).one("islands", proposal.initiative_id)
      : desk(language).signIn,
    refused: paths(language).contact,
  };
  return {
    id: `proposal-${kind}-${proposal.id}${asked ? `-${asked.asked_at.getTime()}` : ""}`,
    to: toTeam(kind) ? team : proposal.email,
    replyTo: toTeam(kind) ? proposal.email : team,
    fromName: name,
    ...(await compose({
      ...{ kind, language, proposal: { ...proposal, asked }, href: origin + hrefs[kind] },
      site: { name, baseUrl: origin },
    })),
  };
}

const example: Content = {
  name: "Straatwijs",
  proposer: "Sam de Vries",
  tagline: "Bewoners en ambtenaren lopen samen door de wijk.",
  asked: { question: "Wie doen er al mee?", reply: "Acht bewoners en twee ambtenaren." },
  reason: "Dit lijkt veel op Slimmernetwerk. Wil je daar eens kijken?",
};

export const proposalMailPreviews: MailPreview[] = mailKinds.map((kind) => ({
  name: `proposals-${kind}`,
  render: (language) =>
    compose({
      ...{ kind, language, proposal: example, href: "https://voorbeeld.example/beheer" },
      site: { name: "Wij, Publieke Veranderaars", baseUrl: "https://voorbeeld.example" },
    }),
}));
