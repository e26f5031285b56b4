import { Hono } from "hono";
import { getNewsletter } from "../newsletters/queries.ts";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { type FeedFormat, writeFeed } from "../ui/feeds.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { feedLength, feedOf } from "./feeds.ts";
import { UpdatesPage } from "./list-page.tsx";
import { getIsland, getUpdate, type Island, listFullUpdates, listUpdates } from "./queries.ts";
import { UpdatePage } from "./update-page.tsx";

export const updatesRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  const all = paths(language);
  const island = all.island(":island");
  updatesRoutes.get(all.updates, (c) => showList(c, null));
  updatesRoutes.get(all.updatesAtom, (c) => sendFeed(c, null, "atom"));
  updatesRoutes.get(all.updatesJson, (c) => sendFeed(c, null, "json"));
  updatesRoutes.get(island.updates, (c) => ofIsland(c, (island) => showList(c, island)));
  updatesRoutes.get(island.updatesAtom, (c) => ofIsland(c, (island) => sendFeed(c, island, "atom")));
  updatesRoutes.get(island.updatesJson, (c) => ofIsland(c, (island) => sendFeed(c, island, "json")));

  updatesRoutes.get(island.update(":update"), async (c) => {
    const { visit } = c.var;
    const islandSlug = c.req.param("island") ?? "";
    const [update, newsletter] = await Promise.all([
      getUpdate(visit.ctx, islandSlug, c.req.param("update") ?? ""),
      getNewsletter(visit.ctx, islandSlug),
    ]);
    if (!update) return c.notFound();
    c.header("Cache-Control", sameForEveryone);
    return c.html(<UpdatePage visit={visit} update={update} newsletter={newsletter} />);
  });
}

async function ofIsland(c: VisitContext, answer: (island: Island) => Promise<Response>) {
  const island = await getIsland(c.var.visit.ctx, c.req.param("island") ?? "");
  return island ? answer(island) : c.notFound();
}

async function showList(c: VisitContext, island: Island | null) {
  const { visit } = c.var;
  const page = pageNumber(c.req.query("page"));
  if (page === null) return c.notFound();
  const [list, newsletter] = await Promise.all([
    listUpdates(visit.ctx, { initiativeId: island?.id, page }),
    getNewsletter(visit.ctx, island?.slug ?? null),
  ]);
  if (page > list.pages) return c.notFound();
  c.header("Cache-Control", sameForEveryone);
  return c.html(<UpdatesPage visit={visit} island={island} newsletter={newsletter} page={page} {...list} />);
}

/** The page that a query asks for, the first by default; null for what is no page number. */
function pageNumber(text = "1"): number | null {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : null;
}

async function sendFeed(c: VisitContext, island: Island | null, format: FeedFormat) {
  const { visit } = c.var;
  const updates = await listFullUpdates(visit.ctx, { initiativeId: island?.id, limit: feedLength });
  const { body, type } = writeFeed(feedOf(visit, island, updates), format);
  return c.body(body, 200, { "content-type": type, "cache-control": sameForEveryone });
}
