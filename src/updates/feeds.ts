import { paths, technical } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { element, xmlDocument } from "../platform/xml.ts";
import { renderMarkdown } from "../ui/markdown.tsx";
import { withoutSources } from "../ui/pictures.ts";
import { canonicalIsland, type Visit } from "../visit.tsx";
import type { FullUpdate, Island } from "./queries.ts";

/** `island` is null for the feed of all islands, which is the movement's. */
type Feed = { visit: Visit; island: Island | null; updates: FullUpdate[] };

/** How many updates a feed holds, newest first. */
export const feedLength = 30;

/** What both formats say about the feed itself. */
function aboutFeed({ visit, island, updates }: Feed) {
  const { here, language, t } = visit;
  const name = island ? pick(island.name, language).text : here.frame(language).name;
  const movement = { origin: here.movementOrigin, paths: paths(language) };
  const { origin, paths: own } = island ? canonicalIsland(here, island, language) : movement;
  const onMovement = island ? paths(language).island(island.slug) : paths(language);
  const changes = updates.map((update) => update.changedAt.getTime());
  return {
    origin,
    own,
    // Stays the same when the island gets a host name of its own (RFC 4287, 4.2.6).
    id: here.movementOrigin + onMovement.updatesAtom,
    author: name,
    title: t("updates:allFrom", { name }),
    subtitle: island ? pick(island.tagline, language).text : t("updates:allLead"),
    updated: new Date(Math.max(0, ...changes)).toISOString(),
  };
}

/** What both formats say about one update. */
function aboutEntry(visit: Visit, update: FullUpdate) {
  const { here, language } = visit;
  const island = { slug: update.islandSlug, host: update.islandHost };
  const { origin, paths: own } = canonicalIsland(here, island, language);
  const url = origin + own.update(update.slug);
  const body = pick(update.body, language);
  return {
    // The same in every feed, and wherever the update moves to (RFC 4122 URN, as in RFC 4287's own example).
    id: `urn:uuid:${update.id}`,
    url,
    title: pick(update.title, language),
    summary: pick(update.summary, language),
    language: body.language,
    image: update.image ? origin + technical.media(update.image) : null,
    html:
      picture(update, origin, language) +
      withAbsoluteLinks(withoutSources(renderMarkdown(body.text, 2)), url),
    author: update.author ?? pick(update.islandName, language).text,
    island: pick(update.islandName, language).text,
    published: update.publishedAt.toISOString(),
    updated: update.changedAt.toISOString(),
  };
}

function picture({ image, imageAlt }: FullUpdate, origin: string, language: Language): string {
  if (!image) return "";
  const alt = imageAlt ? pick(imageAlt, language).text : "";
  return `<p>${element("img", { src: origin + technical.media(image), alt }).xml}</p>\n`;
}

/** Links and images of rendered Markdown with scheme and host, since a feed is read elsewhere. */
const withAbsoluteLinks = (html: string, base: string) =>
  html.replace(
    / (href|src)="([/#][^"]*)"/g,
    (_whole, name: string, link: string) => ` ${name}="${new URL(link, base).href}"`,
  );

/** The feed in Atom (RFC 4287). */
export function atomFeed(feed: Feed): string {
  const { visit, updates } = feed;
  const { language } = visit;
  const about = aboutFeed(feed);
  const foreign = (text: { language: Language }) => (text.language === language ? undefined : text.language);
  return xmlDocument(
    element(
      "feed",
      { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": language },
      element("id", {}, about.id),
      element("title", {}, about.title),
      element("subtitle", {}, about.subtitle),
      element("updated", {}, about.updated),
      element("link", {
        rel: "self",
        type: "application/atom+xml",
        href: about.origin + about.own.updatesAtom,
      }),
      element("link", { rel: "alternate", type: "text/html", href: about.origin + about.own.updates }),
      element(
        "author",
        {},
        element("name", {}, about.author),
        element("uri", {}, about.origin + about.own.home),
      ),
      element("icon", {}, `${about.origin}/icon-192.png`),
      updates.map((update) => {
        const entry = aboutEntry(visit, update);
        return element(
          "entry",
          {},
          element("id", {}, entry.id),
          element("title", { "xml:lang": foreign(entry.title) }, entry.title.text),
          element("link", { rel: "alternate", type: "text/html", href: entry.url }),
          element("published", {}, entry.published),
          element("updated", {}, entry.updated),
          element("author", {}, element("name", {}, entry.author)),
          element("category", { term: update.islandSlug, label: entry.island }),
          element("summary", { "xml:lang": foreign(entry.summary) }, entry.summary.text),
          element("content", { type: "html", "xml:lang": foreign(entry) }, entry.html),
        );
      }),
    ),
  );
}

/** The feed in JSON Feed 1.1 (jsonfeed.org). */
export function jsonFeed(feed: Feed): string {
  const { visit, updates } = feed;
  const about = aboutFeed(feed);
  return JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: about.title,
    description: about.subtitle,
    home_page_url: about.origin + about.own.updates,
    feed_url: about.origin + about.own.updatesJson,
    icon: `${about.origin}/icon-512.png`,
    language: visit.language,
    authors: [{ name: about.author, url: about.origin + about.own.home }],
    items: updates.map((update) => {
      const entry = aboutEntry(visit, update);
      return {
        id: entry.id,
        url: entry.url,
        title: entry.title.text,
        summary: entry.summary.text,
        content_html: entry.html,
        ...(entry.image && { image: entry.image }),
        date_published: entry.published,
        date_modified: entry.updated,
        authors: [{ name: entry.author }],
        tags: [entry.island],
        language: entry.language,
      };
    }),
  });
}
