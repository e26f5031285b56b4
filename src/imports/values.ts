import type { Language } from "../platform/i18n.ts";
import type { Appearance } from "../signatures/table.ts";

const earliest = Date.UTC(1995, 0, 1);

/** A day or moment as tools and people write it: "2024-01-31 10:00:00", "31-01-2024", "1/31/2024"; null for anything else. */
export function momentOf(text: string, now: Date): Date | null {
  const [, year, month, day, time] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?)\S*)?/.exec(text) ?? [];
  if (year) return sensible(Number(year), Number(month), Number(day), time, now);
  const [, one, two, fullYear] = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b/.exec(text) ?? [];
  if (!one) return null;
  // Day first, as here; a month above 12 is a day in the American order.
  return Number(two) > 12
    ? sensible(Number(fullYear), Number(one), Number(two), undefined, now)
    : sensible(Number(fullYear), Number(two), Number(one), undefined, now);
}

/** A moment that exists and has been; without a time of day at noon, so that the day is the same in every time zone here. */
function sensible(
  year: number,
  month: number,
  day: number,
  time: string | undefined,
  now: Date,
): Date | null {
  const [hour = 12, minute = 0, second = 0] = time?.split(":").map(Number) ?? [];
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const exists = moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
  if (!exists || moment.getTime() < earliest) return null;
  // Today at noon may still have to come.
  const ahead = moment.getTime() - now.getTime();
  if (ahead > 86_400_000) return null;
  return ahead > 0 ? now : moment;
}

/** A language as tools write it: "nl", "nl_NL", "Dutch", "Nederlands". */
export function languageOf(text: string): Language | null {
  const word = text.toLowerCase();
  if (/^(nl|dut|dutch|nederlands)\b|^nl[_-]/.test(word)) return "nl";
  return /^(en|eng|english|engels)\b|^en[_-]/.test(word) ? "en" : null;
}

/** How a signer wants to appear; null for a word that is not known. */
export function appearanceOf(text: string): Appearance | null {
  const word = text.toLowerCase();
  if (/^(name|naam|met naam|by name|ja|yes|zichtbaar|openbaar|publiek|public)$/.test(word)) return "name";
  if (/^(role|functie|met functie|organisatie|by role)$/.test(word)) return "role";
  return /^(|counted|geteld|telt mee|anoniem|anonymous|nee|no|niet)$/.test(word) ? "counted" : null;
}

/** First name, "van der" and last name, or the whole name. */
export const wholeName = (parts: (string | undefined)[]): string => parts.filter(Boolean).join(" ");
