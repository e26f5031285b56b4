import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { formatNumber } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ErrorSummary, SubmitButton } from "../ui/forms.tsx";
import { MatchForm } from "./match-form.tsx";
import type { MatchError } from "./matching.ts";
import { type Import, stateOf } from "./queries.ts";
import { reasonInWords } from "./reasons.ts";
import { outcomes, standings } from "./table.ts";

export type ImportPageProps = {
  visit: DeskVisit;
  one: Import;
  errors: MatchError[];
  typed: Record<string, string>;
  /** Whether the columns are to be chosen, now or again. */
  matching: boolean;
};

/** One import, as far as it is. */
export function ImportPage({ visit, one, errors, typed, matching }: ImportPageProps) {
  const { t, language, desk } = visit;
  const title = one.file_name || t("imports:nameless");
  const messages = errors.map(({ name, message, values }) => ({ name, message: t(message, values ?? {}) }));
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
          <p class="notice">
            {t(one.counts.undone ? "imports:takeBack.done" : `imports:state.${stateOf(one)}`)}
          </p>
          {working && <Progress visit={visit} one={one} />}
          <Counts visit={visit} one={one} />
          <Steps visit={visit} one={one} />
        </>
      )}
      {one.canTakeBack && (
        <section class="desk-section" aria-labelledby="take-back-heading">
          <h2 id="take-back-heading">{t("imports:takeBack.heading")}</h2>
          <p>{t("imports:takeBack.text")}</p>
          <form method="post" action={desk.part("imports", one.id, "takeBack")}>
            <SubmitButton look="subtle">{t("imports:takeBack.button")}</SubmitButton>
          </form>
        </section>
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

type CountName = keyof Import["counts"];

/** Numbers by their names; those that are none are left out. */
function Numbers({
  visit: { t, language },
  one,
  names,
}: Pick<ImportPageProps, "visit" | "one"> & { names: readonly CountName[] }) {
  const shown = names.filter((name) => (one.counts[name] ?? 0) > 0);
  return shown.length > 0 ? (
    <dl class="desk-facts import-counts">
      {shown.map((name) => (
        <div>
          <dt>{t(`imports:outcome.${name}`)}</dt>
          <dd>{formatNumber(one.counts[name] ?? 0, language)}</dd>
        </div>
      ))}
    </dl>
  ) : null;
}

/** What came of the rows: nothing before they were checked. Before they are imported also what will come of the good ones. */
function Counts({ visit, one }: Pick<ImportPageProps, "visit" | "one">) {
  const { t, language, desk } = visit;
  if (one.state === "checking") return null;
  const errors = desk.part("imports", one.id, "errors");
  const left = (name: CountName) => (one.counts[name] ?? 0) > 0 && !one.cleared_at;
  return (
    <>
      <Numbers visit={visit} one={one} names={[...outcomes, "undone"]} />
      {left("bad") && (
        <>
          <Mistakes visit={visit} one={one} />
          <p>
            <a href={errors}>{t("imports:errors.download")}</a>
          </p>
        </>
      )}
      {left("disagrees") && (
        <p>
          {t("imports:disagrees.text", { count: one.counts.disagrees })}{" "}
          <a href={`${errors}?rows=disagrees`}>{t("imports:disagrees.download")}</a>
        </p>
      )}
      {one.state === "checked" && one.kind === "subscribers" && left("good") && (
        <section class="desk-section" aria-labelledby="standings-heading">
          <h2 id="standings-heading">{t("imports:standings.heading")}</h2>
          <Numbers visit={visit} one={one} names={standings} />
          {left("undated") && <p>{t("imports:standings.undated", { count: one.counts.undated })}</p>}
          {left("stated") && (
            <p>
              {t("imports:standings.stated", {
                count: one.counts.stated,
                number: formatNumber(one.counts.stated ?? 0, language),
              })}
            </p>
          )}
          {left("ends") && <p>{t("imports:standings.ends", { count: one.counts.ends })}</p>}
        </section>
      )}
    </>
  );
}

/** What is wrong, the most frequent first: how many rows, in which column, and one of the values. */
const Mistakes = ({ visit: { t, language }, one }: Pick<ImportPageProps, "visit" | "one">) => (
  <ul class="import-mistakes">
    {one.mistakes.map(({ reason, column, value, count }) => (
      <li dir="auto">
        {t("imports:rows", { count, number: formatNumber(count, language) })}:{" "}
        {reasonInWords(t, { reason, column, value })}
      </li>
    ))}
  </ul>
);

/** What one can do now. */
function Steps({ visit: { t, language, desk }, one }: Pick<ImportPageProps, "visit" | "one">) {
  const good = one.counts.good ?? 0;
  if (one.cleared_at) return one.state === "done" ? <p>{t("imports:cleared")}</p> : null;
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
      {(one.state === "stopped" || one.state === "failed") && button("goOn", t("imports:goOn"))}
      {one.state === "checked" && (
        <a href={desk.part("imports", one.id, "match")}>{t("imports:changeColumns")}</a>
      )}
    </div>
  );
}
