import { diffWordsWithSpace } from "diff";
import { button, element, freshId } from "./dom.ts";

const time = (iso: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang || "nl", {
    timeZone: "Europe/Amsterdam",
    ...(new Date(iso).toDateString() === new Date().toDateString() ? {} : { dateStyle: "long" }),
    timeStyle: "short",
  }).format(new Date(iso));
export const timeInWords = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? iso : time(iso));

/** Something to choose; it answers false where that did not work, and can be chosen again then. */
export type Choice = {
  label: string;
  kind: "primary" | "secondary" | "subtle";
  choose: () => unknown;
};

/** A notice above the form with something to choose. It is said aloud, and leaves the focus where somebody types. */
export function notice(form: HTMLFormElement, title: string, body: Node[], choices: Choice[]): () => void {
  const heading = element("h2", { class: "work-notice__title", id: freshId() }, title);
  const said = element("div", { role: "alert" }, heading);
  const box = element("section", { class: "notice work-notice", "aria-labelledby": heading.id });
  const remove = () => box.remove();
  const actions = element("div", { class: "actions" });
  let isChosen = false;
  const take = async (choose: Choice["choose"]) => {
    if (isChosen) return;
    isChosen = true;
    isChosen = (await choose()) !== false;
    if (isChosen) remove();
  };
  for (const { label, kind, choose } of choices) actions.append(button(label, kind, () => void take(choose)));
  box.append(said, ...body, actions);
  form.before(box);
  box.scrollIntoView({ block: "nearest" });
  return remove;
}

/** Milliseconds to compare two texts word by word in; a phone that needs longer shows the one after the other. */
const timeout = 500;

/** Two texts in one: what only theirs has is struck out, what only mine has underlined; for the eye and in words. */
export function markedWords(
  theirs: string,
  mine: string,
  names: { mine: string; theirs: string },
): HTMLElement {
  const marked = (tag: "del" | "ins", value: string) =>
    element(
      tag,
      {},
      element("span", { class: "visually-hidden" }, ` (${tag === "ins" ? names.mine : names.theirs}) `),
      value,
    );
  const text = element("p", { class: "marked-words", dir: "auto" });
  const changes = diffWordsWithSpace(theirs, mine, { timeout });
  if (!changes) text.append(marked("del", theirs), " ", marked("ins", mine));
  for (const { value, added, removed } of changes ?? [])
    text.append(added ? marked("ins", value) : removed ? marked("del", value) : value);
  return text;
}

/** What can be folded open; `content` is made anew each time that somebody does. */
export function folded(summary: string, content: () => Node[]): HTMLElement {
  const inside = element("div");
  const box = element("details", { class: "work-notice__details" }, element("summary", {}, summary), inside);
  box.addEventListener("toggle", () => {
    if (box.open) inside.replaceChildren(...content());
  });
  return box;
}
