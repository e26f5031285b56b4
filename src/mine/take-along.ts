import { byteOrderMark, csvLines } from "../platform/csv.ts";
import type { Translate } from "../platform/i18n.ts";
import type { Section } from "./facts.ts";
import type { Everything } from "./queries.ts";

/** Everything for a program to read: names as in the code, moments in UTC (RFC 3339). */
export function toJson(everything: Everything, about: { origin: string; now: Date }): string {
  const { person, signature, newsletters: _names, ...rest } = everything;
  const whole = {
    about: { source: about.origin, exportedAt: about.now },
    person: without(person, "id"),
    signature: signature && without(signature, "id", "email", "language"),
    profile: rest.profile,
    subscriptions: rest.subscriptions.map((one) => without(one, "id")),
    offers: rest.offers.map((one) => without(one, "id", "person_id", "initiative_id")),
    tips: rest.tips.map((one) => without(one, "id")),
    proposals: rest.proposals.map((one) => without(one, "id", "person_id", "decided_by", "initiative_id")),
    consents: rest.consents.map((one) => without(one, "id", "person_id")),
    confirmations: rest.confirmations.map((one) => without(one, "id", "person_id", "number")),
    codes: rest.codes,
    visits: rest.visits,
    suppression: rest.suppression,
    mailings: rest.mailings.map((one) => without(one, "id")),
    returned: rest.returned,
    work: { ...rest.work, ...rest.made },
  };
  return `${JSON.stringify(whole, null, 2)}\n`;
}

/** The rest of a row without what only the program needs. */
function without<Row extends object, Name extends keyof Row>(row: Row, ...names: Name[]): Omit<Row, Name> {
  const entries = Object.entries(row).filter(([name]) => !names.some((one) => one === name));
  return Object.fromEntries(entries) as Omit<Row, Name>;
}

/**
 * Everything as one table (RFC 4180): kind, which one of that kind, what, value, moment in UTC. Cells are apart by what
 * a spreadsheet program expects: ";" where a comma stands in numbers, as in Dutch.
 */
export function toCsv(sections: Section[], t: Translate): string {
  const columns = ["section", "which", "what", "value", "moment"] as const;
  const rows = sections.flatMap(({ name, items }) =>
    items.flatMap(({ title, facts }, index) =>
      facts.map(({ what, value }) => {
        const which = items.length > 1 ? `${index + 1}. ${title}` : title;
        const [text, moment] = value instanceof Date ? ["", value.toISOString()] : [value, ""];
        return [t(`mine:section.${name}`), which, what, text, moment];
      }),
    ),
  );
  const head = columns.map((column) => t(`mine:csv.${column}`));
  return byteOrderMark + csvLines([head, ...rows], t("mine:csv.separator"));
}
