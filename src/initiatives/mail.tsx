import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailPreview } from "../ui/mail/compose.ts";

type Changed = { id: string; initiativeId: string; email: string; language: Language };

/** Word that an initiative's contact address changed; null where the initiative is gone. */
export async function contactChangedMail(ctx: Ctx, { id, email, ...changed }: Changed): Promise<Mail | null> {
  const initiative = await ctx.db
    .selectFrom("initiatives")
    .select("name")
    .where("id", "=", changed.initiativeId)
    .executeTakeFirst();
  if (!initiative) return null;
  const name = pick(initiative.name, changed.language).text;
  const mail = await composeContactChanged({ ...changed, name, site: ctx.config.baseUrl });
  return { id: `contact-changed-${id}`, to: email, fromName: name, ...mail };
}

type Content = { language: Language; initiativeId: string; name: string; site: string };

async function composeContactChanged({ language, initiativeId, name, site }: Content) {
  const t = translator(language);
  const to = paths(language);
  const subject = t("initiatives:contactMail.subject", { name });
  const mail = await composeMail({
    ...{ language, subject, siteName: name, heading: subject },
    reason: t("initiatives:contactMail.reason", { name }),
    blocks: [
      { kind: "paragraph", text: t("initiatives:contactMail.text", { name }) },
      {
        kind: "button",
        label: t("initiatives:contactMail.button"),
        href: site + desk(language).part("islands", initiativeId, "contact"),
      },
      { kind: "paragraph", text: t("initiatives:contactMail.notYou") },
      { kind: "link", label: t("initiatives:contactMail.ask"), href: site + to.contact },
    ],
    footerLinks: [{ label: t("confirmations:mail.privacy"), href: site + to.privacy }],
  });
  return { subject, ...mail };
}

/** The mail about an initiative's contact address. */
export const initiativeMailPreviews: MailPreview[] = [
  {
    name: "initiatives-contact-changed",
    render: (language) =>
      composeContactChanged({
        ...{ language, initiativeId: "x", name: "Straatwijs", site: "https://voorbeeld.example" },
      }),
  },
];
