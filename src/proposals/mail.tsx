import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import type { Ctx } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import type { Proposal } from "./queries.ts";

export type MailKind = "proposed" | "question" | "approved" | "refused";
type Content = Pick<Proposal, "name" | "proposer" | "tagline" | "question" | "reason">;
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
    question: proposal.question,
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
      ...(kind === "proposed" ? [] : [mineLink(language, site.baseUrl)]),
    ],
    reason: t(kind === "proposed" ? "proposals:mail.teamReason" : "proposals:mail.reason", {
      site: site.name,
    }),
  });
  return { subject, ...mail };
}

/** A mail about a proposal: to the movement's address when it comes in, else to the proposer. */
export async function proposalMail(ctx: Ctx, kind: MailKind, proposal: Proposal): Promise<Mail> {
  const movement = await ctx.db.selectFrom("movement").select(["name", "contact_email"]).executeTakeFirst();
  const team = movement?.contact_email ?? ctx.config.mail.from;
  const language: Language = kind === "proposed" ? "nl" : proposal.language;
  const name = pick(movement?.name ?? { nl: "Archipel" }, language).text;
  const origin = ctx.config.baseUrl;
  const hrefs = {
    proposed: desk(language).one("proposals", proposal.id),
    question: paths(language).proposalReply(ctx.keys.token("proposal-reply", proposal.id)),
    approved: desk(language).signIn,
    refused: paths(language).contact,
  };
  const moment = { proposed: proposal.proposed_at, question: proposal.asked_at }[
    kind as "proposed" | "question"
  ];
  return {
    id: `proposal-${kind}-${proposal.id}${kind === "question" ? `-${moment?.getTime() ?? 0}` : ""}`,
    to: kind === "proposed" ? team : proposal.email,
    replyTo: kind === "proposed" ? proposal.email : team,
    fromName: name,
    ...(await compose({
      ...{ kind, language, proposal, href: origin + hrefs[kind] },
      site: { name, baseUrl: origin },
    })),
  };
}

const example: Content = {
  name: "Straatwijs",
  proposer: "Sam de Vries",
  tagline: "Bewoners en ambtenaren lopen samen door de wijk.",
  question: "Wie doen er al mee?",
  reason: "Dit lijkt veel op Slimmernetwerk. Wil je daar eens kijken?",
};

export const proposalMailPreviews: MailPreview[] = (
  ["proposed", "question", "approved", "refused"] as const
).map((kind) => ({
  name: `proposals-${kind}`,
  render: (language) =>
    compose({
      ...{ kind, language, proposal: example, href: "https://voorbeeld.example/beheer" },
      site: { name: "Wij, Publieke Veranderaars", baseUrl: "https://voorbeeld.example" },
    }),
}));
