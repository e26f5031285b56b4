import { Hono } from "hono";
import { getNewsletter } from "../newsletters/queries.ts";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { listLatestUpdates } from "../updates/queries.ts";
import type { VisitEnv } from "../visit.tsx";
import { DirectoryPage } from "./directory-page.tsx";
import { filterFrom } from "./filters.ts";
import { IslandPage } from "./island-page.tsx";
import { getIsland, listArchipelago, listFilters, listInitiatives } from "./queries.ts";

export const initiativeRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  initiativeRoutes.get(paths(language).initiatives, async (c) => {
    const { visit } = c.var;
    const chosen = filterFrom((name) => c.req.query(name), language);
    const [initiatives, filters] = await Promise.all([
      listInitiatives(visit.ctx, chosen),
      listFilters(visit.ctx),
    ]);
    c.header("Cache-Control", sameForEveryone);
    return c.html(
      <DirectoryPage visit={visit} initiatives={initiatives} filters={filters} chosen={chosen} />,
    );
  });

  initiativeRoutes.get(paths(language).island(":slug").home, async (c) => {
    const { ctx } = c.var.visit;
    const island = await getIsland(ctx, c.req.param("slug") ?? "");
    if (!island) return c.notFound();
    const [archipelago, updates, newsletter] = await Promise.all([
      listArchipelago(ctx),
      listLatestUpdates(ctx, { initiativeId: island.id, limit: 3 }),
      getNewsletter(ctx, island.slug),
    ]);
    c.header("Cache-Control", sameForEveryone);
    return c.html(<IslandPage visit={c.var.visit} {...{ island, archipelago, updates, newsletter }} />);
  });
}
