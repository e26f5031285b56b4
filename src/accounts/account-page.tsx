import { readableAddress } from "../platform/email-address.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { type Language, languages } from "../platform/i18n.ts";
import { CodeForm } from "../ui/code-form.tsx";
import { ErrorSummary, Form, RadioGroup, SubmitButton, TextField } from "../ui/forms.tsx";
import { AccountRoles, AccountSessions } from "./account-parts.tsx";
import { DeskPage } from "./desk-page.tsx";
import type { DeskVisit } from "./desk-routes.tsx";
import { AccountPasskeys } from "./passkey-parts.tsx";
import type { Account } from "./queries.ts";
import { isStrongEnough } from "./strength.ts";

const notices = [
  "saved",
  "moved",
  "session",
  "sessions",
  "role",
  "changed",
  "passkey",
  "no-passkey",
] as const;
export type AccountNotice = (typeof notices)[number];
export const accountNotice = (word: string | undefined): AccountNotice | undefined =>
  notices.find((one) => one === word);

type AccountPageProps = {
  visit: DeskVisit;
  account: Account;
  notice?: AccountNotice | undefined;
  errors?: FieldErrors | undefined;
  typed?: Record<string, string> | undefined;
};

/** Somebody's own account: what they are called, how they come in, where they are signed in. */
export function AccountPage({ visit, account, notice, errors = [], typed = {} }: AccountPageProps) {
  const { t } = visit;
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  const strong = isStrongEnough(visit.ctx.config, visit.person);
  return (
    <DeskPage
      visit={visit}
      title={t("accounts:account.title")}
      section="account"
      errorCount={errors.length}
      announce={notice && t(`accounts:account.done.${notice}`)}
      lead={t("accounts:account.lead")}
      scripts={["browser/passkey.ts"]}
    >
      <ErrorSummary t={t} idPrefix="account" errors={messages} />
      {!strong && (
        <p class="notice">
          {t("desk:stronger.text")}{" "}
          {t(account.hasMeans ? "accounts:account.useFirm" : "accounts:account.addFirm")}
        </p>
      )}
      {strong && (
        <>
          <Profile {...{ visit, account, messages, typed }} />
          <Address {...{ visit, account, messages, typed }} />
        </>
      )}
      <AccountPasskeys visit={visit} account={account} strong={strong} />
      <AccountSessions visit={visit} account={account} />
      <AccountRoles visit={visit} account={account} strong={strong} />
      <section class="desk-section prose" aria-labelledby="account-all">
        <h2 id="account-all">{t("accounts:account.all")}</h2>
        <p>{t("accounts:account.allWhy")}</p>
        <p>
          <a href={visit.paths.mine}>{t("mine:title")}</a>
        </p>
      </section>
    </DeskPage>
  );
}

type PartProps = {
  visit: DeskVisit;
  account: Account;
  messages: { name: string; message: string }[];
  typed: Record<string, string>;
};

const messageOf = ({ messages }: PartProps, name: string) =>
  messages.find((one) => one.name === name)?.message;

function Profile(props: PartProps) {
  const { visit, account, typed } = props;
  const { t } = visit;
  const names: Record<Language, string> = { nl: t("ui:languageName.nl"), en: t("ui:languageName.en") };
  return (
    <section class="desk-section" aria-labelledby="account-profile">
      <h2 id="account-profile">{t("accounts:account.profile")}</h2>
      <Form action={visit.desk.section("account")} labelledBy="account-profile">
        <TextField
          t={t}
          idPrefix="account"
          name="name"
          autocomplete="name"
          label={t("forms:name.label")}
          description={t("accounts:account.nameWhy")}
          value={typed.name ?? account.name ?? ""}
          error={messageOf(props, "name")}
        />
        <RadioGroup
          t={t}
          idPrefix="account"
          name="language"
          label={t("accounts:account.language")}
          description={t("accounts:account.languageWhy")}
          options={languages.map((language) => ({ value: language, label: names[language] }))}
          value={typed.language ?? account.language}
          error={messageOf(props, "language")}
        />
        <SubmitButton>{t("accounts:account.save")}</SubmitButton>
      </Form>
    </section>
  );
}

function Address(props: PartProps) {
  const { visit, account, typed } = props;
  const { t } = visit;
  return (
    <section class="desk-section" aria-labelledby="account-address">
      <h2 id="account-address">{t("forms:email.label")}</h2>
      <p>{t("accounts:account.address", { email: readableAddress(account.email) })}</p>
      <Form action={visit.desk.all("account", "email")} labelledBy="account-address">
        <TextField
          t={t}
          idPrefix="account"
          name="email"
          type="email"
          autocomplete="email"
          label={t("accounts:account.newAddress")}
          description={t("accounts:account.newAddressWhy")}
          value={typed.email}
          error={messageOf(props, "email")}
        />
        <SubmitButton look="secondary">{t("accounts:signIn.button")}</SubmitButton>
      </Form>
    </section>
  );
}

type CodePageProps = { visit: DeskVisit; token: string; error?: string; typed?: string };

/** Where the code from the mail to a new address is typed. */
export function NewAddressPage({ visit, token, error, typed }: CodePageProps) {
  const { t } = visit;
  return (
    <DeskPage
      visit={visit}
      title={t("accounts:newAddress.title")}
      section="account"
      at={(to) => to.part("account", token, "email")}
      breadcrumbs={[{ label: t("accounts:account.title"), href: visit.desk.section("account") }]}
      errorCount={error ? 1 : 0}
      headingId="account-heading"
      lead={t("accounts:newAddress.lead")}
    >
      <ErrorSummary t={t} idPrefix="account" errors={error ? [{ name: "code", message: error }] : []} />
      <CodeForm
        {...{ t, idPrefix: "account", error, typed }}
        action={visit.desk.part("account", token, "email")}
        labelledBy="account-heading"
        label={t("mine:code.label")}
        why={t("mine:code.why")}
        button={t("accounts:newAddress.button")}
      />
    </DeskPage>
  );
}
