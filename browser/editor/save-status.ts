import { element } from "./dom.ts";

type Link = { href: string; label: string };

/** Where the page says whether everything is saved: its own place, or one at the end of the form. */
export function saveStatus(form: HTMLFormElement) {
  const own = form.querySelector<HTMLElement>("[data-save-status]");
  const line = own ?? element("p", { class: "save-status" });
  line.setAttribute("role", "status");
  if (!own) form.append(line);
  let kept = line.textContent ?? "";
  let isTrouble = false;
  const show = (words: string, said: boolean, link?: Link) => {
    // that something is not saved yet is seen, not said: a screen reader would speak with every pause in the typing
    line.setAttribute("aria-live", said ? "polite" : "off");
    if (line.textContent === words) return;
    line.replaceChildren(words);
    if (link)
      line.append(
        " ",
        element("a", { class: "nl-link", href: link.href, target: "_blank", rel: "noopener" }, link.label),
      );
  };
  return {
    /** Everything is where it should be. */
    say: (words: string) => {
      [kept, isTrouble] = [words, false];
      show(words, true);
    },
    /** Something keeps it from being saved: that stays until it is. */
    warn: (words: string, link?: Link) => {
      isTrouble = true;
      show(words, true, link);
    },
    /** Something was typed that is not saved yet; `words` null: it is as it was again. */
    typed: (words: string | null) => {
      if (words === null) isTrouble = false;
      if (!isTrouble) show(words ?? kept, false);
    },
  };
}
