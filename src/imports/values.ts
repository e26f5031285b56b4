import { type Language, languages, type Translate, translator } from "../platform/i18n.ts";
import { type Appearance, appearances } from "../signatures/operations.ts";
import { plain } from "./plain.ts";

/** A language as tools write it: "nl", "nl_NL", "Dutch", "Nederlands". */
export function languageOf(text: string): Language | null {
  const word = text.toLowerCase();
  if (/^(nl|dut|dutch|nederlands)\b|^nl[_-]/.test(word)) return "nl";
  return /^(en|eng|english|engels)\b|^en[_-]/.test(word) ? "en" : null;
}

/** What our own lists write for a value, in each language. */
export const ownWords = <Value extends string>(
  values: readonly Value[],
  inWords: (t: Translate, value: Value) => string,
) =>
  new Map(
    languages.flatMap((language) =>
      values.map((value): [string, Value] => [plain(inWords(translator(language), value)), value]),
    ),
  );
const ownAppearances = ownWords(appearances, (t, value) => t(`lists:appearance.${value}`));

/** How a signer wants to appear; null for a word that is not known. */
export function appearanceOf(text: string): Appearance | null {
  const word = text.toLowerCase();
  const own = ownAppearances.get(plain(text));
  if (own) return own;
  if (/^(name|naam|met naam|by name|ja|yes|zichtbaar|openbaar|publiek|public)$/.test(word)) return "name";
  if (/^(role|functie|met functie|organisatie|by role)$/.test(word)) return "role";
  return /^(|counted|geteld|telt mee|anoniem|anonymous|nee|no|niet)$/.test(word) ? "counted" : null;
}

const motivationStates = ["waiting", "shown", "refused"] as const;
const ownMotivationStates = ownWords(motivationStates, (t, value) => t(`lists:motivationState.${value}`));

/** Whether a motivation is on the wall, as our own lists say it; what nobody judged waits for a moderator. */
export const motivationStateOf = (text: string): (typeof motivationStates)[number] =>
  ownMotivationStates.get(plain(text)) ?? "waiting";

/** First name, "van der" and last name, or the whole name. */
export const wholeName = (parts: (string | undefined)[]): string => parts.filter(Boolean).join(" ");
