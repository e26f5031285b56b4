import { greetingOf } from "../newsletters/operations.ts";
import { type Language, languages } from "../platform/i18n.ts";
import type { EditionContent } from "./table.ts";

/** The languages that an edition is written in: those with a subject and something to read. */
export const languagesOf = ({ subject, intro }: EditionContent): Language[] =>
  languages.filter((language) => subject[language]?.trim() && intro[language]?.trim());

/** The words of an edition for a reader of a language: in that language, or in the one that it was written in. */
export function wordsFor(content: EditionContent, language: Language) {
  const written = languagesOf(content);
  const shown = written.includes(language) ? language : (written[0] ?? languages[0]);
  const word = (name: "subject" | "preheader" | "intro" | "closing") => content[name][shown]?.trim() ?? "";
  return {
    language: shown,
    /** How it greets somebody of whom no name is known; null where it greets nobody. */
    greeting: content.greeting ? greetingOf(null, shown) : null,
    subject: word("subject"),
    preheader: word("preheader"),
    intro: word("intro"),
    closing: word("closing"),
  };
}
