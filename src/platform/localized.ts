import { defaultLanguage, type Language, languages } from "./i18n.ts";

/** A content text per language; Dutch is always there, other languages may lack. Stored as jsonb. */
export type Localized = { nl: string } & Partial<Record<Language, string>>;

/** A text as shown to a reader of `language`: in that language, or in Dutch where no translation exists. */
export function pick(text: Localized, language: Language): { text: string; language: Language } {
  const translated = text[language];
  return translated ? { text: translated, language } : { text: text.nl, language: defaultLanguage };
}

/** The same for a text that may be in any one language (an edition in English only, a draft); "" where it is in none. */
export function pickAny(text: Localized, language: Language): { text: string; language: Language } {
  const found = pick(text, language);
  if (found.text.trim()) return found;
  const other = languages.find((one) => text[one]?.trim());
  return { text: (other && text[other]) ?? "", language: other ?? language };
}
