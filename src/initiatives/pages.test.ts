import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";
import { directoryPath } from "./filters.ts";

const to = paths("nl");
/** With the starter content; for tests that change nothing. */
let seeds: TestApp;
beforeAll(async () => {
  seeds = await startTestApp();
});
afterAll(() => seeds.stop());

const text = async (app: TestApp, path: string) => (await app.get(path)).text();
/** The names of the islands on the directory's cards. */
const cards = (html: string) =>
  [...html.matchAll(/<h3 class="card__title"><a[^>]*>([^<]*)/g)].map(([, name]) => name);
const chosen = (html: string) => [...html.matchAll(/aria-current="true">([^<]*)/g)].map(([, label]) => label);

test("an island's home tells its story, shows its people and answers its questions", async () => {
  const island = to.island("op-pad-met-de-cxo");
  const html = await text(seeds, island.home);

  expect(html).toContain("<h1>Op pad met de CXO</h1>");
  expect(html).toMatch(
    /<details class="fold"><summary>Lees meer<\/summary><div class="prose"><p>Neem de energie/,
  );
  expect(html).toMatch(/<strong>Suzanne Potjer<\/strong><p class="meta">Chief Exploration Officer/);
  expect(html).toMatch(/<summary><h3>Wie gaat er op pad\?<\/h3><\/summary><div id="wie-gaat-er-op-pad"/);
  expect(html).toContain('href="#wie-gaat-er-op-pad"');
  expect(html).toMatch(/Mogelijk gemaakt door[\s\S]*<a class="nl-link" href="\/initiatieven\/agenda-stad">/);
  expect(html).toMatch(new RegExp(`<form[^>]*method="post" action="${island.newsletter}"`));
  expect(html).toContain(`href="${island.contact}"`);
});

test("an island shows its latest three updates, and the way to all", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative();
  await app.given.manyUpdates({ initiativeId: id, count: 5 });
  const html = await text(app, to.island(slug).home);
  expect(cards(html)).toEqual(["Nummer 1", "Nummer 2", "Nummer 3"]);
  expect(html).toContain(`href="${to.island(slug).updates}"`);
});

test("what an island doesn't have, its home doesn't speak of", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative();
  await app.given.portrait({ initiativeId: id, name: "Ada Verkenner" });
  const headings = (html: string) => [...html.matchAll(/<h2[^>]*>([^<]*)/g)].map(([, heading]) => heading);
  const own = (html: string) => headings(html).slice(0, headings(html).indexOf("Blijf op de hoogte"));

  expect(own(await text(app, to.island(slug).home))).toEqual([
    "Wie kom je hier tegen?",
    `Nieuws van Initiatief ${slug}`,
    "Contact",
  ]);
  await app.ctx.db.deleteFrom("portraits").execute();
  await app.ctx.db.deleteFrom("newsletters").execute();
  await vi.waitFor(async () => expect(own(await text(app, to.island(slug).home))).toEqual(["Contact"]), {
    timeout: 10_000,
  });
});

