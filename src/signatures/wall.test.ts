import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";
import { wallPath } from "./wall-address.ts";

const wall = paths("nl").signatories;
let app: TestApp;
beforeEach(async () => {
  app = await startTestApp({ now: new Date("2027-03-03T12:00:00Z") });
});

const html = async (path: string) => (await app.get(path)).text();
const list = (page: string) => /<ul class="signatories".*?<\/ul>/s.exec(page)?.[0] ?? "";
const names = (page: string) => [...list(page).matchAll(/<strong><bdi>([^<]*)/g)].map(([, name]) => name);
const search = async (q: string) => names(await html(wallPath("nl", { search: q })));
const text = (markup: string) =>
  markup
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
const link = (page: string, rel: string) =>
  new RegExp(`rel="${rel}" href="([^"]*)"`).exec(page)?.[1]?.replaceAll("&amp;", "&") ?? null;

describe("who is shown", () => {
  test("each as they chose: with name, with role and organisation, or only counted", async () => {
    await app.given.signature({
      ...{ name: "Sanne de Vries", role: "adviseur", organisation: "Gemeente Utrecht", place: "Zeist" },
    });
    await app.given.signature({
      ...{ name: "Karel Geheim", role: "jurist", organisation: "Rechtbank", place: "Geheimdorp" },
      appearance: "role",
    });
    await app.given.signature({
      ...{ name: "Truus Stil", role: "stilrol", organisation: "Stilgemeente", place: "Stildorp" },
      appearance: "counted",
    });
    const page = await html(wall);
    expect(page).toContain("Ondertekend door 3 mensen uit 3 organisaties");
    expect(names(page)).toEqual(["Sanne de Vries"]);
    expect(text(list(page))).toBe("jurist · Rechtbank Sanne de Vries adviseur · Gemeente Utrecht · Zeist");
    const json = await html(technical.manifestoCount);
    const found = await html(wallPath("nl", { search: "Karel Geheimdorp Stil" }));
    for (const source of [page, json, await html(paths("en").signatories)])
      expect(source).not.toMatch(/Karel|Geheim|Stil|stilrol|@example/i);
    expect(found.replaceAll("Karel Geheimdorp Stil", "")).not.toMatch(/Karel Geheim\b|Stildorp/);
    expect(list(found)).toBe("");
  });

  test("a motivation only after a moderator's yes", async () => {
    await app.given.signature({ motivation: "Dit mag iedereen lezen", motivationState: "shown" });
    await app.given.signature({ motivation: "Dit wacht nog", motivationState: "waiting" });
    await app.given.signature({ motivation: "Dit werd geweigerd", motivationState: "refused" });
    const page = await html(wall);
    expect(page).toContain("Dit mag iedereen lezen");
    expect(page).not.toMatch(/wacht nog|geweigerd/);
  });

  test("what signers typed is text, never markup", async () => {
    await app.given.signature({ name: "<script>alert(1)</script>", organisation: '"><img src=x>' });
    const page = await html(wall);
    expect(page).not.toMatch(/<script>alert|<img src=x/);
    expect(page).toContain("&lt;script&gt;alert(1)");
  });

  test("an empty wall invites to be the first", async () => {
    const page = await html(wall);
    expect(page).toContain("Jij kunt de eerste zijn");
    expect(page).toContain(`href="${paths("nl").manifesto}"`);
  });
});

describe("pages", () => {
  test("the newest come first, and one can walk to the first signer and back", async () => {
    await app.given.manySignatures({ count: 120 });
    const seen: (string | undefined)[] = [];
    let page = await html(wall);
    expect(link(page, "prev")).toBeNull();
    const back: string[] = [];
    for (let path: string | null = wall; path; path = link(page, "next")) {
      page = await html(path);
      seen.push(...names(page));
      back.push(path);
    }
    expect(seen).toEqual(Array.from({ length: 120 }, (_, at) => `Nummer ${120 - at}`));
    for (const path of back.reverse().slice(1)) {
      page = await html(link(page, "prev")!);
      expect(names(page)).toEqual(names(await html(path)));
    }
    expect(link(page, "prev")).toBeNull();
  });

  test("finds are walked through in the same way, and counted up to a thousand", async () => {
    await app.given.manySignatures({ count: 1101 });
    await app.given.signature({ name: "Iemand Anders" });
    const first = await html(wallPath("nl", { search: "gemeente nummer" }));
    expect(first).toContain("Meer dan 1.000 gevonden met “gemeente nummer”");
    expect(names(first)[0]).toBe("Nummer 1101");
    const second = await html(link(first, "next")!);
    expect(names(second)[0]).toBe("Nummer 1051");
    expect(names(await html(link(second, "prev")!))).toEqual(names(first));
    expect(await html(wallPath("nl", { search: "anders" }))).toContain("1 gevonden met “anders”");
  });

  test("a page beyond the end, or one that is no number, still leads on", async () => {
    await app.given.signature({ name: "Sanne" });
    const beyond = await html(wallPath("nl", { before: 1 }));
    expect(beyond).toContain("Verder terug staat er niemand.");
    expect(link(beyond, "prev")).toBe(wall);
    for (const before of ["nul", "-1", "1e9", "9".repeat(30), "%00"])
      expect(names(await html(`${wall}?voor=${before}`))).toEqual(["Sanne"]);
  });
});

