import { emailField, personName } from "../platform/fields.ts";
import type { Suppressing } from "../suppressions/operations.ts";
import { isAnswer, saysNothing, saysYes, standingOf } from "./consent.ts";
import { plain } from "./plain.ts";
import type { Cell, Checked, Row } from "./row.ts";
import type { EverybodyStands, Standing } from "./table.ts";
import { languageOf, ownWords, wholeName } from "./values.ts";

/** Reads a row about somebody on a newsletter, or who was. A "no" wins from everything else in the row. */
export function checkSubscriber(row: Row, everybody: EverybodyStands | null): Checked {
  const email = emailIn(row);
  if (email.kind === "bad") return email.checked;
  const said = standingIn(row, everybody);
  if ("wrong" in said) return row.bad(said.wrong, said.cell, email.key);
  const { standing } = said;
  const dates = {
    given: firstDate(row, row.all("since")),
    consentGiven: firstDate(row, row.all("consentGiven")),
    ended: said.ended,
    silentSince: firstDate(row, row.all("silentSince")),
    pausedUntil: firstDate(row, row.all("pausedUntil"), "may-come"),
  };
  const wrong = Object.values(dates).find((date) => date.kind === "wrong");
  // Who says no says it whatever a date is; for a yes it is the proof.
  if (wrong && standing === "active") return row.bad(wrong.reason, wrong.cell, null);
  const name = personName.safeParse(nameIn(row));
  const consent = saysNothing(row.text("consent")) ? null : row.text("consent");
  const at = (date: FirstDate) => (date.kind === "read" ? date.at.toISOString() : null);
  return {
    kind: "good",
    key: email.key,
    data: {
      // A name is a courtesy: one that is none keeps nobody out.
      name: name.success ? name.data : null,
      language: languageOf(row.text("language")),
      status: standing,
      given: at(dates.given),
      ended: at(dates.ended),
      consent,
      // Words of their own have a moment of their own; when somebody came on the list is not when they said them.
      consentGiven: at(consent ? dates.consentGiven : dates.given),
      silent: silentReason(row, standing),
      silentSince: at(dates.silentSince),
      pausedUntil: at(dates.pausedUntil),
      undated: wrong ? "yes" : null,
    },
  };
}

/** The address of a row, or why it has none that can be read. */
export function emailIn(row: Row): { kind: "good"; key: string } | { kind: "bad"; checked: Checked } {
  const text = row.text("email");
  if (!text) return { kind: "bad", checked: row.bad("email-missing", "email") };
  const parsed = emailField.safeParse(text);
  return parsed.success
    ? { kind: "good", key: parsed.data }
    : { kind: "bad", checked: row.bad("email", "email") };
}

export function nameIn(row: Row): string {
  const [name, first, prefix, last] = [
    row.text("name"),
    row.text("firstName"),
    row.text("prefix"),
    row.text("lastName"),
  ];
  return wholeName([first || name, prefix, last]) || name;
}

export type FirstDate =
  | { kind: "read"; at: Date }
  | { kind: "none" }
  | { kind: "wrong"; reason: string; cell: Cell };

/** The first date that is filled in, of columns that say the same. `ahead`: whether it may still have to come. */
export function firstDate(row: Row, cells: Cell[], ahead?: "may-come"): FirstDate {
  const cell = cells.find(({ text }) => !saysNothing(text) && text !== "0");
  if (!cell) return { kind: "none" };
  const read = row.moment(cell);
  if (read.kind === "read" || (read.kind === "future" && ahead)) return { kind: "read", at: read.at };
  return { kind: "wrong", reason: `date-${read.kind}`, cell };
}

type Said = { standing: Standing; ended: FirstDate } | { wrong: string; cell: Cell };

/** How somebody stands by all columns that tell: a "no" in one of them is a no, what is not known is no yes. */
function standingIn(row: Row, everybody: EverybodyStands | null): Said {
  const statuses = row.all("status").map((cell) => ({ cell, means: standingOf(cell.text) }));
  const ended = firstDate(
    row,
    row.all("ended").filter(({ text }) => saysYes(text)),
  );
  const found: Standing[] = statuses.flatMap(({ means }) =>
    means === null || means === "unconfirmed" ? [] : means,
  );
  const says = (cells: Cell[]) => cells.some(({ text }) => saysYes(text));
  if (says(row.all("complained"))) found.push("complained");
  if (says(row.all("bounced"))) found.push("gone");
  if (says(row.all("blocked")) || ended.kind === "read") found.push("ended");
  if (everybody) found.push(everybody);
  const standing = strictest.find((one) => found.includes(one)) ?? "active";
  if (standing !== "active") return { standing, ended };
  if (ended.kind === "wrong") return { wrong: "ended", cell: ended.cell };
  const unsaid = statuses.find(({ means }) => means === null || means === "unconfirmed");
  if (unsaid) return { wrong: "status", cell: unsaid.cell };
  const isEmpty = ({ text }: Cell) => saysNothing(text);
  const unanswered = statuses.find(({ cell }) => isEmpty(cell) && isAnswer(row.headerOf(cell)));
  // Who did not answer said no yes; unless another column does.
  return unanswered && statuses.every(({ cell }) => isEmpty(cell))
    ? { wrong: "status-empty", cell: unanswered.cell }
    : { standing, ended };
}

/** Who complained is not only gone, and who is gone did not only stop; an end says more than that no mail goes. */
const strictest: Standing[] = ["complained", "gone", "silent", "ended"];

type Reason = Suppressing["reason"];

/** The words of our own lists for why an address gets no mail. */
const reasons = ownWords<Reason>(["hard", "soft", "complaint"], (t, reason) =>
  t(`suppressions:reason.${reason}`),
);

/** Why the address gets no mail, where it gets none. */
function silentReason(row: Row, standing: Standing): Reason | null {
  const told = row.text("silentReason");
  if (!saysNothing(told)) return reasons.get(plain(told)) ?? "hard";
  if (standing === "complained") return "complaint";
  return standing === "gone" || standing === "silent" ? "hard" : null;
}
