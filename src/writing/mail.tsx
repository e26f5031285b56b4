import { may } from "../accounts/operations.ts";
import { listRolesOf, movementName } from "../accounts/queries.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { mineLink } from "../people/components.tsx";
import { getPerson } from "../people/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { type Language, momentInWords, translator } from "../platform/i18n.ts";
import type { Mail } from "../platform/mailer.ts";
import { composeMail, type MailBlock, type MailPreview } from "../ui/mail/compose.ts";
import { titleOf, wholeContent } from "./content.ts";
import type { Problem } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";

type Failure = { at: Date; errors: Problem[] };

/** Tells who chose the moment that a text did not go out; null where that person is gone, or may not publish it now. */
export async function failedMail(
  ctx: Ctx,
  kind: DocumentKind,
  document: Document,
  { personId, ...failure }: Failure & { personId: string },
): Promise<Mail | null> {
  const person = await getPerson(ctx, personId);
  if (!person) return null;
  const { language, email } = person;
  const roles = await listRolesOf(ctx, personId, language);
  if (!may(roles, kind.actions.publish, document.initiativeId)) return null;
  const siteName = await movementName(ctx, language);
  const { baseUrl } = ctx.config;
  const t = translator(language);
  const missing = failure.errors.map(({ name, message, values }) => {
    const field = kind.fields.find((one) => name === one.name || name.startsWith(`${one.name}.`));
    return `${field ? `${t(field.label)}: ` : ""}${t(message, values ?? {})}`;
  });
  const mail = await compose({
    ...{ language, siteName, baseUrl, at: failure.at, missing },
    title: titleOf(kind, wholeContent(kind, document.content), language) ?? t("writing:untitled"),
    href: baseUrl + desk(language).document(kind.kind, document.id),
  });
  return {
    id: `not-gone-out-${document.id}-${failure.at.getTime()}`,
    to: email,
    fromName: siteName,
    ...mail,
  };
}

type Composing = {
  language: Language;
  siteName: string;
  baseUrl: string;
  title: string;
  at: Date;
  /** What has to be mended, a line each; none where the text was not the cause. */
  missing: string[];
  href: string;
};

async function compose({ language, siteName, baseUrl, title, at, missing, href }: Composing) {
  const t = translator(language);
  const subject = t("writing:mail.failed.subject", { title });
  const blocks: MailBlock[] = [
    {
      kind: "paragraph",
      text: t("writing:mail.failed.text", { title, moment: momentInWords(at, language) }),
    },
    ...(missing.length > 0
      ? [
          { kind: "paragraph" as const, text: t("writing:mail.failed.missing") },
          { kind: "list" as const, items: missing },
        ]
      : [{ kind: "paragraph" as const, text: t("writing:mail.failed.broken") }]),
    { kind: "button", label: t("writing:mail.failed.button"), href },
  ];
  const mail = await composeMail({
    ...{ language, subject, siteName, heading: subject, blocks },
    footerLinks: [{ label: siteName, href: baseUrl + paths(language).home }, mineLink(language, baseUrl)],
    reason: t("writing:mail.failed.reason"),
  });
  return { subject, ...mail };
}

export const writingMailPreviews: MailPreview[] = [
  {
    name: "writing-not-gone-out",
    render: (language) =>
      compose({
        ...{ language, siteName: "Wij, Publieke Veranderaars", baseUrl: "https://voorbeeld.example" },
        title: "Thee in de trein",
        at: new Date("2027-03-28T07:00:00Z"),
        missing: [
          `${translator(language)("updates:document.summary")}: ${translator(language)("writing:missing")}`,
        ],
        href: "https://voorbeeld.example/beheer",
      }),
  },
];
