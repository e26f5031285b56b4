import { Hono } from "hono";
import { paths } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import type { VisitEnv } from "../visit.tsx";
import { VersionPage } from "./pages.tsx";
import { getManifestoVersion, listManifestoVersions } from "./queries.ts";

/** The manifesto's versions. Its own page, with the form to sign, is with the signatures. */
export const manifestoRoutes = new Hono<VisitEnv>();

for (const language of languages)
  manifestoRoutes.get(paths(language).manifestoVersion(":version"), async (c) => {
    const { visit } = c.var;
    const asked = c.req.param("version") ?? "";
    const manifesto = /^[1-9]\d{0,8}$/.test(asked) && (await getManifestoVersion(visit.ctx, Number(asked)));
    if (!manifesto) return c.notFound();
    const versions = await listManifestoVersions(visit.ctx);
    c.header("Cache-Control", sameForEveryone);
    return c.html(<VersionPage visit={visit} manifesto={manifesto} versions={versions} />);
  });
