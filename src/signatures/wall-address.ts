import { type Paths, paths } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import type { WallFilter } from "./wall-queries.ts";

/** Where on the wall's page the code of the counter stands. */
export const counterAnchor = "teller";

/** The wall's names in a query string. */
export const wallFields: Record<Language, Record<keyof WallFilter, string>> = {
  nl: { search: "q", principle: "beginsel", before: "voor" },
  en: { search: "q", principle: "principle", before: "before" },
};

/** What of the wall a query string asks for. What is no principle, or no number, filters nothing. */
export function wallFilterFrom(
  query: (name: string) => string | undefined,
  language: Language,
  principles: string[],
): WallFilter {
  const fields = wallFields[language];
  const before = query(fields.before) ?? "";
  return {
    search: (query(fields.search) ?? "").trim().slice(0, 100),
    principle: principles.find((slug) => slug === query(fields.principle)) ?? null,
    before: /^[1-9]\d{0,15}$/.test(before) ? Number(before) : null,
  };
}

/** The wall's path with a filter in it. */
export function wallPath(
  language: Language,
  filter: Partial<WallFilter>,
  to: Paths = paths(language),
): string {
  const fields = wallFields[language];
  const query = new URLSearchParams();
  if (filter.search) query.set(fields.search, filter.search);
  if (filter.principle) query.set(fields.principle, filter.principle);
  if (filter.before) query.set(fields.before, String(filter.before));
  return query.size > 0 ? `${to.signatories}?${query}` : to.signatories;
}
