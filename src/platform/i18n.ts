import i18next, { type TFunction } from "i18next";

/** The languages of the interface: Dutch first, English second (design, section 1). */
export const languages = ["nl", "en"] as const;
export type Language = (typeof languages)[number];
export const defaultLanguage: Language = "nl";

/** A translation function bound to one language; keys read "namespace:key.path". */
export type Translate = TFunction;

type Messages = { [key: string]: string | Messages };
const files = import.meta.glob<Messages>("../../locales/*/*.json", { eager: true, import: "default" });

const i18n = i18next.createInstance();
await i18n.init({
  lng: defaultLanguage,
  supportedLngs: languages,
  fallbackLng: false,
  interpolation: { escapeValue: false }, // JSX and the mail templates escape
  saveMissing: true,
  missingKeyHandler: (_languages, namespace, key) => {
    throw new Error(`No text for ${namespace}:${key}`);
  },
});
for (const [file, messages] of Object.entries(files)) {
  const [, language, namespace] = /locales\/(\w+)\/(\w+)\.json$/.exec(file) ?? [];
  if (language && namespace) i18n.addResourceBundle(language, namespace, messages);
}

/** The translate function for a language. A missing text throws: a page never shows a key. */
export const translator = (language: Language): Translate => i18n.getFixedT(language);

/** Every text of a language by namespace, for the test that compares the languages. */
export const messagesOf = (language: Language): Record<string, Messages> =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([file]) => file.includes(`/locales/${language}/`))
      .map(([file, messages]) => [/(\w+)\.json$/.exec(file)?.[1] ?? file, messages]),
  );

/** A format of each language, made once: making one for every date costs more than the rest of a page. */
const perLanguage = <Format>(make: (locale: string) => Format): Record<Language, Format> => ({
  nl: make("nl-NL"),
  en: make("en-GB"),
});

const inAmsterdam = (options: Intl.DateTimeFormatOptions) =>
  perLanguage((locale) => new Intl.DateTimeFormat(locale, { ...options, timeZone: "Europe/Amsterdam" }));

const numbers = perLanguage((locale) => new Intl.NumberFormat(locale));
const dates = inAmsterdam({ dateStyle: "long" });
const moments = inAmsterdam({ dateStyle: "long", timeStyle: "short" });
const times = inAmsterdam({ timeStyle: "short" });
const monthNames = perLanguage(
  (locale) => new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" }),
);
const days = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" });

/** Lists as a language writes them: "a, b en c". */
export const listFormats = perLanguage((locale) => new Intl.ListFormat(locale, { type: "conjunction" }));

/** A number as it is written: "12.345" in Dutch, "12,345" in English. */
export const formatNumber = (number: number, language: Language): string => numbers[language].format(number);

/** A date in words, in Amsterdam's calendar: "10 april 2024". */
export const dateInWords = (date: Date, language: Language): string => dates[language].format(date);

/** A moment in words, in Amsterdam: "10 april 2024 om 14:05". */
export const momentInWords = (date: Date, language: Language): string => moments[language].format(date);

/** The time of day in Amsterdam: "14:05". */
export const timeOfDay = (date: Date, language: Language): string => times[language].format(date);

/** The month of a day ("2026-05-01") in words: "mei 2026". */
export const monthInWords = (day: string, language: Language): string =>
  monthNames[language].format(new Date(`${day}T00:00:00Z`));

/** The day that a moment falls on in Amsterdam: "2026-12-31". */
export const amsterdamDay = (date: Date): string => days.format(date);
