import { momentIn } from "./dates.ts";
import { guessEverybody } from "./everybody.ts";
import {
  dates,
  type Meaning,
  meanings,
  needed,
  repeatable,
  saysNothingOfConsent,
  standingMeanings,
} from "./meanings.ts";
import type { Matching } from "./operations.ts";
import type { Import } from "./queries.ts";
import { type ColumnOrders, noesIn, ordersOf } from "./survey.ts";
import { everybodyStands } from "./table.ts";

/** A message about a field: a key of a text, with what it names. */
export type MatchError = { name: string; message: string; values?: Record<string, string | number> };
export type ReadMatching = { kind: "read"; matching: Matching } | { kind: "wrong"; errors: MatchError[] };

type Fields = Record<string, string>;

/** Reads what the columns mean and the statement about consent; the errors are keys of texts. */
export function readMatching(one: Import, fields: Fields, now: Date): ReadMatching {
  const columns = columnsIn(one, fields);
  const { orders, errors: undecided } = ordersIn(one, fields, columns);
  const errors = [...columnErrors(one, columns), ...undecided];
  if (one.kind === "initiatives") {
    const none = { statement: null, statementDay: null, statementBy: null, shows: false, everybody: null };
    return errors.length > 0
      ? { kind: "wrong", errors }
      : { kind: "read", matching: { columns, orders, ...none } };
  }
  const { statement = "", by = "", day = "", month = "", year = "" } = fields;
  if (statement.length < 20) errors.push({ name: "statement", message: "imports:consent.missing" });
  else if (statement.length > 2000) errors.push({ name: "statement", message: "imports:consent.tooLong" });
  const read = /^\d{4}$/.test(year) && momentIn(`${year}-${month}-${day}`, () => null, now);
  const moment = read && read.kind === "read" ? read.at : null;
  if (!moment) errors.push({ name: "day", message: "imports:consent.dayWrong" });
  if (by === "" || by.length > 100) errors.push({ name: "by", message: "imports:consent.byMissing" });
  if (errors.length > 0 || !moment) return { kind: "wrong", errors };
  const matching = {
    ...{ columns, orders, everybody: everybodyChosen(one, fields) },
    ...{ statement, statementBy: by, statementDay: moment.toISOString().slice(0, 10) },
    shows: one.kind === "signatures" && fields.shows === "yes",
  };
  return { kind: "read", matching };
}

function columnsIn(one: Import, fields: Fields): string[] {
  const known: readonly string[] = [...meanings[one.kind], saysNothingOfConsent];
  return one.header.map((_name, at) => {
    const meaning = fields[`column-${at}`] ?? "";
    return known.includes(meaning) ? meaning : "";
  });
}

function columnErrors(one: Import, columns: string[]): MatchError[] {
  const once = (meaning: string) =>
    meaning !== "" && meaning !== saysNothingOfConsent && !repeatable.includes(meaning);
  const twice = [...columns.entries()]
    .filter(([at, meaning]) => once(meaning) && columns.indexOf(meaning) < at)
    .map(([at]): MatchError => ({ name: `column-${at}`, message: "imports:match.twice" }));
  const missing = needed[one.kind]
    .filter((group) => !group.some((meaning: Meaning) => columns.includes(meaning)))
    .map(([first]): MatchError => {
      return { name: "column-0", message: `imports:match.needed.${first as "email" | "name"}` };
    });
  return [...twice, ...noErrors(one, columns), ...missing];
}

/**
 * A column that holds a "no" and is not read as one stops the check, until somebody says what it means: nobody becomes
 * active over it in silence. One that is read as something else, a name, may hold such a word now and then.
 */
function noErrors(one: Import, columns: string[]): MatchError[] {
  if (one.kind === "initiatives") return [];
  return columns.flatMap((meaning, at): MatchError[] => {
    const values = one.survey?.[at];
    if (!values || meaning === saysNothingOfConsent || standingMeanings.includes(meaning)) return [];
    const { sure, any } = noesIn(values);
    const isMistaken = 2 * values.statuses >= values.filled;
    const count = meaning === "" ? any : isMistaken ? sure : 0;
    const isRead = dates.includes(meaning) || ["appearance", "silentReason"].includes(meaning);
    if (count === 0 || isRead) return [];
    const column = one.header[at] || String(at + 1);
    return [{ name: `column-${at}`, message: "imports:match.saysNo", values: { column, count } }];
  });
}

const chosenOrders = ["day-first", "month-first", "unknown"] as const;

/** Which number of the dates of each column is the day: by its values, or as somebody says where those don't tell. */
function ordersIn(
  one: Import,
  fields: Fields,
  columns: string[],
): { orders: ColumnOrders[]; errors: MatchError[] } {
  const errors: MatchError[] = [];
  const orders = ordersOf(one.survey ?? []).map((found, at) => {
    const undecided = Object.keys(found).filter((separator) => found[separator] === null);
    if (undecided.length === 0 || !dates.includes(columns[at] ?? "")) return found;
    const chosen = chosenOrders.find((order) => order === fields[`order-${at}`]);
    const column = one.header[at] || String(at + 1);
    if (!chosen) errors.push({ name: `order-${at}`, message: "imports:order.missing", values: { column } });
    const order = chosen === "unknown" ? null : (chosen ?? null);
    return { ...found, ...Object.fromEntries(undecided.map((separator) => [separator, order])) };
  });
  return { orders, errors };
}

/** What somebody says of the whole file; where its name tells and nobody says otherwise, what that tells. */
function everybodyChosen(one: Import, { everybody }: Fields) {
  if (everybody === undefined) return guessEverybody(one);
  return everybodyStands.find((stands) => stands === everybody) ?? null;
}
