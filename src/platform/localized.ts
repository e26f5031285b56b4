import { defaultLanguage, type Language } from "./i18n.ts";

/** A content text per language; Dutch is always there, other languages may lack. Stored as jsonb. */
export type Localized = { nl: string } & Partial<Record<Language, string>>;

/** A text as shown to a reader of `language`: in that language, or in Dutch where no translation exists. */
export function pick(text: Localized, language: Language): { text: string; language: Language } {
  const translated = text[language];
  return translated ? { text: translated, language } : { text: text.nl, language: defaultLanguage };
}
