import type { Challenge } from "altcha-lib/types";
import type { Child, FC } from "hono/jsx";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Language, Translate } from "../platform/i18n.ts";
import { honeypotField, SubmitButton } from "../ui/forms.tsx";
import { Page } from "../ui/page.tsx";
import type { Visit, VisitContext } from "../visit.tsx";
import { stepFields, waitSeconds } from "./policy.ts";

type Fields = Record<string, string>;

/** What was typed, to be sent again. The traces of an earlier step are left out. */
const Kept: FC<{ fields: Fields }> = ({ fields }) => (
  <>
    {Object.entries(fields)
      .filter(([name]) => ![honeypotField, stepFields.proof, stepFields.ticket].includes(name))
      .map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
  </>
);

const publicPath = (c: VisitContext) => {
  const { pathname, search } = new URL(c.req.url);
  return pathname + search;
};

type GuardPageProps = { c: VisitContext; title: string; scripts?: string[]; children?: Child };

/** A page that has no address of its own: it answers to a form, so it offers no other language. */
const GuardPage: FC<GuardPageProps> = ({ c, title, scripts, children }) => {
  const { visit } = c.var;
  return (
    <Page
      language={visit.language}
      t={visit.t}
      site={visit.here.frame(visit.language)}
      canonical={visit.here.origin + new URL(c.req.url).pathname}
      title={title}
      scripts={scripts}
      noindex
    >
      <div class="section prose">
        <h1>{title}</h1>
        {children}
      </div>
    </Page>
  );
};

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

function answer(c: VisitContext, page: Html, status: 200 | 400 | 403 | 408 | 413 | 415 | 429) {
  c.header("Cache-Control", "no-store");
  return c.html(page, status);
}

/** One more step: a proof of work by the browser's own script, or, without it, a minute's wait. */
export const stepPage = (c: VisitContext, fields: Fields, challenge: Challenge, ticket: string) => {
  const { t } = c.var.visit;
  return answer(
    c,
    <GuardPage c={c} title={t("protection:step.title")} scripts={["browser/proof-of-work.ts"]}>
      <p>{t("protection:step.why")}</p>
      <p>{t("protection:kept")}</p>
      <form
        class="form"
        method="post"
        action={publicPath(c)}
        data-challenge={JSON.stringify(challenge)}
        data-wait-seconds={waitSeconds}
        data-proof-field={stepFields.proof}
      >
        <Kept fields={fields} />
        <input type="hidden" name={stepFields.ticket} value={ticket} />
        <p
          role="status"
          data-progress
          data-working={t("protection:step.working")}
          data-busy={t("protection:step.busy")}
          data-done={t("protection:step.done")}
          data-waiting={t("protection:step.waiting")}
        >
          {t("protection:step.wait")}
        </p>
        <SubmitButton>{t("protection:step.button")}</SubmitButton>
      </form>
    </GuardPage>,
    200,
  );
};

/** The minute is not over yet. */
export const earlyPage = (c: VisitContext, fields: Fields, seconds: number) => {
  const { t } = c.var.visit;
  c.header("Retry-After", String(seconds));
  return answer(
    c,
    <GuardPage c={c} title={t("protection:early.title")}>
      <p>{t("protection:early.text", { count: seconds })}</p>
      <p>{t("protection:kept")}</p>
      <Again c={c} fields={fields} ticket={fields[stepFields.ticket]}>
        {t("protection:step.button")}
      </Again>
    </GuardPage>,
    429,
  );
};

/** Too many forms from this network: when to try again, with everything kept. */
export const tooManyPage = (c: VisitContext, fields: Fields, msLeft: number) => {
  const { visit } = c.var;
  const { t } = visit;
  c.header("Retry-After", String(Math.ceil(msLeft / 1000)));
  return answer(
    c,
    <GuardPage c={c} title={t("protection:tooMany.title")}>
      <p>{t("protection:tooMany.why")}</p>
      <p>
        <strong>
          {t("protection:tooMany.when", { count: Math.ceil(msLeft / 60_000), time: clock(visit, msLeft) })}
        </strong>
      </p>
      <p>{t("protection:tooMany.kept")}</p>
      <Again c={c} fields={fields}>
        {t("protection:tooMany.button")}
      </Again>
    </GuardPage>,
    429,
  );
};

const Again: FC<{ c: VisitContext; fields: Fields; ticket?: string | undefined; children: Child }> = (
  props,
) => (
  <form class="form" method="post" action={publicPath(props.c)}>
    <Kept fields={props.fields} />
    {props.ticket && <input type="hidden" name={stepFields.ticket} value={props.ticket} />}
    <SubmitButton>{props.children}</SubmitButton>
  </form>
);

/** The time of day after so many milliseconds, in Amsterdam, rounded up to the minute. */
function clock({ ctx, language }: Visit, msLeft: number): string {
  const minute = 60_000;
  const moment = Math.ceil((ctx.now().getTime() + msLeft) / minute) * minute;
  const locale: Record<Language, string> = { nl: "nl-NL", en: "en-GB" };
  return new Intl.DateTimeFormat(locale[language], {
    timeStyle: "short",
    timeZone: "Europe/Amsterdam",
  }).format(moment);
}

type Refusal = "tooLarge" | "slow" | "file" | "unreadable" | "foreign";

/** A page that says why a form was not taken, and what to do. */
const refusal = (key: Refusal, status: 400 | 403 | 408 | 413 | 415) => (c: VisitContext) => {
  const { visit } = c.var;
  const t: Translate = visit.t;
  return answer(
    c,
    <GuardPage c={c} title={t(`protection:${key}.title`)}>
      <p>{t(`protection:${key}.text`)}</p>
      <p>{t(`protection:${key}.next`)}</p>
      <p>
        <a class="nl-link" href={visit.here.frame(visit.language).homeHref}>
          {t("protection:home")}
        </a>
      </p>
    </GuardPage>,
    status,
  );
};

export const tooLargePage = refusal("tooLarge", 413);
export const slowPage = refusal("slow", 408);
export const filePage = refusal("file", 415);
export const unreadablePage = refusal("unreadable", 400);
export const foreignPage = refusal("foreign", 403);
