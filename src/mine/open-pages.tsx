import { paths } from "../paths.ts";
import { readableAddress } from "../platform/email-address.ts";
import type { FieldErrors } from "../platform/fields.ts";
import type { Language } from "../platform/i18n.ts";
import { CodeForm } from "../ui/code-form.tsx";
import { ErrorSummary, Form, Honeypot, SubmitButton, TextField } from "../ui/forms.tsx";
import { Icon } from "../ui/icons.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Notice } from "./notices.ts";

type AskPageProps = {
  visit: Visit;
  notice?: Notice | null;
  errors?: FieldErrors;
  typed?: Record<string, string>;
};

const field = { idPrefix: "mine" };

/** Where somebody without a visit comes in: an address, to which the code goes. */
export function AskPage({ visit, notice = null, errors = [], typed = {} }: AskPageProps) {
  const { t, language } = visit;
  const to = paths(language);
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  return (
    <VisitPage
      visit={visit}
      at={(language) => paths(language).mine}
      title={t("mine:title")}
      description={t("mine:ask.lead")}
      errorCount={errors.length}
      announce={notice ? t(`mine:notice.${notice}`) : undefined}
      noindex
    >
      <div class="page-title">
        <h1 id="mine-heading">{t("mine:title")}</h1>
        <p class="lead">{t("mine:ask.lead")}</p>
      </div>
      <div class="section section--tight">
        <div class="prose">
          <NoticeLine visit={visit} notice={notice} />
          <ErrorSummary t={t} {...field} errors={messages} />
          <p>{t("mine:ask.how")}</p>
          <Form action={to.minePart("code")} labelledBy="mine-heading">
            <TextField
              t={t}
              {...field}
              name="email"
              type="email"
              autocomplete="email"
              label={t("forms:email.label")}
              description={t("mine:ask.emailWhy")}
              value={typed.email}
              error={messages.find(({ name }) => name === "email")?.message}
            />
            <Honeypot t={t} {...field} />
            <SubmitButton>{t("mine:ask.button")}</SubmitButton>
          </Form>
          <p class="meta">{t("mine:ask.cookie")}</p>
        </div>
      </div>
    </VisitPage>
  );
}

/** What just happened. */
export const NoticeLine = ({ visit, notice }: { visit: Visit; notice: Notice | null }) =>
  notice && (
    <p class="notice notice--success" role="status">
      <Icon name="check" /> {visit.t(`mine:notice.${notice}`)}
    </p>
  );

type CodePageProps = { visit: Visit; token: string; error?: string; typed?: string };

/** After asking, the same for every address: where the code from the mail is typed. */
export function CodePage({ visit, token, error, typed }: CodePageProps) {
  const { t, language } = visit;
  const to = paths(language);
  return (
    <VisitPage
      visit={visit}
      at={(language) => paths(language).mineCode(token)}
      title={t("mine:code.title")}
      errorCount={error ? 1 : 0}
      noindex
    >
      <div class="page-title">
        <h1 id="mine-heading">{t("mine:code.title")}</h1>
        <p class="lead">{t("mine:code.lead")}</p>
      </div>
      <div class="section section--tight">
        <div class="prose">
          <ErrorSummary t={t} {...field} errors={error ? [{ name: "code", message: error }] : []} />
          <CodeForm
            {...{ t, ...field, error, typed }}
            action={to.mineCode(token)}
            labelledBy="mine-heading"
            label={t("mine:code.label")}
            why={t("mine:code.why")}
            button={t("mine:code.button")}
          />
          <h2>{t("mine:code.noneHeading")}</h2>
          <p>{t("mine:code.none")}</p>
          <p>
            <a href={to.mine}>{t("mine:code.again")}</a>
          </p>
        </div>
      </div>
    </VisitPage>
  );
}

type LinkPageProps = { visit: Visit; token: string; email: string | null };

/** Behind the mail's link: a button, because programs follow links too. Null: the link is over. */
export function LinkPage({ visit, token, email }: LinkPageProps) {
  const { t, language } = visit;
  const to = paths(language);
  const title = t(email ? "mine:link.title" : "mine:link.overTitle");
  const at = (language: Language) => paths(language).mineOpen(token);
  return (
    <VisitPage visit={visit} at={at} title={title} noindex>
      <div class="page-title">
        <h1>{title}</h1>
        <p class="lead">
          {email ? t("mine:link.lead", { email: readableAddress(email) }) : t("mine:link.over")}
        </p>
      </div>
      <div class="section section--tight">
        <div class="prose">
          {email ? (
            <Form action={at(language)}>
              <SubmitButton>{t("mine:link.button")}</SubmitButton>
            </Form>
          ) : (
            <p>
              <a href={to.mine}>{t("mine:code.again")}</a>
            </p>
          )}
        </div>
      </div>
    </VisitPage>
  );
}
