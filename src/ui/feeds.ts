import type { Language } from "../platform/i18n.ts";
import { element, xmlDocument } from "../platform/xml.ts";

/** A text with the language it is in. */
type InLanguage = { text: string; language: Language };

/** What a feed says of itself; all addresses are whole. */
export type Feed = {
  language: Language;
  /** Stays the same when the feed moves to another host name (RFC 4287, 4.2.6). */
  id: string;
  /** Scheme and host of its site. */
  origin: string;
  home: string;
  page: string;
  atom: string;
  json: string;
  title: string;
  subtitle: string;
  author: string;
  /** Newest first. */
  entries: FeedEntry[];
};

export type FeedEntry = {
  /** A UUID: the same in every feed, and wherever the entry moves to. */
  id: string;
  url: string;
  title: InLanguage;
  summary: InLanguage | null;
  /** The language of the content. */
  language: Language;
  html: string;
  image: string | null;
  author: string;
  category: { term: string; label: string } | null;
  published: Date;
  updated: Date;
};

/** URN of a UUID (RFC 4122), as in RFC 4287's own example. */
const urn = ({ id }: FeedEntry) => `urn:uuid:${id}`;

/** Links and images of rendered Markdown with scheme and host, since a feed is read elsewhere. */
export const withAbsoluteLinks = (html: string, base: string) =>
  html.replace(
    / (href|src)="([/#][^"]*)"/g,
    (_whole, name: string, link: string) => ` ${name}="${new URL(link, base).href}"`,
  );

/** The feed in Atom (RFC 4287). */
function atomFeed(feed: Feed): string {
  const changes = feed.entries.map(({ updated }) => updated.getTime());
  const foreign = (language: Language) => (language === feed.language ? undefined : language);
  return xmlDocument(
    element(
      "feed",
      { xmlns: "http://www.w3.org/2005/Atom", "xml:lang": feed.language },
      element("id", {}, feed.id),
      element("title", {}, feed.title),
      element("subtitle", {}, feed.subtitle),
      element("updated", {}, new Date(Math.max(0, ...changes)).toISOString()),
      element("link", { rel: "self", type: "application/atom+xml", href: feed.atom }),
      element("link", { rel: "alternate", type: "text/html", href: feed.page }),
      element("author", {}, element("name", {}, feed.author), element("uri", {}, feed.home)),
      element("icon", {}, `${feed.origin}/icon-192.png`),
      feed.entries.map((entry) =>
        element(
          "entry",
          {},
          element("id", {}, urn(entry)),
          element("title", { "xml:lang": foreign(entry.title.language) }, entry.title.text),
          element("link", { rel: "alternate", type: "text/html", href: entry.url }),
          element("published", {}, entry.published.toISOString()),
          element("updated", {}, entry.updated.toISOString()),
          element("author", {}, element("name", {}, entry.author)),
          entry.category && element("category", entry.category),
          entry.summary &&
            element("summary", { "xml:lang": foreign(entry.summary.language) }, entry.summary.text),
          element("content", { type: "html", "xml:lang": foreign(entry.language) }, entry.html),
        ),
      ),
    ),
  );
}

/** The feed in JSON Feed 1.1 (jsonfeed.org). */
const jsonFeed = (feed: Feed): string =>
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    description: feed.subtitle,
    home_page_url: feed.page,
    feed_url: feed.json,
    icon: `${feed.origin}/icon-512.png`,
    language: feed.language,
    authors: [{ name: feed.author, url: feed.home }],
    items: feed.entries.map((entry) => ({
      id: urn(entry),
      url: entry.url,
      title: entry.title.text,
      ...(entry.summary && { summary: entry.summary.text }),
      content_html: entry.html,
      ...(entry.image && { image: entry.image }),
      date_published: entry.published.toISOString(),
      date_modified: entry.updated.toISOString(),
      authors: [{ name: entry.author }],
      ...(entry.category && { tags: [entry.category.label] }),
      language: entry.language,
    })),
  });

export type FeedFormat = "atom" | "json";

const types = { atom: "application/atom+xml", json: "application/feed+json" };

/** A feed in a format, with its media type. */
export const writeFeed = (feed: Feed, format: FeedFormat) => ({
  body: format === "atom" ? atomFeed(feed) : jsonFeed(feed),
  type: `${types[format]}; charset=utf-8`,
});
