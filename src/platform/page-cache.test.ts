import { expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";
import type { ContentVersion } from "./content-version.ts";
import { PageCache, sameForEveryone } from "./page-cache.ts";

const { home, updates } = paths("nl");

/** How many answers came from memory until now. */
async function keptAnswers(app: TestApp): Promise<number> {
  const text = await (await app.get(technical.metrics)).text();
  const counts = [...text.matchAll(/^archipel_http_requests_total\{.*cached="yes"\} (\d+)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

const etagOf = (answer: Response) => answer.headers.get("etag") ?? "";

test("who has the page already gets 304, whatever else changed in how it is asked", async () => {
  const app = await startTestApp();
  const first = await app.get(home);
  expect(etagOf(first)).toMatch(/^W\/"[\w-]{22}"$/);
  const ask = (known: string, encoding = "identity") =>
    app.request(home, { headers: { "if-none-match": known, "accept-encoding": encoding } });
  for (const known of [etagOf(first), `"other", ${etagOf(first)}`, etagOf(first).slice(2), "*"]) {
    const again = await ask(known, "gzip");
    expect(again.status, known).toBe(304);
    expect(await again.text()).toBe("");
    expect(etagOf(again)).toBe(etagOf(first));
    expect(again.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(again.headers.has("content-type")).toBe(false);
  }
  expect((await ask('"other"')).status).toBe(200);
  expect(await keptAnswers(app)).toBe(5);
});

test("a kept page is the same page, in each encoding that the browser takes", async () => {
  const app = await startTestApp();
  const ask = (encoding: string, method = "GET") =>
    app.request(home, { method, headers: { "accept-encoding": encoding } });
  const first = await ask("identity");
  const page = await first.text();
  const unpacked = async (answer: Response, format: CompressionFormat | "brotli") =>
    new Response(answer.body!.pipeThrough(new DecompressionStream(format as CompressionFormat))).text();
  const encodings = {
    "gzip, deflate, br, zstd": "br",
    "gzip, br;q=0": "gzip",
    GZIP: "gzip",
    "gzip;q=0": null,
    "brotli, bread": null,
    "": null,
  };
  for (const [accepted, chosen] of Object.entries(encodings)) {
    const kept = await ask(accepted);
    expect(kept.headers.get("content-encoding"), accepted).toBe(chosen);
    expect(kept.headers.get("vary")).toBe("Accept-Encoding");
    const text = chosen === null ? kept.text() : unpacked(kept, chosen === "br" ? "brotli" : "gzip");
    expect(await text).toBe(page);
    expect(kept.headers.get("x-frame-options")).toBe("DENY");
    expect(kept.headers.get("content-type")).toBe("text/html; charset=UTF-8");
    expect(kept.headers.has("x-request-id"), "of the request that made it").toBe(false);
  }
  const head = await ask("identity", "HEAD");
  const withoutDate = ({ headers }: Response) => [...headers].filter(([name]) => name !== "date");
  expect(withoutDate(head)).toEqual(withoutDate(await ask("identity")));
  expect(head.headers.get("content-length")).toBe(String(Buffer.byteLength(page)));
  expect(await head.text()).toBe("");
});

test("a change shows on the next request, in every process", async () => {
  const app = await startTestApp();
  const other = await startTestApp({ beside: { database: app.database } });
  for (const { get } of [app, other]) expect(await (await get(home)).text()).not.toContain("Een nieuwe leus");
  await app.ctx.db
    .updateTable("movement")
    .set({ tagline: JSON.stringify({ nl: "Een nieuwe leus" }) })
    .execute();
  for (const { get } of [app, other])
    await expect.poll(async () => (await get(home)).text()).toContain("Een nieuwe leus");
});

test("two sites on one program do not mix", async () => {
  const app = await startTestApp();
  await app.given.initiative({ slug: "repair-cafe", name: "Repair Café", host: "repair.test" });
  const seen = async (host?: string) =>
    (await (await app.get(home, host)).text()).match(/<title>.*?<\/title>/)?.[0];
  await expect.poll(() => seen("repair.test")).toContain("Repair Café"); // once the new island is heard of
  const [movement, island] = [await seen(), await seen("repair.test")];
  expect(movement).not.toContain("Repair Café");
  const askAll = async () => {
    const before = await keptAnswers(app);
    const titles = [
      await seen("REPAIR.test"),
      await seen(),
      await seen("unknown.test"),
      await seen("repair.test"),
    ];
    expect(titles).toEqual([island, movement, movement, island]);
    return (await keptAnswers(app)) - before;
  };
  await expect.poll(askAll).toBe(4); // all from memory
});

test("a form, a page behind a token and a page that is not there are not kept", async () => {
  const app = await startTestApp();
  for (const path of [paths("nl").unsubscribe("x"), "/nergens", technical.health]) {
    await app.get(path);
    await app.get(path);
  }
  await app.post(paths("nl").newsletter, { email: "nobody" });
  expect((await app.post(paths("nl").newsletter, { email: "nobody" })).status).toBe(422);
  expect(await keptAnswers(app)).toBe(0);
});

/** The content's version in a test's hands. */
function contentVersion() {
  const listeners: (() => void)[] = [];
  let version = 0;
  let listening = true;
  return {
    current: () => version,
    listening: () => listening,
    onChange: (listener: () => void) => void listeners.push(listener),
    stop: async () => {},
    change: () => {
      version++;
      for (const listener of listeners) listener();
    },
    hear: (can: boolean) => {
      listening = can;
    },
  } satisfies ContentVersion & { change: () => void; hear: (can: boolean) => void };
}

const asked = new Request("http://localhost/");
const page = (text: string) =>
  new Response(text, { headers: { "cache-control": sameForEveryone, "content-type": "text/html" } });

test("a page made while content changed is answered but not kept, and nothing while changes can't be heard", async () => {
  const version = contentVersion();
  const cache = new PageCache(version);
  const begun = version.current();
  version.change();
  expect(await (await cache.keep("/", begun, asked, page("old"))).text()).toBe("old");
  expect(cache.answer("/", asked)).toBeNull();

  version.hear(false);
  await cache.keep("/", version.current(), asked, page("new"));
  expect(cache.answer("/", asked)).toBeNull();

  version.hear(true);
  await cache.keep("/", version.current(), asked, page("new"));
  expect(await cache.answer("/", asked)?.text()).toBe("new");
  version.change();
  expect(cache.answer("/", asked)).toBeNull();
});

test("invented queries push each other out, so that memory stays within its bound", async () => {
  const version = contentVersion();
  const cache = new PageCache(version, 100_000);
  const text = "x".repeat(8_000); // at most 16,000 with its compressed forms, so that six fit
  const keys = Array.from({ length: 50 }, (_, i) => `${updates}?invented=${i}`);
  for (const key of keys) await cache.keep(key, version.current(), asked, page(text));
  const kept = keys.filter((key) => cache.answer(key, asked));
  expect(kept).toEqual(keys.slice(-kept.length));
  expect(kept.length).toBeGreaterThan(3);
  expect(kept.length).toBeLessThanOrEqual(6);
});
