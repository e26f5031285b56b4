import type { FieldErrors } from "../platform/fields.ts";
import { type Meaning, meanings, needed } from "./meanings.ts";
import type { Matching } from "./operations.ts";
import type { Import } from "./queries.ts";
import { momentOf } from "./values.ts";

export type ReadMatching = { kind: "read"; matching: Matching } | { kind: "wrong"; errors: FieldErrors };

/** Reads what the columns mean and the statement about consent; the errors are keys of texts. */
export function readMatching(one: Import, fields: Record<string, string>, now: Date): ReadMatching {
  const known: readonly string[] = meanings[one.kind];
  const columns = one.header.map((_name, at) => {
    const meaning = fields[`column-${at}`] ?? "";
    return known.includes(meaning) ? meaning : "";
  });
  const errors: FieldErrors = [];
  for (const [at, meaning] of columns.entries())
    if (meaning && columns.indexOf(meaning) < at)
      errors.push({ name: `column-${at}`, message: "imports:match.twice" });
  for (const group of needed[one.kind])
    if (!group.some((meaning: Meaning) => columns.includes(meaning)))
      errors.push({ name: "column-0", message: `imports:match.needed.${group[0] as "email" | "name"}` });
  if (one.kind === "initiatives") {
    const none = { statement: null, statementDay: null, statementBy: null, shows: false };
    return errors.length > 0 ? { kind: "wrong", errors } : { kind: "read", matching: { columns, ...none } };
  }
  const { statement = "", by = "", day = "", month = "", year = "" } = fields;
  if (statement.length < 20) errors.push({ name: "statement", message: "imports:consent.missing" });
  else if (statement.length > 2000) errors.push({ name: "statement", message: "imports:consent.tooLong" });
  const moment = /^\d{4}$/.test(year) ? momentOf(`${year}-${month}-${day}`, now) : null;
  if (!moment) errors.push({ name: "day", message: "imports:consent.dayWrong" });
  if (by === "" || by.length > 100) errors.push({ name: "by", message: "imports:consent.byMissing" });
  if (errors.length > 0 || !moment) return { kind: "wrong", errors };
  const statementDay = moment.toISOString().slice(0, 10);
  const shows = one.kind === "signatures" && fields.shows === "yes";
  return { kind: "read", matching: { columns, statement, statementDay, statementBy: by, shows } };
}
