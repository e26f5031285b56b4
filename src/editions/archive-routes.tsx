import { Hono } from "hono";
import { getNewsletter, type Newsletter } from "../newsletters/queries.ts";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { countsFor, sameForEveryone } from "../platform/page-cache.ts";
import { type FeedFormat, writeFeed } from "../ui/feeds.ts";
import { islandPaths, type VisitContext, type VisitEnv } from "../visit.tsx";
import { EditionPage } from "./archive-edition-page.tsx";
import { ArchivePage } from "./archive-list-page.tsx";
import { getArchived, listArchive, listNewestEditions } from "./archive-queries.ts";
import { languagesOf } from "./archive-words.ts";
import { feedLength, feedOf } from "./feeds.ts";
import { listBlocks, listBlocksOf } from "./queries.ts";

/** What was sent, on the web. */
export const archiveRoutes = new Hono<VisitEnv>();

for (const language of languages)
  for (const to of [paths(language), paths(language).island(":initiative")]) {
    archiveRoutes.get(to.newsletter, (c) => ofNewsletter(c, showArchive));
    archiveRoutes.get(to.newsletterAtom, (c) => ofNewsletter(c, sendFeed("atom")));
    archiveRoutes.get(to.newsletterJson, (c) => ofNewsletter(c, sendFeed("json")));
    archiveRoutes.get(to.edition(":edition"), (c) => ofNewsletter(c, showEdition));
  }

type Answer = (c: VisitContext, newsletter: Newsletter) => Promise<Response>;

async function ofNewsletter(c: VisitContext, answer: Answer): Promise<Response> {
  const newsletter = await getNewsletter(c.var.visit.ctx, c.req.param("initiative") ?? null);
  return newsletter ? answer(c, newsletter) : c.notFound();
}

async function showArchive(c: VisitContext, newsletter: Newsletter): Promise<Response> {
  const { visit } = c.var;
  const asked = c.req.query("page") ?? "1";
  const page = /^[1-9]\d{0,5}$/.test(asked) ? Number(asked) : null;
  if (page === null) return c.notFound();
  const list = await listArchive(visit.ctx, newsletter.id, page);
  if (page > list.pages) return c.notFound();
  c.header("Cache-Control", sameForEveryone);
  return c.html(<ArchivePage visit={visit} newsletter={newsletter} page={page} {...list} />);
}

async function showEdition(c: VisitContext, newsletter: Newsletter): Promise<Response> {
  const { visit } = c.var;
  const { ctx, here, language } = visit;
  const slug = c.req.param("edition") ?? "";
  // What is no slug is not asked for: some of it (a null character) no query can hold.
  const edition = /^[a-z0-9-]+$/.test(slug) ? await getArchived(ctx, newsletter.id, slug) : undefined;
  if (!edition?.content) return c.notFound();
  const { content } = edition;
  const written = languagesOf(content).filter((one) => here.languages.includes(one));
  const [other] = written;
  if (other && !written.includes(language)) {
    const own = newsletter.slug === null ? paths(other) : islandPaths(here, newsletter.slug, other);
    return c.redirect(own.edition(edition.slug), 302);
  }
  const blocks = await listBlocks(ctx, content);
  c.header("Cache-Control", sameForEveryone);
  c.header(countsFor, edition.id);
  return c.html(<EditionPage visit={visit} {...{ newsletter, edition, content, blocks }} />);
}

const sendFeed =
  (format: FeedFormat): Answer =>
  async (c, newsletter) => {
    const { visit } = c.var;
    const editions = await listNewestEditions(visit.ctx, newsletter.id, feedLength);
    const blocks = await listBlocksOf(
      visit.ctx,
      editions.map(({ content }) => content ?? { blocks: [] }),
    );
    const withBlocks = editions.map((edition, at) => ({ edition, blocks: blocks[at] ?? [] }));
    const { body, type } = writeFeed(feedOf(visit, newsletter, withBlocks), format);
    return c.body(body, 200, { "content-type": type, "cache-control": sameForEveryone });
  };
