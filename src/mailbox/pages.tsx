import { technical } from "../paths.ts";
import { type Language, languages } from "../platform/i18n.ts";
import type { MailPreview } from "../ui/mail/compose.ts";
import { Pagination } from "../ui/pagination.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import { MailView } from "./components.tsx";
import { hasMailbox } from "./policy.ts";
import type { MailboxMail, MailSummary } from "./queries.ts";

type MailboxPageProps = { visit: Visit; mails: MailSummary[]; page: number; pages: number };

/** The mails that did not leave, newest first. */
export function MailboxPage({ visit, mails, page, pages }: MailboxPageProps) {
  const { t, language } = visit;
  return (
    <VisitPage visit={visit} at={() => technical.mailbox} title={t("mailbox:title")} noindex>
      <div class="page-title">
        <h1>{t("mailbox:title")}</h1>
        <p class="lead">{t("mailbox:lead")}</p>
      </div>
      <div class="section">
        {mails.length === 0 && <p>{t("mailbox:empty")}</p>}
        <ul class="route plain-list">
          {mails.map((mail) => (
            <li>
              <p class="route__date">
                <time datetime={mail.sent_at.toISOString()}>{moment(mail.sent_at, language)}</time>
              </p>
              <p>
                <a class="nl-link" href={technical.mailboxMail(mail.id)}>
                  {mail.subject}
                </a>
                <br />
                {t("mailbox:to", { recipient: mail.recipient })}
              </p>
            </li>
          ))}
        </ul>
        <Pagination t={t} page={page} pages={pages} href={(page) => `${technical.mailbox}?page=${page}`} />
        <p>
          <a class="nl-link" href={technical.mailPreviews}>
            {t("mailbox:previews")}
          </a>
        </p>
      </div>
    </VisitPage>
  );
}

/** One mail of the mailbox. */
export function MailPage({ visit, mail }: { visit: Visit; mail: MailboxMail }) {
  const { t, language } = visit;
  const from = visit.ctx.config.mail.from;
  const headers: [string, string | null][] = [
    ["From", mail.from_name ? `${mail.from_name} <${from}>` : from],
    ["To", mail.recipient],
    ["Reply-To", mail.reply_to],
    ["Date", moment(mail.sent_at, language)],
    ["Message-ID", mail.message_id],
    ...Object.entries(mail.headers),
  ];
  return (
    <VisitPage
      visit={visit}
      at={() => technical.mailboxMail(mail.id)}
      title={mail.subject}
      breadcrumbs={[{ href: technical.mailbox, label: t("mailbox:title") }, { label: mail.subject }]}
      noindex
    >
      <MailView
        t={t}
        mail={{
          subject: mail.subject,
          text: mail.text,
          htmlHref: technical.mailboxHtml(mail.id),
          headers: headers.filter((header): header is [string, string] => header[1] !== null),
        }}
      />
    </VisitPage>
  );
}

/** One of every mail that the program sends, in each language. */
export function PreviewsPage({ visit, previews }: { visit: Visit; previews: MailPreview[] }) {
  const { t } = visit;
  return (
    <VisitPage visit={visit} at={() => technical.mailPreviews} title={t("mailbox:previews")} noindex>
      <div class="page-title">
        <h1>{t("mailbox:previews")}</h1>
        <p class="lead">{t("mailbox:previewsLead")}</p>
      </div>
      <div class="section">
        <ul>
          {previews.map(({ name }) => (
            <li>
              {name}
              {languages.map((language) => (
                <>
                  {" · "}
                  <a class="nl-link" href={technical.mailPreview(name, language)}>
                    <span lang={language}>{t(`ui:languageName.${language}`)}</span>
                    <span class="visually-hidden"> ({name})</span>
                  </a>
                </>
              ))}
            </li>
          ))}
        </ul>
        {hasMailbox(visit.ctx.config) && (
          <p>
            <a class="nl-link" href={technical.mailbox}>
              {t("mailbox:title")}
            </a>
          </p>
        )}
      </div>
    </VisitPage>
  );
}

type PreviewPageProps = {
  visit: Visit;
  preview: { name: string; subject: string; text: string };
  language: Language;
};

/** One preview. */
export function PreviewPage({ visit, preview, language }: PreviewPageProps) {
  const { t } = visit;
  return (
    <VisitPage
      visit={visit}
      at={() => technical.mailPreview(preview.name, language)}
      title={preview.subject}
      breadcrumbs={[{ href: technical.mailPreviews, label: t("mailbox:previews") }, { label: preview.name }]}
      noindex
    >
      <MailView
        t={t}
        mail={{ ...preview, htmlHref: technical.mailPreviewHtml(preview.name, language), headers: [] }}
      />
    </VisitPage>
  );
}

const moment = (date: Date, language: Language): string =>
  new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "Europe/Amsterdam",
  }).format(date);
