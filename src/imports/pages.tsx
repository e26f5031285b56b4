import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { formatNumber } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ErrorSummary, SubmitButton } from "../ui/forms.tsx";
import { MatchForm } from "./match-form.tsx";
import type { Import } from "./queries.ts";
import { type Outcome, outcomes } from "./table.ts";

export type ImportPageProps = {
  visit: DeskVisit;
  one: Import;
  errors: FieldErrors;
  typed: Record<string, string>;
  /** Whether the columns are to be chosen, now or again. */
  matching: boolean;
};

/** One import, as far as it is. */
export function ImportPage({ visit, one, errors, typed, matching }: ImportPageProps) {
  const { t, language, desk } = visit;
  const title = one.file_name || t("imports:nameless");
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  const working = one.state === "checking" || one.state === "running";
  return (
    <DeskPage
      visit={visit}
      section="imports"
      title={title}
      at={(to) => to.one("imports", one.id)}
      errorCount={messages.length}
      scripts={working ? ["browser/import-progress.ts"] : []}
      breadcrumbs={[{ href: desk.section("imports"), label: t("imports:title") }, { label: title }]}
    >
      <ErrorSummary t={t} idPrefix="match" errors={messages} />
      <p class="meta">
        {t(`imports:kind.${one.kind}.name`)}
        {one.newsletter && `, ${pick(one.newsletter, language).text}`},{" "}
        {t("imports:rows", { count: one.rows, number: formatNumber(one.rows, language) })}
      </p>
      {matching ? (
        <MatchForm visit={visit} one={one} messages={messages} typed={typed} />
      ) : (
        <>
          <p class="notice">{t(`imports:state.${one.state}`)}</p>
          {working && <Progress visit={visit} one={one} />}
          <Counts visit={visit} one={one} />
          <Steps visit={visit} one={one} />
        </>
      )}
      {!working && (
        <section class="desk-section" aria-labelledby="remove-heading">
          <h2 id="remove-heading">{t("imports:remove.heading")}</h2>
          <p>{t("imports:remove.text")}</p>
          <form method="post" action={desk.part("imports", one.id, "remove")}>
            <SubmitButton look="subtle">{t("imports:remove.button")}</SubmitButton>
          </form>
        </section>
      )}
    </DeskPage>
  );
}

/** How far it is; the page's script asks on and shows the result when it is there. */
function Progress({ visit: { t, language, desk }, one }: Pick<ImportPageProps, "visit" | "one">) {
  const done = Math.min(one.position, one.rows);
  return (
    <div
      class="import-progress"
      data-progress={desk.part("imports", one.id, "progress")}
      data-progress-state={one.state}
    >
      <progress max={one.rows} value={done} aria-label={t("imports:progress.label")} />
      <p role="status" data-progress-text={t("imports:progress.text", { done: "#", rows: "##" })}>
        {t("imports:progress.text", {
          done: formatNumber(done, language),
          rows: formatNumber(one.rows, language),
        })}
      </p>
      <p>
        <a href={desk.one("imports", one.id)}>{t("imports:progress.reload")}</a>
      </p>
    </div>
  );
}

/** What came of the rows: nothing before they were checked. */
function Counts({ visit: { t, language, desk }, one }: Pick<ImportPageProps, "visit" | "one">) {
  const shown = outcomes.filter((outcome): outcome is Outcome => (one.counts[outcome] ?? 0) > 0);
  if (one.state === "checking" || shown.length === 0) return null;
  return (
    <>
      <dl class="desk-facts import-counts">
        {shown.map((outcome) => (
          <div>
            <dt>{t(`imports:outcome.${outcome}`)}</dt>
            <dd>{formatNumber(one.counts[outcome] ?? 0, language)}</dd>
          </div>
        ))}
      </dl>
      {(one.counts.bad ?? 0) > 0 && !one.cleared_at && (
        <p>
          <a href={desk.part("imports", one.id, "errors")}>{t("imports:errors.download")}</a>
        </p>
      )}
    </>
  );
}

/** What one can do now. */
function Steps({ visit: { t, language, desk }, one }: Pick<ImportPageProps, "visit" | "one">) {
  const good = one.counts.good ?? 0;
  if (one.cleared_at) return <p>{t("imports:cleared")}</p>;
  const button = (part: "run" | "stop" | "goOn", label: string) => (
    <form method="post" action={desk.part("imports", one.id, part)}>
      <SubmitButton look={part === "stop" ? "secondary" : "primary"}>{label}</SubmitButton>
    </form>
  );
  return (
    <div class="desk-bar">
      {one.state === "checked" &&
        good > 0 &&
        button("run", t("imports:run", { count: good, number: formatNumber(good, language) }))}
      {one.state === "running" && button("stop", t("imports:stop"))}
      {one.state === "stopped" && button("goOn", t("imports:goOn"))}
      {one.state === "checked" && (
        <a href={desk.part("imports", one.id, "match")}>{t("imports:changeColumns")}</a>
      )}
    </div>
  );
}
