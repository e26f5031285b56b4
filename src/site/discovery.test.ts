import { sql } from "kysely";
import { expect, test } from "vitest";
import { processorTime } from "../../tests/support/processor-time.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";

const host = "cxo.localhost";

/** The texts that an XPath finds in a document ("s:" is the sitemap's namespace, "x:" XHTML); libxml2 reads it. */
async function find(app: TestApp, xml: string, xpath: string): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select text from xmltable(
      xmlnamespaces('http://www.sitemaps.org/schemas/sitemap/0.9' as s, 'http://www.w3.org/1999/xhtml' as x),
      ${xpath} passing xmlparse(document ${xml}::text) columns text text path '.')`.execute(app.ctx.db);
  return rows.map(({ text }) => text);
}
const text = async (app: TestApp, path: string, host?: string) => (await app.get(path, host)).text();

test("each site's map lists its own public pages in both languages, and each of them is there", async () => {
  const app = await startTestApp();
  for (const site of ["localhost", host]) {
    const origin = `http://${site}:${app.port}`;
    const answer = await app.get(technical.sitemap, site);
    expect(answer.headers.get("content-type")).toBe("application/xml; charset=utf-8");
    const xml = await answer.text();
    const urls = await find(app, xml, "/s:urlset/s:url/s:loc");
    expect(new Set(urls).size).toBe(urls.length);
    for (const url of urls) {
      expect(url.startsWith(`${origin}/`), url).toBe(true);
      const page = await app.get(url.slice(origin.length), site);
      expect(page.status, url).toBe(200);
      const canonical = /<link rel="canonical" href="([^"]+)"/.exec(await page.text())?.[1];
      expect(canonical, url).toBe(url);
    }
    expect(urls).toContain(`${origin}/`);
    expect(urls).toContain(`${origin}/en`);
    expect(
      await find(app, xml, "//s:url[not(x:link[@hreflang='en']) or not(x:link[@hreflang='nl'])]"),
    ).toEqual([]);
  }
});

test("an update is listed with the day it last changed, on its own site only", async () => {
  const app = await startTestApp();
  const update = "/updates/creative-bureaucracy-festival";
  const own = await text(app, technical.sitemap, host);
  const changed = `//s:url[s:loc='http://${host}:${app.port}${update}']/s:lastmod`;
  expect(await find(app, own, changed)).toEqual(["2024-04-10T11:00:00.000Z"]);
  const alternates = `//s:url[s:loc='http://${host}:${app.port}${update}']/x:link/@hreflang`;
  expect(await find(app, own, alternates)).toEqual(["nl", "en", "x-default"]);
  expect(await text(app, technical.sitemap)).not.toContain("creative-bureaucracy-festival");
});

test("a map too long for one file becomes a list of parts, which together hold every page once", async () => {
  const app = await startTestApp();
  const { id, slug } = await app.given.initiative({ slug: "groot" });
  await app.given.manyUpdates({ initiativeId: id, count: 10_000 });
  const index = await text(app, technical.sitemap);
  const parts = await find(app, index, "/s:sitemapindex/s:sitemap/s:loc");
  expect(parts).toHaveLength(5);
  const urls: string[] = [];
  for (const part of parts) {
    const begun = process.cpuUsage();
    const xml = await text(app, new URL(part).pathname);
    expect(processorTime(begun)).toBeLessThan(3000);
    const found = await find(app, xml, "//s:loc");
    expect(found.length).toBeLessThanOrEqual(50_000);
    expect(xml.length).toBeLessThan(50 * 1024 * 1024);
    urls.push(...found);
  }
  expect(new Set(urls).size).toBe(urls.length);
  expect(urls.filter((url) => url.includes(`/${slug}/updates/`))).toHaveLength(20_000);
  expect(urls).toContain(app.origin + paths("en").about);
  for (const part of ["6", "0", "x"])
    expect((await app.get(technical.sitemapPart(part))).status, part).toBe(404);
});

test("robots are told where the map is, and kept from personal pages", async () => {
  const app = await startTestApp();
  for (const site of ["localhost", host]) {
    const robots = await text(app, technical.robots, site);
    expect(robots).toContain(`\nSitemap: http://${site}:${app.port}/sitemap.xml\n`);
    for (const path of ["/bevestigen", "/en/confirm", "/afmelden/", "/en/unsubscribe/", "/postvak"])
      expect(robots.split("\n")).toContain(`Disallow: ${path}`);
  }
});

test("each site has a manifest with its own name and icons that are there", async () => {
  const app = await startTestApp();
  for (const [site, name] of [
    ["localhost", "Wij, Publieke Veranderaars"],
    [host, "Op pad met de CXO"],
  ]) {
    const answer = await app.get(technical.webManifest, site);
    expect(answer.headers.get("content-type")).toBe("application/manifest+json");
    const manifest = JSON.parse(await answer.text());
    expect(manifest.name).toBe(name);
    for (const { src } of manifest.icons) expect((await app.get(src, site)).status, src).toBe(200);
  }
});
