import { desk } from "../desk-paths.ts";
import { dateInWords, momentInWords } from "../platform/i18n.ts";
import { Form, SubmitButton, TextField } from "../ui/forms.tsx";
import type { Visit } from "../visit.tsx";
import type { DeskVisit } from "./desk-routes.tsx";
import type { Account } from "./queries.ts";

/** Shown by browser code, where the browser knows passkeys; without it there is the code. */
export function PasskeySignIn({ visit, next }: { visit: Visit; next: string | null }) {
  const { t, language } = visit;
  const to = desk(language);
  return (
    <div
      class="way-in"
      data-passkey-sign-in
      data-options={to.signInPart("passkeyOptions")}
      data-answer={to.signInPart("passkey")}
      data-next={next ?? undefined}
      data-failed={t("accounts:passkey.failed")}
      hidden
    >
      <button type="button" class="nl-button nl-button--secondary">
        {t("accounts:passkey.signIn")}
      </button>
      <p class="way-in__why">{t("accounts:passkey.signInWhy")}</p>
      <p class="way-in__error" role="alert" data-passkey-error></p>
    </div>
  );
}

type PartProps = { visit: DeskVisit; account: Account; strong: boolean };

/** Somebody's passkeys: to add, to know again, to remove. */
export function AccountPasskeys({ visit, account, strong }: PartProps) {
  const { t, language, person } = visit;
  const mayAdd = strong || !account.hasMeans;
  return (
    <section class="desk-section" aria-labelledby="account-passkeys">
      <h2 id="account-passkeys">{t("accounts:passkey.heading")}</h2>
      <p>{t("accounts:passkey.why")}</p>
      {account.passkeys.length > 0 && (
        <ul class="desk-cards">
          {account.passkeys.map((passkey) => (
            <li>
              <h3>{passkey.name}</h3>
              <p class="meta">
                {t("accounts:passkey.since", { date: dateInWords(passkey.made_at, language) })}
                <br />
                {passkey.used_at
                  ? t("accounts:sessions.seen", { moment: momentInWords(passkey.used_at, language) })
                  : t("accounts:passkey.unused")}
              </p>
              {strong && (
                <Form action={visit.desk.part("account", passkey.id, "endPasskey")}>
                  <SubmitButton look="secondary">
                    {t("accounts:passkey.remove")}
                    <span class="visually-hidden"> ({passkey.name})</span>
                  </SubmitButton>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayAdd ? (
        <form
          class="form passkey-add"
          data-passkey-add
          data-options={visit.desk.all("account", "passkeyOptions")}
          data-answer={visit.desk.all("account", "passkey")}
          data-failed={t("accounts:passkey.addFailed")}
          aria-labelledby="account-passkeys"
          hidden
        >
          <TextField
            t={t}
            idPrefix="account"
            name="passkey-name"
            autocomplete="off"
            maxlength={60}
            optional
            label={t("accounts:passkey.name")}
            description={t("accounts:passkey.nameWhy")}
          />
          <SubmitButton look={strong ? "secondary" : "primary"}>{t("accounts:passkey.add")}</SubmitButton>
          <p class="way-in__error" role="alert" data-passkey-error></p>
        </form>
      ) : (
        <p>
          <a href={`${visit.desk.signIn}?next=${encodeURIComponent(visit.desk.section("account"))}`}>
            {t("accounts:passkey.useOne", { email: person.email })}
          </a>
        </p>
      )}
      {mayAdd && <p data-passkey-without>{t("accounts:passkey.without")}</p>}
    </section>
  );
}
