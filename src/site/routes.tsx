import { Hono } from "hono";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { type VisitEnv, VisitPage } from "../visit.tsx";
import { getMovement } from "./queries.ts";

export const siteRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  siteRoutes.get(paths(language).home, async (c) => {
    const { visit } = c.var;
    const movement = await getMovement(visit.ctx);
    if (!movement) return c.notFound();
    c.header("Cache-Control", sameForEveryone);
    return c.html(
      <VisitPage
        visit={visit}
        at={(language) => paths(language).home}
        title={pick(movement.tagline, language).text}
      >
        <h1>{pick(movement.name, language).text}</h1>
      </VisitPage>,
    );
  });
}