describe("search", () => {
  beforeEach(async () => {
    await app.given.signature({ name: "Çiğdem Öztürk", organisation: "Gemeente ’s-Hertogenbosch" });
    await app.given.signature({
      name: "Jan-Willem d’Hondt",
      organisation: "Rijksdienst",
      place: "Súdwest-Fryslân",
    });
    await app.given.signature({ name: "Jan Jansen", role: "griffier", organisation: "Gemeente Utrecht" });
    await app.given.signature({ name: "Ineke Pietersen", place: "Amsterdam" });
  });

  test.each([
    ["accents may be left out", "cigdem ozturk", "Çiğdem Öztürk"],
    ["or put in", "Ïneké", "Ineke Pietersen"],
    ["capitals don't matter", "JANSEN", "Jan Jansen"],
    ["hyphens and apostrophes don't matter", "jan willem hondt", "Jan-Willem d’Hondt"],
    ["by organisation", "s hertogenbosch", "Çiğdem Öztürk"],
    ["by place", "sudwest fryslan", "Jan-Willem d’Hondt"],
    ["the last word may be a beginning", "gemeente utr", "Jan Jansen"],
    ["a letter forgotten", "amsterdm", "Ineke Pietersen"],
    ["a letter too many", "pieterssen", "Ineke Pietersen"],
    ["two letters changed round", "jansne", "Jan Jansen"],
    ["another letter", "grivfier", "Jan Jansen"],
    ["one word right, one wrong", "cigdem ozturg", "Çiğdem Öztürk"],
  ])("%s: %s", async (_, typed, found) => {
    expect(await search(typed)).toEqual([found]);
  });

  test("all words must be there, and the newest come first", async () => {
    expect(await search("jan")).toEqual(["Jan Jansen", "Jan-Willem d’Hondt"]);
    expect(await search("jan pietersen")).toEqual([]);
    expect(await search("jna")).toEqual(["Jan Jansen", "Jan-Willem d’Hondt"]);
  });

  test("the page says which words were sought instead, and stays out of search engines", async () => {
    const page = await html(wallPath("nl", { search: "jansne" }));
    expect(page).toContain("“jansne” staat hier nergens. Daarom zochten we op: jansen.");
    expect(page).toContain('<meta name="robots" content="noindex"/>');
    expect(page).toMatch(/<input[^>]*value="jansne"/);
    expect(await html(wall)).not.toContain("noindex");
  });

  test("nothing found helps on", async () => {
    const page = await html(wallPath("nl", { search: "zzzzqq" }));
    expect(page).toContain("0 gevonden met “zzzzqq”");
    expect(page).toContain("Zo vind je misschien wel iemand");
    expect(page).toContain(`href="${wall}"`);
  });

  test("signs that mean something to a search engine mean nothing here", async () => {
    for (const sign of [
      "'",
      "\\",
      "&",
      "|",
      "!",
      ":*",
      "<->",
      "(",
      "%",
      "_",
      "'; drop table signatures; --",
      "\u0000",
    ]) {
      const answer = await app.get(wallPath("nl", { search: `jansen${sign}` }));
      expect(answer.status, sign).toBe(200);
      expect((await app.get(wallPath("nl", { search: `${sign}${sign}` }))).status, sign).toBe(200);
    }
    for (const signs of ["jansen & !jansen", "(jansen | pietersen)", "jansen:*", "'jansen'"])
      expect(names(await html(wallPath("nl", { search: signs.replace("pietersen", "") })))).toEqual([
        "Jan Jansen",
      ]);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 40 }), async (typed) => {
        const answer = await app.get(`${wall}?q=${encodeURIComponent(typed.toWellFormed())}`);
        expect(answer.status).toBe(200);
      }),
      { numRuns: 60 },
    );
  });
});

describe("principles", () => {
  test("the chart's bars and its numbers say the same, and each leads to who chose it", async () => {
    await app.given.signature({ name: "Een", principles: ["leren", "delen"] });
    await app.given.signature({ name: "Twee", principles: ["leren"] });
    await app.given.signature({ name: "Drie", principles: ["leren", "verbinden"], appearance: "counted" });
    const page = await html(wall);
    const chart = /<table class="tally">.*?<\/table>/s.exec(page)?.[0] ?? "";
    const rows = [
      ...chart.matchAll(/<tr><th scope="row">(.*?)<rect[^>]*width="([\d.]+)%".*?<td[^>]*>(\d+)</g),
    ].map(([, label = "", width, count]) => ({
      label: text(label),
      width: Number(width),
      count: Number(count),
    }));
    expect(rows).toHaveLength(12);
    expect(rows.slice(0, 3)).toEqual([
      { label: "Leren", width: 100, count: 3 },
      { label: "Verbinden", width: 33.3, count: 1 },
      { label: "Delen", width: 33.3, count: 1 },
    ]);
    for (const { width, count } of rows) expect(width).toBeCloseTo((100 * count) / 3, 0);
    const href = /href="([^"]*beginsel=leren)"/.exec(chart)?.[1] ?? "";
    expect(names(await html(href))).toEqual(["Twee", "Een"]);
    expect(names(await html(wallPath("nl", { search: "een", principle: "delen" })))).toEqual(["Een"]);
    expect(names(await html(wallPath("nl", { search: "twee", principle: "delen" })))).toEqual([]);
    expect(names(await html(`${wall}?beginsel=onzin`))).toEqual(["Twee", "Een"]);
  });
});

test("milestones stand on the wall with their day", async () => {
  await app.ctx.db
    .insertInto("milestones")
    .values([
      { number: 500, reached_at: new Date("2027-03-03T23:30:00Z") },
      { number: 1000, reached_at: new Date("2027-03-09T12:00:00Z") },
    ])
    .execute();
  const page = await html(wall);
  expect(page).toContain("Op 4 maart 2027 tekende de 500e.");
  expect(page.indexOf("de 1.000e")).toBeLessThan(page.indexOf("de 500e"));
  expect(await html(paths("en").signatories)).toContain("On 4 March 2027 the 500th person signed.");
});
