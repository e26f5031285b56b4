import { desk } from "../desk-paths.ts";
import { type IslandPaths, languageOf, paths } from "../paths.ts";
import { defaultLanguage } from "../platform/i18n.ts";
import { fromRoot } from "../platform/redirects.ts";
import type { Place } from "../visit.tsx";

/** Each English path (or the part before its value) with the Dutch one, the longest first. */
const pairs = pathPairs();

function pathPairs(): [english: string, dutch: string][] {
  const [english, dutch] = [paths("en"), paths(defaultLanguage)];
  const ends = (path: unknown): string | null => {
    if (typeof path === "string") return path;
    const begun: unknown = typeof path === "function" ? path("") : null;
    return typeof begun === "string" ? begun : null;
  };
  const names = Object.keys(english) as (keyof typeof english)[];
  return names
    .flatMap((name): [string, string][] => {
      const [from, to] = [ends(english[name]), ends(dutch[name])];
      return from && to ? [[from, to]] : [];
    })
    .sort(([one], [other]) => other.length - one.length);
}

const startsWithPart = (path: string, part: string) =>
  path === part || (path.startsWith(part) && (part.endsWith("/") || /^[/.]/.test(path.slice(part.length))));

/** The Dutch path of an English page: where somebody goes on a site that is in Dutch only. */
export function inDutch(path: string): string {
  const [english, dutch] = [paths("en"), paths(defaultLanguage)];
  const below = english.island("").home;
  const slug = path.startsWith(below) ? path.slice(below.length).split("/")[0] : "";
  if (slug) {
    const parts = Object.entries(english.island(slug)) as [keyof IslandPaths, unknown][];
    const island = dutch.island(slug);
    for (const part of ["updates", "newsletter", "contact"] as const) {
      const from = parts.find(([name]) => name === part)?.[1];
      if (typeof from === "string" && startsWithPart(path, from))
        return island[part] + path.slice(from.length);
    }
    return island.home;
  }
  const found = pairs.find(([from]) => startsWithPart(path, from));
  if (!found) return dutch.home;
  const [from, to] = found;
  return fromRoot(to + path.slice(from.length));
}

/** Whether a page is in a language that the movement leaves out. The workplace has all languages. */
export function isLeftOut(path: string, { languages }: Place): boolean {
  const language = languageOf(path);
  const to = desk(language);
  const atWork = [to.home, to.signIn].some((one) => startsWithPart(path, one));
  return !languages.includes(language) && !atWork;
}
