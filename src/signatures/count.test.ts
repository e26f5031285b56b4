import { readFileSync } from "node:fs";
import sharp from "sharp";
import { expect, onTestFinished, test, vi } from "vitest";
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

test("no number is more than five seconds behind, in any process, with all who keep it on the way", async () => {
  const app = await startTestApp({ env: { FRESH_SECONDS: "5" } });
  const other = await startTestApp({ env: { FRESH_SECONDS: "5" }, beside: { database: app.database } });
  let ahead = 0;
  const clock = performance.now.bind(performance);
  const moved = vi.spyOn(performance, "now").mockImplementation(() => clock() + ahead);
  onTestFinished(() => moved.mockRestore());
  /** When there were how many, in milliseconds. */
  const signed: { at: number; count: number }[] = [{ at: -Infinity, count: 0 }];
  const wrong: string[] = [];
  // Whoever asks: now often, now after a silence.
  const pauses = [100, 900, 2400, 300, 4700, 4900, 1200, 200, 6000, 9600, 400, 2600, 4950, 5050, 700];
  for (const pause of pauses) {
    await app.given.signature({ organisation: `Gemeente ${signed.length}` });
    signed.push({ at: performance.now(), count: signed.length });
    for (const process of [app, other]) {
      const answer = await process.get(technical.manifestoCount);
      const { count, organisations } = await answer.json();
      const [, maxAge] = /max-age=(\d+)/.exec(answer.headers.get("cache-control") ?? "") ?? [];
      const keptOn = Math.max(0, Number(maxAge) - Number(answer.headers.get("age"))) * 1000;
      // The first moment at which a number was no longer right.
      const over = (number: number) => signed.find((one) => one.count > number)?.at ?? Infinity;
      const behind = performance.now() + keptOn - Math.min(over(count), over(organisations));
      if (behind > 5100) wrong.push(`${Math.round(behind)} ms behind after a pause of ${pause}`);
    }
    ahead += pause;
  }
  expect(wrong).toEqual([]);
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
