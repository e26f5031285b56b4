import { expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";

const to = paths("nl");
/** How long a change of content may take to be heard, on a busy machine. */
const soon = { timeout: 10_000 };
const text = async (app: TestApp, path: string) => (await app.get(path)).text();

test("the movement's home says what it is, who is there and how they hang together", async () => {
  const app = await startTestApp();
  const html = await text(app, to.home);
  expect(html).toContain("<h1>Samen vernieuwen we de overheid: van onderop en met plezier</h1>");
  expect(html).toContain("Wij, Publieke Veranderaars verbindt de netwerken");

  const [map, words] = [
    /<div class="archipelago">.*?<\/div>/s,
    /<ul class="islands">.*?<ul class="cards">/s,
  ].map((part) => part.exec(html)?.[0] ?? "");
  for (const slug of [
    "op-pad-met-de-cxo",
    "slimmernetwerk",
    "agenda-stad",
    "city-deals",
    "dag-van-de-stad",
  ]) {
    expect(map).toContain(`<a href="${to.island(slug).home}"`);
    expect(words).toContain(`href="${to.island(slug).home}"`);
  }
  expect(map?.match(/class="route part-of"/g)).toHaveLength(4); // two bridges, on the sheet for each screen
  expect(words).toMatch(/Onderdeel van <a[^>]*agenda-stad/);
  expect(words).toMatch(/Mogelijk gemaakt door <a[^>]*agenda-stad/);
  expect(words).toMatch(/Deelt een thema met <a[^>]*city-deals">City Deals<\/a> \(Samenwerken\)/);

  expect(html).toContain(to.island("op-pad-met-de-cxo").update("creative-bureaucracy-festival"));
  expect(html).toMatch(new RegExp(`<form[^>]*action="${to.newsletter}"`));
  expect(html).toContain(`href="${to.manifesto}#verbeelden"`);
  expect(html).toContain(`content="${app.origin}${technical.shareImage("nl", null, null)}"`);
  expect(html).toContain(`href="${to.updatesAtom}"`);
});

test("a new island is on the home page at the next visit", async () => {
  const app = await startTestApp();
  expect(await text(app, to.home)).not.toContain("De Kade");
  await app.given.initiative({ slug: "de-kade", name: "De Kade" });
  await vi.waitFor(async () => expect((await text(app, to.home)).includes("De Kade")).toBe(true), soon);
});

test("a movement without islands, updates or manifesto still has a home", async () => {
  const app = await startTestApp();
  for (const table of ["updates", "supporters", "initiatives", "manifestos", "newsletters"] as const)
    await app.ctx.db.deleteFrom(table).execute();
  const mapped = async () => (await text(app, to.home)).includes("archipelago");
  await vi.waitFor(async () => expect(await mapped()).toBe(false), soon);
  expect((await app.get(to.manifesto)).status).toBe(404);
});

test.each(["about", "privacy", "accessibility"] as const)(
  "the page %s is there in both languages",
  async (slug) => {
    const app = await startTestApp();
    for (const language of ["nl", "en"] as const) {
      const html = await text(app, paths(language)[slug]);
      expect(html).toContain(`<html lang="${language}"`);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(html).toContain(`<link rel="canonical" href="${app.origin}${paths(language)[slug]}"/>`);
      expect(html).toContain(language === "nl" ? "Laatst gewijzigd op" : "Last changed on");
      expect(html).not.toContain("untranslated");
    }
    const empty = await startTestApp({ starter: "none" });
    expect((await empty.get(to[slug])).status).toBe(404);
  },
);

test("in a query such a character is left out", async () => {
  const app = await startTestApp();
  const to = paths("nl");
  for (const path of [
    `${to.join}?thema=%00`,
    `${to.signatories}?zoek=%00`,
    `${technical.organisations}?q=%00ab`,
  ])
    expect((await app.get(path)).status, path).toBe(200);
});

test("an address with a character that no text can hold leads nowhere", async () => {
  const app = await startTestApp();
  const nowhere = [
    `${paths("nl").island("x%00").home}`,
    paths("nl").island("op-pad-met-de-cxo").update("%00"),
  ];
  for (const path of nowhere) expect((await app.get(path)).status, path).toBe(404);
});
