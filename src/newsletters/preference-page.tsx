import { paths } from "../paths.ts";
import { dateInWords, listFormats } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { CheckboxGroup, Form } from "../ui/forms.tsx";
import { Select } from "../ui/select.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Preference } from "./queries.ts";

/** What just happened on the page. */
export const doneCodes = ["saved", "paused", "resumed", "ended", "back"] as const;
export type Done = (typeof doneCodes)[number];

type PreferencePageProps = {
  visit: Visit;
  token: string;
  email: string;
  newsletters: Preference[];
  /** Since when the address gets no mail; null when it does. */
  suppressedSince: Date | null;
  done: Done | null;
};

/** Which newsletters somebody gets: one form to choose, one to pause, one to stop. */
export function PreferencePage(props: PreferencePageProps) {
  const { visit, token, email, newsletters, suppressedSince, done } = props;
  const { t, language, ctx } = visit;
  const own = newsletters.filter(({ active }) => active);
  const others = newsletters.filter(({ active }) => !active);
  const action = paths(language).preferences(token);
  const paused = own.filter(({ pausedUntil }) => pausedUntil && pausedUntil > ctx.now());
  const pausedUntil = paused[0]?.pausedUntil;
  // Who called a mail spam got unsubscribed too: by itself the way back brings nothing.
  const what = done === "back" && own.length === 0 ? "backWithout" : done;
  const announce = what ? t(`newsletters:preferences.done.${what}`) : undefined;
  return (
    <Frame visit={visit} token={token} title={t("newsletters:preferences.title")} announce={announce}>
      <p class="lead">{t("newsletters:preferences.lead", { address: masked(email) })}</p>
      {announce && (
        <p class="notice notice--success" role="status">
          {announce}
        </p>
      )}
      {suppressedSince && (
        <section aria-labelledby="suppressed-text">
          <p class="notice" id="suppressed-text">
            {t("newsletters:preferences.suppressed", { date: dateInWords(suppressedSince, language) })}
          </p>
          <Deed action={action} deed="back" label={t("newsletters:preferences.back")} />
        </section>
      )}
      <Form action={action}>
        <input type="hidden" name="do" value="save" />
        {own.length === 0 && <p>{t("newsletters:preferences.none")}</p>}
        {own.length > 0 && (
          <CheckboxGroup
            t={t}
            name="own"
            label={t("newsletters:preferences.had")}
            description={t("newsletters:preferences.hadHelp")}
            options={own.map((one) => choiceOf(visit, one))}
          />
        )}
        {own.map(({ id, name, language: now }) => (
          <>
            <input type="hidden" name={`had-${id}`} value="yes" />
            <Select
              t={t}
              name={`language-${id}`}
              label={t("newsletters:preferences.language", { newsletter: pick(name, language).text })}
              value={now ?? language}
              options={visit.here.languages.map((value) => ({
                value,
                label: t(`newsletters:preferences.languages.${value}`),
              }))}
            />
          </>
        ))}
        {others.length > 0 && (
          <CheckboxGroup
            t={t}
            name="others"
            label={t("newsletters:preferences.others")}
            description={t("newsletters:preferences.consent")}
            options={others.map((one) => choiceOf(visit, one))}
          />
        )}
        <SubmitButton>{t("newsletters:preferences.save")}</SubmitButton>
      </Form>
      {own.length > 0 && (
        <>
          <h2>{t("newsletters:preferences.pause")}</h2>
          <p>
            {pausedUntil
              ? t(
                  paused.length === own.length
                    ? "newsletters:preferences.pausedText"
                    : "newsletters:preferences.pausedSome",
                  {
                    date: dateInWords(pausedUntil, language),
                    newsletters: listFormats[language].format(
                      paused.map(({ name }) => pick(name, language).text),
                    ),
                  },
                )
              : t("newsletters:preferences.pauseText")}
          </p>
          {pausedUntil ? (
            <Deed action={action} deed="resume" label={t("newsletters:preferences.resumeButton")} />
          ) : (
            <Deed action={action} deed="pause" label={t("newsletters:preferences.pauseButton")} />
          )}
          <h2>{t("newsletters:preferences.all")}</h2>
          <p>{t("newsletters:preferences.allText")}</p>
          <Deed action={action} deed="end" label={t("newsletters:preferences.allButton")} />
        </>
      )}
    </Frame>
  );
}

/** A link that opens nothing: cut off, or of somebody of whom nothing is kept. */
export const NoPreferencesPage = ({ visit, token }: { visit: Visit; token: string }) => (
  <Frame visit={visit} token={token} title={visit.t("newsletters:preferences.goneTitle")}>
    <p>{visit.t("newsletters:preferences.gone")}</p>
    <p>
      <a href={visit.paths.contact}>{visit.t("site:nav.contact")}</a>
    </p>
  </Frame>
);

type FrameProps = {
  visit: Visit;
  token: string;
  title: string;
  announce?: string | undefined;
  children: unknown;
};

const Frame = ({ visit, token, title, announce, children }: FrameProps) => (
  <VisitPage
    visit={visit}
    at={(language) => paths(language).preferences(token)}
    title={title}
    announce={announce}
    noindex
  >
    <div class="page-title">
      <h1>{title}</h1>
    </div>
    <div class="section section--tight">
      <div class="prose preferences">{children}</div>
    </div>
  </VisitPage>
);

function choiceOf({ language }: Visit, { id, name, description, active }: Preference) {
  return {
    name: `get-${id}`,
    label: pick(name, language).text,
    checked: active,
    description: pick(description, language).text,
  };
}

const Deed = ({ action, deed, label }: { action: string; deed: string; label: string }) => (
  <form class="form" method="post" action={action}>
    <SubmitButton look="secondary" name="do" value={deed}>
      {label}
    </SubmitButton>
  </form>
);

/** Enough of an address for its owner to know it, and no more: the page may be open on a screen. */
function masked(email: string): string {
  const at = email.lastIndexOf("@");
  return `${email.slice(0, 1)}…${email.slice(at)}`;
}
