import type { Paths } from "../paths.ts";
import { paths } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import type { DirectoryFilter } from "./queries.ts";
import { initiativeKinds } from "./table.ts";

/** The filter that a query string asks for. What isn't a kind or cannot be a theme filters nothing. */
export function filterFrom(query: (name: string) => string | undefined, language: Language): DirectoryFilter {
  const { kind, theme, kinds } = paths(language).filters;
  const wantedTheme = query(theme) ?? "";
  return {
    kind: initiativeKinds.find((one) => kinds[one] === query(kind)) ?? null,
    theme: /^[a-z0-9]+(-[a-z0-9]+)*$/.test(wantedTheme) ? wantedTheme : null,
  };
}

/** The directory's path with a filter in it. */
export function directoryPath({ initiatives, filters }: Paths, { kind, theme }: DirectoryFilter): string {
  const query = new URLSearchParams();
  if (kind) query.set(filters.kind, filters.kinds[kind]);
  if (theme) query.set(filters.theme, theme);
  return query.size > 0 ? `${initiatives}?${query}` : initiatives;
}
