import type { Newsletter } from "../newsletters/queries.ts";
import { paths, technical } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { element } from "../platform/xml.ts";
import { type Feed, type FeedEntry, withAbsoluteLinks } from "../ui/feeds.ts";
import { renderMarkdown } from "../ui/markdown.tsx";
import { withoutSources } from "../ui/pictures.ts";
import { canonicalIsland, type Visit } from "../visit.tsx";
import type { ArchivedEdition } from "./archive-queries.ts";
import { wordsFor } from "./archive-words.ts";
import type { Block } from "./queries.ts";

/** How many editions a feed holds, newest first. */
export const feedLength = 20;

export type EditionWithBlocks = { edition: ArchivedEdition; blocks: Block[] };

/** The feed of a newsletter's editions. */
export function feedOf(visit: Visit, newsletter: Newsletter, editions: EditionWithBlocks[]): Feed {
  const { here, language, t } = visit;
  const { slug, host, initiative } = newsletter;
  const movement = { origin: here.movementOrigin, paths: paths(language) };
  const site = (language: Language) =>
    slug === null ? { ...movement, paths: paths(language) } : canonicalIsland(here, { slug, host }, language);
  const { origin, paths: own } = site(language);
  const onMovement = slug === null ? paths(language) : paths(language).island(slug);
  const author = initiative ? pick(initiative, language).text : here.frame(language).name;
  return {
    language,
    origin,
    id: here.movementOrigin + onMovement.newsletterAtom,
    home: origin + own.home,
    page: origin + own.newsletter,
    atom: origin + own.newsletterAtom,
    json: origin + own.newsletterJson,
    author,
    title: t("editions:archive.feedTitle", { name: author }),
    subtitle: pick(newsletter.description, language).text,
    entries: editions.flatMap((one) => entryOf(visit, one, site, author)),
  };
}

type Site = (language: Language) => { origin: string; paths: { edition: (slug: string) => string } };

function entryOf(
  visit: Visit,
  { edition, blocks }: EditionWithBlocks,
  site: Site,
  author: string,
): FeedEntry[] {
  if (!edition.content) return [];
  const words = wordsFor(edition.content, visit.language);
  const { origin, paths } = site(words.language);
  const url = origin + paths.edition(edition.slug);
  const running = (text: string) => withAbsoluteLinks(withoutSources(renderMarkdown(text, 2)), url);
  const summary = words.preheader ? { text: words.preheader, language: words.language } : null;
  return [
    {
      id: edition.id,
      url,
      title: { text: words.subject, language: words.language },
      summary,
      language: words.language,
      html:
        (words.greeting ? element("p", {}, words.greeting).xml : "") +
        running(words.intro) +
        blocks.map((block) => blockHtml(visit, block, words.language)).join("") +
        running(words.closing),
      image: null,
      author,
      category: null,
      published: edition.at,
      updated: edition.at,
    },
  ];
}

/** An update as title, picture and summary. */
function blockHtml({ here }: Visit, block: Block, language: Language): string {
  const { origin, paths } = canonicalIsland(here, { slug: block.island, host: block.host }, language);
  const alt = block.image_alt ? pick(block.image_alt, language).text : "";
  const title = pick(block.title, language).text;
  return [
    element("h2", {}, element("a", { href: origin + paths.update(block.slug) }, title)).xml,
    block.image
      ? element("p", {}, element("img", { src: origin + technical.media(block.image), alt })).xml
      : "",
    element("p", {}, pick(block.summary, language).text).xml,
  ].join("\n");
}
