import { element } from "./dom.ts";
import {
  differences,
  fillIn,
  hasField,
  isChoice,
  labelOf,
  textOf,
  valuesOf,
  without,
} from "./form-values.ts";
import type { LocalDraft } from "./local-draft.ts";
import { folded, notice, timeInWords } from "./notice.ts";
import type { Words } from "./words.ts";

/** Offers text that an earlier visit left in this browser; returns whether there is any that differs. */
export function offerLeftover(
  form: HTMLFormElement,
  draft: LocalDraft,
  t: Words,
  on: { restored: () => void; discarded: () => void },
): boolean {
  const isKept = (name: string) => draft.values.some(([one]) => one === name);
  const isLeftOut = (name: string) =>
    draft.leftOut?.some((field) => without([[name, ""]], field).length === 0) === true;
  const names = differences(draft.values, valuesOf(form)).filter(
    (name) => hasField(form, name) && !isLeftOut(name) && (isKept(name) || isChoice(form, name)),
  );
  if (names.length === 0) return false;
  const fields = names.map((name) => labelOf(form, name)).join(", ");
  const preview = names.flatMap((name) => [
    element("h3", { class: "work-notice__field" }, labelOf(form, name)),
    element(
      "p",
      { class: "marked-words", dir: "auto" },
      textOf(draft.values, name) || t("editor:draft.empty"),
    ),
  ]);
  notice(
    form,
    t("editor:draft.title"),
    [
      element("p", {}, t("editor:draft.explain", { time: timeInWords(draft.at), fields })),
      folded(t("editor:draft.show"), ...preview),
    ],
    [
      {
        label: t("editor:draft.restore"),
        kind: "primary",
        choose: () => {
          fillIn(form, draft.values, names);
          on.restored();
        },
      },
      { label: t("editor:draft.discard"), kind: "secondary", choose: on.discarded },
    ],
  );
  return true;
}
