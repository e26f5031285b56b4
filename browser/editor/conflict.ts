import { element } from "./dom.ts";
import { fillIn, isWritten, textOf, type Values, valuesOf } from "./form-values.ts";
import { folded, markedWords, notice, timeInWords } from "./notice.ts";
import type { Words } from "./words.ts";

/** What the server says when somebody else saved in the meantime. */
export type Conflict = {
  by: string;
  at: string;
  changed: { field: string; label: string; theirs: unknown }[];
  version: string | number;
};

const asText = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : JSON.stringify(value);

/** Field by field what differs, their words and mine marked. */
function comparison(form: HTMLFormElement, conflict: Conflict, t: Words): HTMLElement[] {
  const mine = valuesOf(form);
  const name = conflict.by;
  const names = { mine: t("editor:conflict.onlyYours"), theirs: t("editor:conflict.onlyTheirs", { name }) };
  return conflict.changed.flatMap(({ field, label, theirs }) => [
    element("h3", { class: "work-notice__field" }, t("editor:conflict.changes", { field: label })),
    markedWords(asText(theirs), textOf(mine, field), names),
  ]);
}

/**
 * Puts their texts in the place of mine. False where that cannot be done here: a list of theirs can have other items, a
 * choice is told in words, and what they changed may not be known any more. Then the page is asked for anew.
 */
export function putTheirs(form: HTMLFormElement, { changed }: Conflict): boolean {
  if (changed.length === 0 || !changed.every(({ field }) => isWritten(form, field))) return false;
  const theirs: Values = changed.map(({ field, theirs }) => [field, asText(theirs)]);
  fillIn(
    form,
    theirs,
    changed.map(({ field }) => field),
  );
  return true;
}

/** Says who changed what and when, and lets the writer choose. Nothing is overwritten before that. */
export function showConflict(
  form: HTMLFormElement,
  conflict: Conflict,
  t: Words,
  on: { mine: () => void; theirs: () => Promise<boolean> },
): void {
  const { by: name, changed } = conflict;
  const known = {
    name,
    time: timeInWords(conflict.at),
    fields: changed.map(({ label }) => label).join(", "),
  };
  const body: Node[] = [
    element(
      "p",
      {},
      changed.length > 0 ? t("editor:conflict.explain", known) : t("editor:conflict.explainUnknown", known),
    ),
  ];
  if (changed.length > 0)
    body.push(
      folded(t("editor:conflict.show"), () => [
        element("p", { class: "meta" }, t("editor:conflict.legend", { name })),
        ...comparison(form, conflict, t),
      ]),
    );
  notice(form, t("editor:conflict.title", { name }), body, [
    { label: t("editor:conflict.mine"), kind: "secondary", choose: on.mine },
    { label: t("editor:conflict.theirs", { name }), kind: "secondary", choose: on.theirs },
  ]);
}
