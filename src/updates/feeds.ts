import { paths, technical } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { element } from "../platform/xml.ts";
import { type Feed, type FeedEntry, withAbsoluteLinks } from "../ui/feeds.ts";
import { renderMarkdown } from "../ui/markdown.tsx";
import { withoutSources } from "../ui/pictures.ts";
import { canonicalIsland, type Visit } from "../visit.tsx";
import type { FullUpdate, Island } from "./queries.ts";

/** How many updates a feed holds, newest first. */
export const feedLength = 30;

/** The feed of an island's updates, or (`island` null) of those of all islands. */
export function feedOf(visit: Visit, island: Island | null, updates: FullUpdate[]): Feed {
  const { here, language, t } = visit;
  const name = island ? pick(island.name, language).text : here.frame(language).name;
  const movement = { origin: here.movementOrigin, paths: paths(language) };
  const { origin, paths: own } = island ? canonicalIsland(here, island, language) : movement;
  const onMovement = island ? paths(language).island(island.slug) : paths(language);
  return {
    language,
    origin,
    id: here.movementOrigin + onMovement.updatesAtom,
    home: origin + own.home,
    page: origin + own.updates,
    atom: origin + own.updatesAtom,
    json: origin + own.updatesJson,
    author: name,
    title: t("updates:allFrom", { name }),
    subtitle: island ? pick(island.tagline, language).text : t("updates:allLead"),
    entries: updates.map((update) => entryOf(visit, update)),
  };
}

function entryOf({ here, language }: Visit, update: FullUpdate): FeedEntry {
  const island = { slug: update.islandSlug, host: update.islandHost };
  const { origin, paths: own } = canonicalIsland(here, island, language);
  const url = origin + own.update(update.slug);
  const body = pick(update.body, language);
  const name = pick(update.islandName, language).text;
  return {
    id: update.id,
    url,
    title: pick(update.title, language),
    summary: pick(update.summary, language),
    language: body.language,
    image: update.image ? origin + technical.media(update.image) : null,
    html:
      picture(update, origin, language) +
      withAbsoluteLinks(withoutSources(renderMarkdown(body.text, 2)), url),
    author: update.author ?? name,
    category: { term: update.islandSlug, label: name },
    published: update.publishedAt,
    updated: update.changedAt,
  };
}

function picture({ image, imageAlt }: FullUpdate, origin: string, language: Language): string {
  if (!image) return "";
  const alt = imageAlt ? pick(imageAlt, language).text : "";
  return `<p>${element("img", { src: origin + technical.media(image), alt }).xml}</p>\n`;
}