test("an island names its e-mail address and its places elsewhere", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative({ name: "De Kade" });
  const links = [
    { kind: "linkedin", url: "https://www.linkedin.com/company/de-kade" },
    { kind: "website", url: "https://www.dekade.example/over" },
  ];
  await app.ctx.db
    .updateTable("initiatives")
    .set({ contact_email: "hallo@dekade.example", links: JSON.stringify(links) })
    .where("id", "=", id)
    .execute();
  const html = await text(app, to.island(slug).home);
  expect(html).toContain('href="mailto:hallo@dekade.example"');
  expect(html).toMatch(/linkedin\.com\/company\/de-kade"[\s\S]*?De Kade op LinkedIn/);
  expect(html).toMatch(/dekade\.example\/over"[\s\S]*?<\/svg>dekade\.example/);
});

test("an unknown island gets a page that helps", async () => {
  const response = await seeds.get(to.island("bestaat-niet").home);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain(`href="${to.initiatives}"`);
});

test("a text that exists in Dutch only says so to English readers", async () => {
  const dutchOnly = await text(seeds, paths("en").island("slimmernetwerk").home);
  expect(dutchOnly).toContain("This text is in Dutch only for now.");
  expect(dutchOnly).toMatch(/<div class="prose" lang="nl">/);
  const translated = await text(seeds, paths("en").island("op-pad-met-de-cxo").home);
  expect(translated).not.toContain("This text is in Dutch only for now.");
  expect(translated).toContain("Read more");
});

test("bridges are told in words on either side", async () => {
  const app = await startTestApp();
  const words = (html: string) => /<ul class="ties">(.*?)<\/ul>/s.exec(html)?.[1]?.replace(/<[^>]+>/g, "|");
  expect(words(await text(app, to.island("agenda-stad").home))).toMatch(
    /Hierbij horen \|+City Deals\|+ en \|+Dag van de Stad\|+Maakt mogelijk: \|+Op pad met de CXO/,
  );
  expect(words(await text(app, to.island("city-deals").home))).toMatch(/Onderdeel van \|+Agenda Stad/);

  const [a, b] = [await app.given.initiative({ slug: "a" }), await app.given.initiative({ slug: "b" })];
  for (const { id } of [a, b]) await app.given.portrait({ initiativeId: id, name: "Ada Verkenner" });
  expect(words(await text(app, to.island("a").home))).toMatch(
    /Deelt iemand met \|+Initiatief b\|+ \(Ada Verkenner\)/,
  );
});

test("the directory is filtered by kind and theme, in the address", async () => {
  const all = await text(seeds, to.initiatives);
  expect(cards(all)).toHaveLength(5);
  expect(chosen(all)).toEqual(["Alles", "Alles"]);

  const byKind = directoryPath(to, { kind: "programme", theme: null });
  expect(byKind).toBe("/initiatieven?soort=programma");
  expect(all).toContain(`href="${byKind}"`);
  expect(cards(await text(seeds, byKind))).toEqual(["Agenda Stad", "City Deals"]);

  const both = await text(seeds, directoryPath(to, { kind: "programme", theme: "nieuwe-werkwijzen" }));
  expect(cards(both)).toEqual(["Agenda Stad"]);
  expect(chosen(both)).toEqual(["Programma", "Nieuwe werkwijzen"]);
  expect(both).toContain('<a href="/initiatieven" aria-current="page">Initiatieven</a>');
  expect(both).toContain('/en/initiatives?kind=programme&amp;theme=nieuwe-werkwijzen"');
  expect(both).toContain(`<link rel="canonical" href="${seeds.origin}${to.initiatives}"/>`);
});

test("a choice without islands shows the way on, and an unknown choice shows all", async () => {
  const empty = await text(seeds, directoryPath(to, { kind: "journey", theme: "steden" }));
  expect(empty).toContain("Hier ligt nog geen eiland");
  expect(empty).toMatch(/href="\/initiatieven"[^>]*>Bekijk alle initiatieven/);
  expect(cards(await text(seeds, `${to.initiatives}?soort=vliegtuig&thema=%3Cscript%3E`))).toHaveLength(5);
});

test("an island introduces itself to machines", async () => {
  const island = to.island("agenda-stad");
  const html = await text(seeds, island.home);
  expect(html).toContain(`<link rel="canonical" href="${seeds.origin}${island.home}"/>`);
  expect(html).toContain(`content="${seeds.origin}${technical.shareImage("nl", "agenda-stad", null)}"`);
  expect(html).toContain(
    `type="application/atom+xml" title="Updates van Agenda Stad (Atom)" href="${island.updatesAtom}"`,
  );
  expect(html).toContain(`href="${island.updatesJson}"`);
  const data = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, json]) =>
    JSON.parse(json ?? ""),
  );
  expect(data).toMatchObject([
    { "@type": "Organization", name: "Agenda Stad", url: seeds.origin + island.home },
    {
      "@type": "BreadcrumbList",
      itemListElement: [
        { position: 1, item: `${seeds.origin}/` },
        { position: 2, item: seeds.origin + to.initiatives },
        { position: 3, name: "Agenda Stad", item: seeds.origin + island.home },
      ],
    },
  ]);
});

test("an uncached page takes at most five queries", async () => {
  const app = await startTestApp();
  await app.get(to.about); // the site itself (names and hosts) is known from here on
  const execute = vi.spyOn(app.web.db.getExecutor(), "executeQuery");
  for (const path of [to.island("op-pad-met-de-cxo").home, to.initiatives, to.home]) {
    execute.mockClear();
    expect((await app.get(path)).status).toBe(200);
    expect(execute.mock.calls.length).toBeGreaterThan(0);
    expect(execute.mock.calls.length).toBeLessThanOrEqual(5);
  }
  execute.mockClear();
  await app.get(to.home);
  expect(execute).not.toHaveBeenCalled();
});
