import { countEditions, listEditionAddresses } from "../editions/queries.ts";
import { listSlugsOnMovement } from "../initiatives/queries.ts";
import { type IslandPaths, type Paths, paths, technical } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import { defaultLanguage, type Language } from "../platform/i18n.ts";
import { element, type Xml, xmlDocument } from "../platform/xml.ts";
import { countUpdates, listUpdateAddresses } from "../updates/queries.ts";
import type { Place } from "../visit.tsx";

/** A page by its path in each language. */
type Entry = {
  at: (language: Language) => string;
  changed?: Date;
  /** The languages that it exists in, where those are not all of the site's. */
  in?: readonly Language[];
};

/** Pages in one file, each as one URL a language; the protocol's most is 50,000 URLs (sitemaps.org). */
const pagesInFile = 2500;

const onMovement: (keyof Paths & string)[] = [
  "home",
  "initiatives",
  "propose",
  "manifesto",
  "signatories",
  "join",
  "updates",
  "newsletter",
  "contact",
  "about",
  "privacy",
  "accessibility",
];
const onIsland = ["home", "updates", "newsletter", "contact"] as const;

/** The public pages of a site that are not updates. */
async function listPages(ctx: Ctx, { ownIsland }: Place): Promise<Entry[]> {
  const partsOf = (island: (language: Language) => IslandPaths): Entry[] =>
    onIsland.map((part) => ({ at: (language) => island(language)[part] }));
  if (ownIsland !== null) return partsOf((language) => paths(language).ownHost);
  const slugs = await listSlugsOnMovement(ctx);
  const pages = onMovement.map((page) => ({ at: (language: Language) => String(paths(language)[page]) }));
  return [...pages, ...slugs.flatMap((slug) => partsOf((language) => paths(language).island(slug)))];
}

/** The stretch of a site's pages from `offset`: first its own pages, then the updates, then what newsletters sent. */
async function listEntries(ctx: Ctx, place: Place, pages: Entry[], updates: number, offset: number) {
  const { ownIsland: islandSlug } = place;
  const entries = pages.slice(offset, offset + pagesInFile);
  const stretch = (before: number) => ({
    islandSlug,
    offset: Math.max(0, offset - before),
    limit: pagesInFile - entries.length,
  });
  const pathsOf = (slug: string | null, language: Language) =>
    slug === null || islandSlug !== null ? paths(language) : paths(language).island(slug);
  for (const update of await listUpdateAddresses(ctx, stretch(pages.length)))
    entries.push({
      at: (language) => pathsOf(update.islandSlug, language).update(update.slug),
      changed: update.changedAt,
    });
  for (const edition of await listEditionAddresses(ctx, stretch(pages.length + updates)))
    entries.push({
      at: (language) => pathsOf(edition.islandSlug, language).edition(edition.slug),
      changed: edition.at,
      in: edition.languages,
    });
  return entries;
}

/**
 * A site's map (sitemaps.org) with the other language of each page (Google's hreflang form): the whole (`part`
 * null), which is a list of its parts where it is too long for one file, or one part, from 1. Null: no such part.
 */
export async function sitemap(ctx: Ctx, place: Place, part: number | null): Promise<string | null> {
  const [pages, updates, editions] = await Promise.all([
    listPages(ctx, place),
    countUpdates(ctx, place.ownIsland),
    countEditions(ctx, place.ownIsland),
  ]);
  const parts = Math.ceil((pages.length + updates + editions) / pagesInFile);
  if (part === null && parts > 1) return indexOf(place, parts);
  if (part !== null && (part > parts || parts === 1)) return null;
  const entries = await listEntries(ctx, place, pages, updates, ((part ?? 1) - 1) * pagesInFile);
  const namespaces = {
    xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:xhtml": "http://www.w3.org/1999/xhtml",
  };
  const urls = entries.map((entry) => {
    const languages = place.languages.filter((one) => !entry.in || entry.in.includes(one));
    return languages.map((language) => urlOf({ ...place, languages }, entry, language));
  });
  return xmlDocument(element("urlset", namespaces, ...urls));
}

function urlOf({ origin, languages }: Place, { at, changed }: Entry, language: Language): Xml {
  const alternate = (hreflang: string, language: Language) =>
    element("xhtml:link", { rel: "alternate", hreflang, href: origin + at(language) });
  return element(
    "url",
    {},
    element("loc", {}, origin + at(language)),
    changed && element("lastmod", {}, changed.toISOString()),
    languages.length > 1 && [
      ...languages.map((other) => alternate(other, other)),
      alternate("x-default", defaultLanguage),
    ],
  );
}

function indexOf({ origin }: Place, parts: number): string {
  const numbers = Array.from({ length: parts }, (_, index) => index + 1);
  return xmlDocument(
    element(
      "sitemapindex",
      { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" },
      numbers.map((part) => element("sitemap", {}, element("loc", {}, origin + technical.sitemapPart(part)))),
    ),
  );
}
