import type { Child } from "hono/jsx";
import { desk } from "../desk-paths.ts";
import type { FieldErrors } from "../platform/fields.ts";
import type { Language } from "../platform/i18n.ts";
import { CodeForm } from "../ui/code-form.tsx";
import { ErrorSummary, Form, Honeypot, SubmitButton, TextField } from "../ui/forms.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import { OidcSignIn } from "./oidc-parts.tsx";
import { PasskeySignIn } from "./passkey-parts.tsx";

const field = { idPrefix: "sign-in" };
export const signInHeading = "sign-in-heading";

type FrameProps = {
  visit: Visit;
  at: (language: Language) => string;
  title: string;
  lead?: string | undefined;
  errors?: { name: string; message: string }[] | undefined;
  notice?: string | undefined;
  scripts?: string[] | undefined;
  children?: Child | undefined;
};

/** A page on the way in to the workplace, in the look of the site. */
export function WayInPage({ visit, at, title, lead, errors = [], notice, scripts, children }: FrameProps) {
  const { t } = visit;
  return (
    <VisitPage {...{ visit, at, title, scripts }} errorCount={errors.length} announce={notice} noindex>
      <div class="page-title">
        <h1 id={signInHeading}>{title}</h1>
        {lead && <p class="lead">{lead}</p>}
      </div>
      <div class="section section--tight">
        <div class="prose">
          {notice && (
            <p class="notice notice--success" role="status">
              {notice}
            </p>
          )}
          <ErrorSummary t={t} {...field} errors={errors} />
          {children}
        </div>
      </div>
    </VisitPage>
  );
}

type SignInPageProps = {
  visit: Visit;
  next: string | null;
  notice?: string | undefined;
  errors?: FieldErrors | undefined;
  typed?: Record<string, string> | undefined;
};

/** Where who works here comes in: an address, to which the code goes. */
export function SignInPage({ visit, next, notice, errors = [], typed = {} }: SignInPageProps) {
  const { t, language } = visit;
  const to = desk(language);
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  return (
    <WayInPage
      visit={visit}
      at={(language) => desk(language).signIn}
      title={t("accounts:signIn.title")}
      lead={t("accounts:signIn.lead")}
      errors={messages}
      notice={notice}
      scripts={["browser/passkey.ts"]}
    >
      <div class="ways-in">
        <Form action={to.signInPart("code")} labelledBy={signInHeading}>
          <TextField
            t={t}
            {...field}
            name="email"
            type="email"
            autocomplete="email webauthn"
            label={t("forms:email.label")}
            description={t("accounts:signIn.emailWhy")}
            value={typed.email}
            error={messages.find(({ name }) => name === "email")?.message}
          />
          {next && <input type="hidden" name="next" value={next} />}
          <Honeypot t={t} {...field} />
          <SubmitButton>{t("accounts:signIn.button")}</SubmitButton>
        </Form>
        <PasskeySignIn visit={visit} next={next} />
        <OidcSignIn visit={visit} next={next} />
      </div>
      <p class="meta">{t("accounts:signIn.cookie")}</p>
    </WayInPage>
  );
}

type CodePageProps = { visit: Visit; token: string; next: string | null; error?: string; typed?: string };

/** After asking, the same for every address: where the code from the mail is typed. */
export function SignInCodePage({ visit, token, next, error, typed }: CodePageProps) {
  const { t, language } = visit;
  const to = desk(language);
  return (
    <WayInPage
      visit={visit}
      at={(language) => desk(language).signInWith("code", token)}
      title={t("accounts:code.title")}
      lead={t("accounts:code.lead")}
      errors={error ? [{ name: "code", message: error }] : []}
    >
      <CodeForm
        {...{ t, ...field, error, typed }}
        action={to.signInWith("code", token)}
        labelledBy={signInHeading}
        label={t("accounts:code.label")}
        why={t("accounts:code.why")}
        button={t("accounts:code.button")}
      >
        {next && <input type="hidden" name="next" value={next} />}
      </CodeForm>
      <h2>{t("accounts:code.noneHeading")}</h2>
      <p>{t("accounts:code.none")}</p>
      <p>
        <a href={to.signIn}>{t("accounts:code.again")}</a>
      </p>
    </WayInPage>
  );
}

/** Behind the mail's link: a button, because programs follow links too. Null: the link is over. */
export function SignInLinkPage({
  visit,
  token,
  email,
}: {
  visit: Visit;
  token: string;
  email: string | null;
}) {
  const { t, language } = visit;
  const to = desk(language);
  const at = (language: Language) => desk(language).signInWith("link", token);
  if (!email)
    return (
      <WayInPage visit={visit} at={at} title={t("accounts:link.overTitle")} lead={t("accounts:link.over")}>
        <p>
          <a href={to.signIn}>{t("accounts:code.again")}</a>
        </p>
      </WayInPage>
    );
  return (
    <WayInPage
      visit={visit}
      at={at}
      title={t("accounts:link.title")}
      lead={t("accounts:link.lead", { email })}
    >
      <Form action={at(language)}>
        <SubmitButton>{t("accounts:code.button")}</SubmitButton>
      </Form>
    </WayInPage>
  );
}

type FirstOwnerPageProps = {
  visit: Visit;
  token: string;
  errors?: FieldErrors;
  typed?: Record<string, string>;
};

/** Behind the link that the first start shows: who the first owner is. */
export function FirstOwnerPage({ visit, token, errors = [], typed = {} }: FirstOwnerPageProps) {
  const { t, language } = visit;
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  const errorOf = (name: string) => messages.find((one) => one.name === name)?.message;
  const at = (language: Language) => desk(language).signInWith("firstOwner", token);
  return (
    <WayInPage
      visit={visit}
      at={at}
      title={t("accounts:firstOwner.title")}
      lead={t("accounts:firstOwner.lead")}
      errors={messages}
    >
      <Form action={at(language)} labelledBy={signInHeading}>
        <TextField
          t={t}
          {...field}
          name="name"
          autocomplete="name"
          label={t("forms:name.label")}
          description={t("accounts:firstOwner.nameWhy")}
          value={typed.name}
          error={errorOf("name")}
        />
        <TextField
          t={t}
          {...field}
          name="email"
          type="email"
          autocomplete="email"
          label={t("forms:email.label")}
          description={t("accounts:firstOwner.emailWhy")}
          value={typed.email}
          error={errorOf("email")}
        />
        <SubmitButton>{t("accounts:firstOwner.button")}</SubmitButton>
      </Form>
    </WayInPage>
  );
}

/** A link that works no more. */
export function FirstOwnerOverPage({ visit, token }: { visit: Visit; token: string }) {
  const { t, language } = visit;
  return (
    <WayInPage
      visit={visit}
      at={(language) => desk(language).signInWith("firstOwner", token)}
      title={t("accounts:link.overTitle")}
      lead={t("accounts:firstOwner.over")}
    >
      <p>
        <a href={desk(language).signIn}>{t("accounts:toSignIn")}</a>
      </p>
    </WayInPage>
  );
}
