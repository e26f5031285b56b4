import { Hono } from "hono";
import { paths, technical } from "../paths.ts";
import { defaultLanguage, languages } from "../platform/i18n.ts";
import { sameForEveryone } from "../platform/page-cache.ts";
import { askAgain } from "../platform/redirects.ts";
import type { VisitContext, VisitEnv } from "../visit.tsx";
import { themeOf } from "./colours.ts";
import { getMovement } from "./queries.ts";
import { sitemap } from "./sitemap.ts";

/** What search engines and home screens ask for; each host answers for its own site. */
export const discoveryRoutes = new Hono<VisitEnv>();

discoveryRoutes.get(technical.robots, (c) => {
  const personal = languages.flatMap((language) => {
    const { checkMail, unsubscribe, preferences } = paths(language);
    return [checkMail, unsubscribe(""), preferences("")];
  });
  const lines = [
    "User-agent: *",
    ...[...personal, technical.mailbox].map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${c.var.visit.here.origin}${technical.sitemap}`,
  ];
  return c.body(`${lines.join("\n")}\n`, 200, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": sameForEveryone,
  });
});

discoveryRoutes.get(technical.sitemap, (c) => sendSitemap(c, null));

const partPattern = technical.sitemapPart("[1-9][0-9]*").slice(1).replace(".", "\\.");
discoveryRoutes.get(`/:file{${partPattern}}`, (c) =>
  sendSitemap(c, Number(c.req.param("file").replace(/\D/g, ""))),
);

async function sendSitemap(c: VisitContext, part: number | null) {
  const { ctx, here } = c.var.visit;
  const xml = await sitemap(ctx, here, part);
  if (xml === null) return c.notFound();
  return c.body(xml, 200, {
    "content-type": "application/xml; charset=utf-8",
    "cache-control": sameForEveryone,
  });
}

discoveryRoutes.get(technical.theme, async (c) => {
  const movement = await getMovement(c.var.visit.ctx);
  const theme = themeOf(movement?.colours ?? {});
  if (theme === null) return c.notFound();
  return c.body(theme, 200, { "content-type": "text/css; charset=utf-8", "cache-control": sameForEveryone });
});

discoveryRoutes.get(technical.webManifest, (c) => {
  const { name } = c.var.visit.here.frame(defaultLanguage);
  const icon = (size: number) => ({ src: `/icon-${size}.png`, sizes: `${size}x${size}`, type: "image/png" });
  const manifest = {
    id: "/",
    name,
    short_name: name,
    lang: defaultLanguage,
    start_url: "/",
    display: "browser",
    // The colours of the page: tokens.css, deep sea and paper.
    theme_color: "#0b3c49",
    background_color: "#fbf8f1",
    icons: [icon(192), icon(512)],
  };
  return c.body(JSON.stringify(manifest), 200, {
    "content-type": "application/manifest+json",
    "cache-control": sameForEveryone,
  });
});

for (const [usual, icon] of Object.entries(technical.usualIcons))
  discoveryRoutes.get(usual, (c) => leadOn(c, icon));

for (const language of languages) {
  const { usualFeeds, updatesAtom, island } = paths(language);
  for (const usual of usualFeeds) discoveryRoutes.get(usual, (c) => leadOn(c, updatesAtom));
  for (const usual of island(":slug").usualFeeds)
    discoveryRoutes.get(usual, (c) => leadOn(c, island(c.req.param("slug") ?? "").updatesAtom));
}

function leadOn(c: VisitContext, path: string) {
  c.header("Cache-Control", askAgain);
  return c.redirect(path, 308);
}
