import { personMay } from "../accounts/operations.ts";
import { movementName } from "../accounts/queries.ts";
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
  { personId, at, errors }: Failure & { personId: string },
): Promise<Mail | null> {
  const reader = await readerOf(ctx, kind, document, personId);
  if (!reader) return null;
  const t = translator(reader.language);
  const missing = errors.map(({ name, message, values }) => {
    const field = kind.fields.find((one) => name === one.name || name.startsWith(`${one.name}.`));
    return `${field ? `${t(field.label)}: ` : ""}${t(message, values ?? {})}`;
  });
  return {
    id: `not-gone-out-${document.id}-${at.getTime()}`,
    to: reader.email,
    fromName: reader.siteName,
    ...(await compose({ ...reader, at, why: "failed", missing })),
  };
}

/** Tells one who may bring a text out that it no longer goes out by itself; null where that person may not any more. */
export async function orphanedMail(
  ctx: Ctx,
  kind: DocumentKind,
  document: Document,
  { personId, at }: { personId: string; at: Date },
): Promise<Mail | null> {
  const reader = await readerOf(ctx, kind, document, personId);
  if (!reader) return null;
  return {
    id: `orphaned-${document.id}-${personId}-${at.getTime()}`,
    to: reader.email,
    fromName: reader.siteName,
    ...(await compose({ ...reader, at, why: "orphaned", missing: [] })),
  };
}

/** Who a mail about a text is for, and what it says of it; null where that person is gone, or may not publish it now. */
async function readerOf(ctx: Ctx, kind: DocumentKind, document: Document, personId: string) {
  const person = await getPerson(ctx, personId);
  if (!person || !(await personMay(ctx, personId, kind.actions.publish, document.initiativeId))) return null;
  const { language, email } = person;
  const { baseUrl } = ctx.config;
  return {
    ...{ language, email, baseUrl, siteName: await movementName(ctx, language) },
    title:
      titleOf(kind, wholeContent(kind, document.content), language) ??
      translator(language)("writing:untitled"),
    href: baseUrl + desk(language).document(kind.kind, document.id),
  };
}

type Composing = {
  language: Language;
  siteName: string;
  baseUrl: string;
  title: string;
  at: Date;
  /** It could not go out, or who planned it may not bring it out any more. */
  why: "failed" | "orphaned";
  /** What has to be mended, a line each; none where the text was not the cause. */
  missing: string[];
  href: string;
};

async function compose({ language, siteName, baseUrl, title, at, why, missing, href }: Composing) {
  const t = translator(language);
  const subject = t(`writing:mail.${why}.subject`, { title });
  const blocks: MailBlock[] = [
    {
      kind: "paragraph",
      text: t(`writing:mail.${why}.text`, { title, moment: momentInWords(at, language) }),
    },
    ...(missing.length > 0
      ? [
          { kind: "paragraph" as const, text: t("writing:mail.failed.missing") },
          { kind: "list" as const, items: missing },
        ]
      : [
          {
            kind: "paragraph" as const,
            text: t(why === "failed" ? "writing:mail.failed.broken" : "writing:mail.orphaned.next"),
          },
        ]),
    { kind: "button", label: t("writing:mail.failed.button"), href },
  ];
  const mail = await composeMail({
    ...{ language, subject, siteName, heading: subject, blocks },
    footerLinks: [{ label: siteName, href: baseUrl + paths(language).home }, mineLink(language, baseUrl)],
    reason: t(`writing:mail.${why}.reason`),
  });
  return { subject, ...mail };
}

const sample = (language: Language) => ({
  ...{ language, siteName: "Wij, Publieke Veranderaars", baseUrl: "https://voorbeeld.example" },
  title: "Thee in de trein",
  at: new Date("2027-03-28T07:00:00Z"),
  href: "https://voorbeeld.example/beheer",
});

export const writingMailPreviews: MailPreview[] = [
  {
    name: "writing-not-gone-out",
    render: (language) => {
      const t = translator(language);
      const missing = [`${t("updates:document.summary")}: ${t("writing:missing")}`];
      return compose({ ...sample(language), why: "failed", missing });
    },
  },
  {
    name: "writing-orphaned",
    render: (language) => compose({ ...sample(language), why: "orphaned", missing: [] }),
  },
];
