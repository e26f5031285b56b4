import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { Role } from "../accounts/table.ts";
import type { AuditLine } from "../audit/queries.ts";
import { type AuditFeature, auditFeatures, isKnownAction } from "../audit/queries.ts";
import { formatNumber, momentInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { TextField } from "../ui/forms.tsx";

type Chosen = {
  feature: AuditFeature | null;
  who: string | null;
  from: string | null;
  until: string | null;
};

type AuditPageProps = { visit: DeskVisit; chosen: Chosen; entries: AuditLine[]; next: number | null };

/** Who did what to what, newest first. */
export function AuditPage({ visit, chosen, entries, next }: AuditPageProps) {
  const { t, language, desk } = visit;
  const older = new URLSearchParams(
    Object.entries({ ...chosen, before: next && String(next) }).filter(
      (entry): entry is [string, string] => entry[1] !== null,
    ),
  );
  return (
    <DeskPage visit={visit} section="audit" title={t("audit:title")} lead={t("audit:lead")}>
      <Filter visit={visit} chosen={chosen} />
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
                    <About entry={entry} visit={visit} />
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

/** What it was done to, as far as it is known. */
function About({ entry, visit }: { entry: AuditLine; visit: DeskVisit }) {
  const parts = [
    entry.subject,
    entry.aboutName ?? entry.aboutEmail,
    entry.initiative && pick(entry.initiative, visit.language).text,
    ...Object.entries(entry.details).map(([name, value]) => inWords(visit, name, value)),
  ].filter(Boolean);
  return <>{parts.join(", ")}</>;
}

/** A detail as a reader would say it; ids and the like are for whoever looks into the database. */
function inWords({ t, language }: DeskVisit, name: string, value: unknown): string | null {
  switch (name) {
    case "role":
    case "from":
    case "to":
      return t(`accounts:role.${value as Role}`);
    case "number":
      return t("writing:versionNumber", { number: Number(value) });
    case "rows":
    case "good":
      return t("imports:rows", { count: Number(value), number: formatNumber(Number(value), language) });
    case "before":
      return String(value);
    default:
      return null;
  }
}

function Filter({ visit, chosen }: { visit: DeskVisit; chosen: Chosen }) {
  const { t, desk } = visit;
  const field = (name: "who" | "from" | "until") => ({
    ...{ t, idPrefix: "audit", name, optional: true, value: chosen[name] ?? "" },
    label: t(`audit:filter.${name}`),
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
      <TextField {...field("who")} />
      <TextField {...field("from")} description={t("audit:filter.day")} />
      <TextField {...field("until")} description={t("audit:filter.day")} />
      <button type="submit" class="nl-button nl-button--secondary">
        {t("audit:filter.button")}
      </button>
    </form>
  );
}
