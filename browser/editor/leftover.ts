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

/** The fields of a text from an earlier visit that are not as the page has them. */
export function leftIn(form: HTMLFormElement, draft: LocalDraft): string[] {
  const isKept = (name: string) => draft.values.some(([one]) => one === name);
  const isLeftOut = (name: string) =>
    draft.leftOut?.some((field) => without([[name, ""]], field).length === 0) === true;
  return differences(draft.values, valuesOf(form)).filter(
    (name) => hasField(form, name) && !isLeftOut(name) && (isKept(name) || isChoice(form, name)),
  );
}

/** Offers text that an earlier visit left in this browser. */
export function offerLeftover(
  form: HTMLFormElement,
  draft: LocalDraft,
  t: Words,
  on: { restored: () => void; discarded: () => void },
): void {
  const names = leftIn(form, draft);
  const fields = names.map((name) => labelOf(form, name)).join(", ");
  const preview = () =>
    names.flatMap((name) => [
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
      folded(t("editor:draft.show"), preview),
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
}
