import { Hono } from "hono";
import { listArchipelago } from "../initiatives/queries.ts";
import { getManifesto } from "../manifesto/queries.ts";
import { getNewsletter } from "../newsletters/queries.ts";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { listLatestUpdates } from "../updates/queries.ts";
import type { VisitEnv } from "../visit.tsx";
import { HomePage } from "./home-page.tsx";
import { TextPage } from "./pages.tsx";
import { getMovement, getPage } from "./queries.ts";

export const siteRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  siteRoutes.get(paths(language).home, async (c) => {
    const { visit } = c.var;
    const [movement, archipelago, updates, newsletter, manifesto] = await Promise.all([
      getMovement(visit.ctx),
      listArchipelago(visit.ctx),
      listLatestUpdates(visit.ctx, { limit: 3 }),
      getNewsletter(visit.ctx, null),
      getManifesto(visit.ctx),
    ]);
    if (!movement) return c.notFound();
    c.header("Cache-Control", sameForEveryone);
    const home = { movement, archipelago, updates, newsletter, manifesto };
    return c.html(<HomePage visit={visit} {...home} />);
  });

  for (const slug of ["about", "privacy", "accessibility"] as const)
    siteRoutes.get(paths(language)[slug], async (c) => {
      const page = await getPage(c.var.visit.ctx, slug);
      if (!page) return c.notFound();
      c.header("Cache-Control", sameForEveryone);
      return c.html(<TextPage visit={c.var.visit} page={page} />);
    });
}
