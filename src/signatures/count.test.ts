import { readFileSync } from "node:fs";
import sharp from "sharp";
import { expect, test } from "vitest";
import { startTestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";
import { asset, browserBuild } from "../platform/assets.ts";
import { languages } from "../platform/i18n.ts";
import { roundedDown } from "./count.ts";

test("any site may read the count, which names nobody", async () => {
  const app = await startTestApp();
  await app.given.signature({ name: "Sanne", organisation: "Gemeente Utrecht" });
  await app.given.signature({ name: "Karel", organisation: "gemeente utrecht", appearance: "counted" });
  const answer = await app.get(technical.manifestoCount);
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  expect(await answer.json()).toEqual({
    count: 2,
    organisations: 1,
    sign: { nl: app.origin + paths("nl").manifesto, en: app.origin + paths("en").manifesto },
  });
});

test("numbers and the wall are kept for a few seconds, with an ETag", async () => {
  const app = await startTestApp({ env: { FRESH_SECONDS: "5" } });
  for (const path of [technical.manifestoCount, paths("nl").signatories]) {
    const first = await app.get(path);
    expect(first.headers.get("cache-control")).toBe("public, max-age=5");
    const etag = first.headers.get("etag")!;
    expect((await app.request(path, { headers: { "if-none-match": etag } })).status).toBe(304);
    const body = await first.text();
    await app.given.signature();
    expect(await (await app.get(path)).text()).toBe(body);
  }
});

test("the first name never stands beside a zero", async () => {
  const app = await startTestApp({ env: { FRESH_SECONDS: "5" } });
  expect((await (await app.get(technical.manifestoCount)).json()).count).toBe(0);
  await app.given.signature({ name: "Sanne" });
  const wall = await (await app.get(paths("nl").signatories)).text();
  expect(wall).toContain("Sanne");
  expect(wall).not.toContain("Jij kunt de eerste zijn");
});

test("with freshness 0 every number is exact at once", async () => {
  const app = await startTestApp();
  const count = async () => (await (await app.get(technical.manifestoCount)).json()).count;
  expect(await count()).toBe(0);
  const { personId } = await app.given.signature();
  expect(await count()).toBe(1);
  await app.ctx.db.deleteFrom("people").where("id", "=", personId).execute();
  expect(await count()).toBe(0);
});

test("the counter is a small script at an address that stays, for any site", async () => {
  const app = await startTestApp();
  const answer = await app.get(technical.counterScript);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  expect(answer.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  const script = await answer.text();
  expect(script.length).toBeLessThanOrEqual(3 * 1024);
  expect(script).toBe(readFileSync(browserBuild + asset("browser/manifest-counter.ts"), "utf8"));
  expect(script).not.toMatch(/\b(import|export)\b(?!\.meta)/);
  // The paths that it holds are the site's.
  for (const language of languages) expect(script).toContain(paths(language).manifesto);
  expect(script).toContain(technical.manifestoCount);
  const again = await app.request(technical.counterScript, {
    headers: { "if-none-match": answer.headers.get("etag")! },
  });
  expect(again.status).toBe(304);
});

test("the picture of the manifesto says how many signed, and is not kept for long", async () => {
  const app = await startTestApp();
  const picture = async () => app.get(technical.manifestoImage("nl"));
  const none = await picture();
  expect(none.headers.get("cache-control")).toBe("public, max-age=300");
  await app.given.signature();
  const one = await picture();
  expect(one.headers.get("etag")).not.toBe(none.headers.get("etag"));
  const { width, height } = await sharp(Buffer.from(await one.arrayBuffer())).metadata();
  expect([width, height]).toEqual([1200, 630]);
  const html = await (await app.get(paths("nl").signatories)).text();
  expect(html).toContain(
    `<meta property="og:image" content="${app.origin}${technical.manifestoImage("nl")}?n=1"/>`,
  );
});

test.each([
  [0, 0],
  [7, 7],
  [99, 99],
  [128, 120],
  [1284, 1200],
  [12_999, 12_000],
  [1_000_000, 1_000_000],
])("%i is shown as %i where it may be old", (count, shown) => {
  expect(roundedDown(count)).toBe(shown);
});
