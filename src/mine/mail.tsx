import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import { codeLinkToken, codeOf } from "../people/operations.ts";
import type { Ctx } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";

type Asked = { id: string; email: string; language: Language; site_name: string };

/** The way in for who is known here; for who is not, that nothing is kept. */
export async function codeMail(ctx: Ctx, asked: Asked, known: boolean): Promise<Mail> {
  const { id, email, language, site_name: siteName } = asked;
  const shared = { language, siteName, baseUrl: ctx.config.baseUrl };
  const link = ctx.config.baseUrl + paths(language).mineOpen(codeLinkToken(ctx, "mine", id));
  const mail = known
    ? await composeCode({ ...shared, code: codeOf(ctx, "mine", id), link })
    : await composeNothing(shared);
  return { id: `visit-code-${id}`, to: email, fromName: siteName, ...mail };
}

type Shared = { language: Language; siteName: string; baseUrl: string };

async function composeCode({ code, link, ...shared }: Shared & { code: string; link: string }) {
  const t = translator(shared.language);
  return compose(shared, t("mine:mail.codeHeading", { code }), [
    { kind: "paragraph", text: t("mine:mail.type") },
    { kind: "paragraph", text: t("mine:mail.or") },
    { kind: "button", label: t("mine:mail.button"), href: link },
    { kind: "small", text: t("mine:mail.notMe") },
    { kind: "small", text: t("mine:mail.secret") },
  ]);
}

async function composeNothing(shared: Shared) {
  const t = translator(shared.language);
  return compose(shared, t("mine:mail.nothingHeading"), [
    { kind: "paragraph", text: t("mine:mail.nothing", { site: shared.siteName }) },
    { kind: "paragraph", text: t("mine:mail.otherAddress") },
    { kind: "small", text: t("mine:mail.notMeNothing") },
  ]);
}

async function compose({ language, siteName, baseUrl }: Shared, heading: string, blocks: MailBlock[]) {
  const t = translator(language);
  const subject = t("mine:mail.subject", { site: siteName });
  const mail = await composeMail({
    language,
    subject,
    siteName,
    heading,
    preheader: t("mine:mail.preheader"),
    blocks,
    footerLinks: [
      mineLink(language, baseUrl),
      { label: t("confirmations:mail.privacy"), href: baseUrl + paths(language).privacy },
    ],
    reason: t("mine:mail.reason", { site: siteName }),
  });
  return { subject, ...mail };
}

const sample = (language: Language): Shared => ({
  language,
  siteName: "Wij, Publieke Veranderaars",
  baseUrl: "https://voorbeeld.example",
});

export const mineMailPreviews: MailPreview[] = [
  {
    name: "mine-code",
    render: (language) => {
      const shared = sample(language);
      const link = shared.baseUrl + paths(language).mineOpen("x");
      return composeCode({ ...shared, code: "204618", link });
    },
  },
  { name: "mine-nothing-kept", render: (language) => composeNothing(sample(language)) },
];
