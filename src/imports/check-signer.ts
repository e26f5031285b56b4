import { personName, visibleOptional } from "../platform/fields.ts";
import { emailIn, firstDate, nameIn } from "./check-subscriber.ts";
import { saysNothing, saysYes, standingOf } from "./consent.ts";
import type { Checked, Row } from "./row.ts";
import type { EverybodyStands } from "./table.ts";
import { appearanceOf, languageOf, motivationStateOf } from "./values.ts";

/** Reads a row about somebody who signed. Who said no, or never confirmed, did not. */
export function checkSigner(row: Row, everybody: EverybodyStands | null): Checked {
  const email = emailIn(row);
  if (email.kind === "bad") return email.checked;
  if (everybody) return row.bad("said-no", "email", email.key);
  const no = row.all("blocked").find(({ text }) => saysYes(text));
  const unsaid = row.all("status").find(({ text }) => standingOf(text) !== "active");
  if (no) return row.bad("said-no", no, email.key);
  if (unsaid) return row.bad(standingOf(unsaid.text) === null ? "status" : "said-no", unsaid, email.key);
  const name = personName.safeParse(nameIn(row));
  if (!name.success) return row.bad("name", row.all("name").length > 0 ? "name" : "lastName");
  const appearance = appearanceOf(row.text("appearance"));
  if (!appearance) return row.bad("appearance", "appearance");
  const lines: Record<string, string | null> = {};
  for (const field of ["role", "organisation", "place"] as const) {
    const line = visibleOptional(100, { tooLong: "", address: "" }).safeParse(row.text(field));
    if (!line.success) return row.bad(field, field);
    lines[field] = line.data;
  }
  const motivation = row.text("motivation");
  if ([...motivation].length > 280) return row.bad("motivation", "motivation");
  const given = firstDate(row, row.all("since"));
  const filledIn = firstDate(row, row.all("filledIn"));
  const consentGiven = firstDate(row, row.all("consentGiven"));
  for (const date of [given, filledIn, consentGiven])
    if (date.kind === "wrong") return row.bad(date.reason, date.cell);
  const consent = saysNothing(row.text("consent")) ? null : row.text("consent");
  const at = (date: typeof given) => (date.kind === "read" ? date.at.toISOString() : null);
  return {
    kind: "good",
    key: email.key,
    data: {
      ...{ name: name.data, appearance, ...lines, language: languageOf(row.text("language")) },
      motivation: motivation || null,
      motivationState: motivation ? motivationStateOf(row.text("motivationState")) : null,
      ...{ given: at(given), filledIn: at(filledIn) },
      consent,
      consentGiven: at(consent ? consentGiven : given),
    },
  };
}
