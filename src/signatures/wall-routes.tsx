import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { Hono } from "hono";
import { getManifesto } from "../manifesto/queries.ts";
import { paths, technical } from "../paths.ts";
import { asset, browserBuild } from "../platform/assets.ts";
import { languages } from "../platform/i18n.ts";
import { briefly } from "../platform/page-cache.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { figuresAge, getChoices, getFigures, listMilestones } from "./count.ts";
import { wallFilterFrom } from "./wall-address.ts";
import { WallPage } from "./wall-page.tsx";
import { getWallPage } from "./wall-queries.ts";

/** The wall of signatories, its numbers for other sites, and the counter that shows them there. */
export const wallRoutes = new Hono<VisitEnv>();

for (const language of languages)
  wallRoutes.get(paths(language).signatories, async (c) => {
    const { visit } = c.var;
    const { ctx } = visit;
    const manifesto = await getManifesto(ctx);
    if (!manifesto) return c.notFound();
    const principles = manifesto.principles.map(({ slug }) => slug);
    const filter = wallFilterFrom((name) => c.req.query(name), language, principles);
    const [wall, figures, choices, milestones] = await Promise.all([
      getWallPage(ctx, filter),
      getFigures(ctx),
      getChoices(ctx),
      listMilestones(ctx),
    ]);
    // Searches are too many and too different to keep.
    c.header("Cache-Control", filter.search ? "no-cache" : briefly(ctx.config.freshSeconds));
    c.header("Age", String(figuresAge(ctx)));
    return c.html(<WallPage visit={visit} {...{ manifesto, filter, wall, figures, choices, milestones }} />);
  });

/** So that a page of any other site may read the answer. */
function forAnySite(c: VisitContext): void {
  c.header("Access-Control-Allow-Origin", "*");
  c.header("Cross-Origin-Resource-Policy", "cross-origin");
}

wallRoutes.get(technical.manifestoCount, async (c) => {
  const { ctx, here } = c.var.visit;
  const sign = Object.fromEntries(
    languages.map((language) => [language, here.movementOrigin + paths(language).manifesto]),
  );
  forAnySite(c);
  const figures = await getFigures(ctx);
  c.header("Cache-Control", briefly(ctx.config.freshSeconds));
  c.header("Age", String(figuresAge(ctx)));
  return c.json({ ...figures, sign });
});

const source = "browser/manifest-counter.ts";
let script: { body: Uint8Array<ArrayBuffer>; etag: string } | undefined;

function readScript() {
  const body = new Uint8Array(readFileSync(browserBuild + asset(source)));
  return { body, etag: `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"` };
}

// An address that stays, since it stands in the pages of others; so no hash in it, and an hour at most in a cache.
wallRoutes.get(technical.counterScript, (c) => {
  script ??= readScript();
  forAnySite(c);
  c.header("Cache-Control", "public, max-age=3600");
  c.header("ETag", script.etag);
  if (c.req.header("if-none-match")?.includes(script.etag)) return c.body(null, 304);
  return c.body(script.body, 200, { "content-type": "text/javascript; charset=utf-8" });
});
