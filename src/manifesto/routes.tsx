import { Hono } from "hono";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import type { VisitEnv } from "../visit.tsx";
import { ManifestoPage } from "./pages.tsx";
import { getManifesto } from "./queries.ts";

export const manifestoRoutes = new Hono<VisitEnv>();

for (const language of languages)
  manifestoRoutes.get(paths(language).manifesto, async (c) => {
    const manifesto = await getManifesto(c.var.visit.ctx);
    if (!manifesto) return c.notFound();
    c.header("Cache-Control", sameForEveryone);
    return c.html(<ManifestoPage visit={c.var.visit} manifesto={manifesto} />);
  });
