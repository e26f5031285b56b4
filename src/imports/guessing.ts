import { harmIn, leaningOf } from "./consent.ts";
import { isNamed, meanings, repeatable } from "./meanings.ts";
import { plain } from "./plain.ts";
import type { ColumnSurvey } from "./survey.ts";
import type { ImportKind } from "./table.ts";

/**
 * The most likely meaning of each column, by its heading and its values; "" for what is not known. A heading alone
 * makes no status of a column of dates, nor a date of one with yes and no.
 */
export function guess(kind: ImportKind, header: string[], surveys: ColumnSurvey[] | null): string[] {
  const left = new Set<string>(meanings[kind]);
  const guessed = header.map((name, at) => {
    const found = meaningOf(kind, name, surveys?.[at], left);
    if (!repeatable.includes(found)) left.delete(found);
    return found;
  });
  return withAddress(kind, withoutGeneral(guessed, header, surveys), surveys);
}

const most = (part: number, { filled }: ColumnSurvey) => filled > 0 && 2 * part >= filled;

function meaningOf(
  kind: ImportKind,
  header: string,
  values: ColumnSurvey | undefined,
  left: Set<string>,
): string {
  const word = plain(header);
  const holds = {
    nothing: !values || values.filled === 0,
    dates: values !== undefined && most(values.dates + values.numericDates, values),
    statuses: values !== undefined && most(values.statuses, values),
  };
  const named = [...left].find((meaning) => !repeatable.includes(meaning) && isNamed(meaning, word));
  // The words of a consent; where it says yes or no, it is a status.
  if (named && !(named === "consent" && holds.statuses)) return named;
  const found = kind === "signatures" ? ofSigning(word, holds) : ofConsent(header, holds);
  return left.has(found) ? found : "";
}

type Holds = { nothing: boolean; dates: boolean; statuses: boolean };

/** Of a list of signatures: a yes or no to a newsletter says nothing of signing. */
function ofSigning(word: string, { dates, statuses }: Holds): string {
  if (isNamed("since", word)) return statuses ? "" : "since";
  if (isNamed("status", word)) return dates ? "since" : "status";
  return isNamed("blocked", word) && !dates ? "blocked" : "";
}

function ofConsent(header: string, { nothing, dates, statuses }: Holds): string {
  const word = plain(header);
  const leaning = leaningOf(header);
  if (leaning === "no") {
    const harm = harmIn(header);
    if (harm) return harm;
    if (isNamed("ended", word)) return dates || nothing ? "ended" : "blocked";
    if (nothing) return isNamed("blocked", word) ? "blocked" : "";
    return dates ? "ended" : "blocked";
  }
  const isNamedSince = isNamed("since", word);
  const isNamedStatus = isNamed("status", word);
  if (leaning !== "yes" && !isNamedSince && !isNamedStatus) return "";
  if (dates) return "since";
  if (statuses) return leaning === "yes" || isNamedStatus ? "status" : "";
  return isNamedStatus ? "status" : isNamedSince ? "since" : "";
}

/** When a row was made says less than when somebody signed up: where the file has both, the second counts. */
function withoutGeneral(guessed: string[], header: string[], surveys: ColumnSurvey[] | null): string[] {
  const isSpecific = (at: number) =>
    guessed[at] === "since" && leaningOf(header[at] ?? "") === "yes" && surveys?.[at]?.filled !== 0;
  if (!guessed.some((_, at) => isSpecific(at))) return guessed;
  return guessed.map((meaning, at) => (meaning === "since" && !isSpecific(at) ? "" : meaning));
}

/** A file without headings, or with strange ones, has its addresses where most values are addresses. */
function withAddress(kind: ImportKind, guessed: string[], surveys: ColumnSurvey[] | null): string[] {
  if (kind === "initiatives" || guessed.includes("email") || !surveys) return guessed;
  const at = surveys.findIndex((values, at) => guessed[at] === "" && most(values.addresses, values));
  return at < 0 ? guessed : guessed.with(at, "email");
}
