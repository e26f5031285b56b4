import { diffWordsWithSpace } from "diff";
import { button, element, freshId } from "./dom.ts";

const time = (iso: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang || "nl", {
    timeZone: "Europe/Amsterdam",
    ...(new Date(iso).toDateString() === new Date().toDateString() ? {} : { dateStyle: "long" }),
    timeStyle: "short",
  }).format(new Date(iso));
export const timeInWords = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? iso : time(iso));

export type Choice = { label: string; kind: "primary" | "secondary" | "subtle"; choose: () => void };

/** A notice above the form with something to choose. It is said aloud, and leaves the focus where somebody types. */
export function notice(form: HTMLFormElement, title: string, body: Node[], choices: Choice[]): () => void {
  const heading = element("h2", { class: "work-notice__title", id: freshId() }, title);
  const said = element("div", { role: "alert" }, heading);
  const box = element("section", { class: "notice work-notice", "aria-labelledby": heading.id });
  const remove = () => box.remove();
  const actions = element("div", { class: "actions" });
  for (const { label, kind, choose } of choices)
    actions.append(
      button(label, kind, () => {
        remove();
        choose();
      }),
    );
  box.append(said, ...body, actions);
  form.before(box);
  box.scrollIntoView({ block: "nearest" });
  return remove;
}

/** Two texts in one: what only one of them has is marked, for the eye and in words. */
export function markedWords(
  theirs: string,
  mine: string,
  names: { mine: string; theirs: string },
): HTMLElement {
  const text = element("p", { class: "marked-words", dir: "auto" });
  for (const { value, added, removed } of diffWordsWithSpace(theirs, mine)) {
    if (!added && !removed) text.append(value);
    else
      text.append(
        element(
          added ? "del" : "ins",
          {},
          element("span", { class: "visually-hidden" }, ` (${added ? names.mine : names.theirs}) `),
          value,
        ),
      );
  }
  return text;
}

/** What can be folded open. */
export const folded = (summary: string, ...content: Node[]): HTMLElement =>
  element("details", { class: "work-notice__details" }, element("summary", {}, summary), ...content);
