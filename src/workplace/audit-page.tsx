import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { AuditLine } from "../audit/queries.ts";
import { type AuditFeature, auditFeatures, isKnownAction } from "../audit/queries.ts";
import { momentInWords } from "../platform/i18n.ts";
import { ErrorSummary, TextField } from "../ui/forms.tsx";
import { About } from "./audit-about.tsx";

type Chosen = {
  feature: AuditFeature | null;
  who: string | null;
  from: string | null;
  until: string | null;
};

/** What stands in the fields of the days, also where it is no day. */
type Days = { from: string; until: string };

type AuditPageProps = {
  visit: DeskVisit;
  chosen: Chosen;
  typed: Days;
  /** The fields whose day cannot be read. */
  wrong: (keyof Days)[];
  entries: AuditLine[];
  next: number | null;
  /** The ids of the objects in the entries that still exist. */
  there: Set<string>;
};

/** Who did what to what, newest first. */
export function AuditPage({ visit, chosen, typed, wrong, entries, next, there }: AuditPageProps) {
  const { t, language, desk } = visit;
  const older = new URLSearchParams(
    Object.entries({ ...chosen, before: next && String(next) }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
  return (
    <DeskPage
      visit={visit}
      section="audit"
      title={t("audit:title")}
      lead={t("audit:lead")}
      errorCount={wrong.length}
    >
      <ErrorSummary
        t={t}
        idPrefix="audit"
        errors={wrong.map((name) => ({ name, message: t("audit:filter.dayWrong") }))}
      />
      <Filter {...{ visit, chosen, typed, wrong }} />
      {entries.length === 0 ? (
        <p>{t("audit:none")}</p>
      ) : (
        <div class="desk-table table-scroll" tabindex={0}>
          <table>
            <caption class="visually-hidden">{t("audit:title")}</caption>
            <thead>
              <tr>
                {(["at", "who", "what", "about"] as const).map((column) => (
                  <th scope="col">{t(`audit:column.${column}`)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr>
                  <td>
                    <time datetime={entry.at.toISOString()}>{momentInWords(entry.at, language)}</time>
                  </td>
                  <td>{entry.name ?? entry.email ?? t("audit:nobody")}</td>
                  <td>{isKnownAction(entry.action) ? t(`audit:action.${entry.action}`) : entry.action}</td>
                  <td>
                    <About {...{ entry, visit, there }} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next !== null && (
        <p>
          <a href={`${desk.section("audit")}?${older}`}>{t("audit:older")}</a>
        </p>
      )}
    </DeskPage>
  );
}

type FilterProps = Pick<AuditPageProps, "visit" | "chosen" | "typed" | "wrong">;

function Filter({ visit, chosen, typed, wrong }: FilterProps) {
  const { t, desk } = visit;
  const field = (name: "who" | "from" | "until") => ({
    ...{ t, idPrefix: "audit", name, optional: true },
    label: t(`audit:filter.${name}`),
  });
  const day = (name: keyof Days) => ({
    ...field(name),
    description: t("audit:filter.day"),
    value: typed[name],
    error: wrong.includes(name) ? t("audit:filter.dayWrong") : undefined,
  });
  return (
    <form class="form desk-filter" method="get" action={desk.section("audit")}>
      <div class="utrecht-form-field field">
        <label class="utrecht-form-label" for="audit-feature">
          {t("audit:filter.feature")}
        </label>
        <select class="utrecht-select utrecht-select--html-select" id="audit-feature" name="feature">
          <option value="">{t("audit:filter.all")}</option>
          {auditFeatures.map((feature) => (
            <option value={feature} selected={feature === chosen.feature}>
              {t(`audit:feature.${feature}`)}
            </option>
          ))}
        </select>
      </div>
      <TextField {...field("who")} value={chosen.who ?? ""} />
      <TextField {...day("from")} />
      <TextField {...day("until")} />
      <button type="submit" class="nl-button nl-button--secondary">
        {t("audit:filter.button")}
      </button>
    </form>
  );
}
