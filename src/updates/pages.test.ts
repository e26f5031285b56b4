import pg from "pg";
import { expect, test, vi } from "vitest";
import { processorTime } from "../../tests/support/processor-time.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";

const { island } = paths("nl");
const text = async (app: TestApp, path: string, host?: string) => (await app.get(path, host)).text();
const status = async (app: TestApp, path: string) => (await app.get(path)).status;

/** The JSON-LD blocks of a page, by type. */
function structuredData(html: string): Record<string, Record<string, unknown>> {
  const blocks = html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs);
  return Object.fromEntries(
    [...blocks].map(([, json]) => JSON.parse(json!)).map((one) => [one["@type"], one]),
  );
}

test("an update is read with its date in words, its author, its picture and the way to its neighbours", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative({ slug: "agenda-stad", name: "Agenda Stad" });
  const day = (date: string) => new Date(`${date}T11:00:00Z`);
  await app.given.update({
    initiativeId: id,
    slug: "eerste",
    title: "De eerste",
    publishedAt: day("2023-09-21"),
  });
  await app.given.update({
    initiativeId: id,
    slug: "tweede",
    title: "De tweede",
    author: "Suzanne Potjer",
    body: "# Een kop\n\nEen alinea.",
    image: "updates/haven.svg",
    imageAlt: "Tekening van een haven",
    publishedAt: day("2024-01-18"),
  });
  await app.given.update({
    initiativeId: id,
    slug: "derde",
    title: "De derde",
    publishedAt: day("2024-04-10"),
  });

  const html = await text(app, island(slug).update("tweede"));
  expect(html).toContain(
    '<time datetime="2024-01-18T11:00:00.000Z">18 januari 2024</time> door Suzanne Potjer',
  );
  expect(html).toContain('src="/media/updates/haven.svg" alt="Tekening van een haven"');
  expect(html).toContain("<h2>Een kop</h2>");
  expect(html.match(/<h1/g)).toHaveLength(1);
  expect(html).toContain(`href="${island(slug).update("eerste")}"`);
  expect(html).toContain(`href="${island(slug).update("derde")}"`);
  expect(html).toContain('<meta property="og:type" content="article"/>');
  expect(html).toContain('<meta property="article:published_time" content="2024-01-18T11:00:00.000Z"/>');
  expect(html).toContain(`${app.origin}${technical.shareImage("nl", slug, "tweede")}`);

  const url = app.origin + island(slug).update("tweede");
  expect(html).toContain(`share-offsite/?url=${encodeURIComponent(url)}"`);
  expect(structuredData(html).NewsArticle).toMatchObject({
    headline: "De tweede",
    datePublished: "2024-01-18T11:00:00.000Z",
    author: { "@type": "Person", name: "Suzanne Potjer" },
    publisher: { "@type": "Organization", name: "Agenda Stad" },
    inLanguage: "nl",
    mainEntityOfPage: url,
  });
  expect(structuredData(html).BreadcrumbList?.itemListElement).toHaveLength(5);

  // The invitation to the island's newsletter is sent to the newsletter's own page.
  expect(html).toContain("Nieuws van Agenda Stad</h2>");
  expect(html).toContain(`action="${island(slug).newsletter}"`);
  expect(await text(app, island(slug).updates)).toContain("Nieuws van Agenda Stad</h2>");

  const first = await text(app, island(slug).update("eerste"));
  expect(first).not.toContain("Vorige update");
  expect(first).toContain("Volgende update");
});

test("an update is there from the moment it comes out, and not before", async () => {
  const app = await startTestApp({ starter: "none", now: new Date("2026-03-01T09:00:00Z") });
  const { id, slug } = await app.given.initiative();
  await app.given.update({ initiativeId: id, slug: "nu", title: "Vandaag" });
  const tomorrow = new Date("2026-03-02T09:00:00Z");
  await app.given.update({ initiativeId: id, slug: "straks", title: "Morgen pas", publishedAt: tomorrow });
  const shownAt = [
    paths("nl").updates,
    paths("nl").updatesAtom,
    paths("nl").updatesJson,
    island(slug).updates,
    island(slug).updatesAtom,
    island(slug).updatesJson,
    island(slug).update("nu"),
  ];
  for (const path of shownAt) expect(await text(app, path), path).not.toContain("Morgen pas");
  expect(await status(app, island(slug).update("straks"))).toBe(404);

  app.advance(days(1));
  await app.given.initiative(); // any change of content renews the pages in memory
  await expect.poll(() => text(app, island(slug).updates)).toContain("Morgen pas");
  expect(await status(app, island(slug).update("straks"))).toBe(200);
});

test("a list of many updates comes in pages of twelve, each with an address of its own", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative({ slug: "veel" });
  await app.given.manyUpdates({ initiativeId: id, count: 25 });
  const { updates } = island(slug);

  const first = await text(app, updates);
  expect(first.match(/class="card"/g)).toHaveLength(12);
  expect(first).toContain(`<link rel="canonical" href="${app.origin}${updates}"/>`);
  const last = await text(app, `${updates}?page=3`);
  expect(last.match(/class="card"/g)).toHaveLength(1);
  expect(last).toContain("Nummer 25");
  expect(last).toContain(`<link rel="canonical" href="${app.origin}${updates}?page=3"/>`);
  expect(last).toContain("<title>Updates van Initiatief veel (pagina 3 van 3)");
  expect(last).toContain('aria-current="page"');
  for (const page of ["4", "0", "-1", "1.5", "een", "", "9999999999"])
    expect(await status(app, `${updates}?page=${page}`), page).toBe(404);
});

test("what isn't there is not found", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative();
  const other = await app.given.initiative();
  const update = await app.given.update({ initiativeId: id });
  const nowhere = island("nergens");
  const missing = [nowhere.updates, nowhere.updatesAtom, nowhere.updatesJson, nowhere.update(update.slug)];
  for (const path of [...missing, island(slug).update("nooit"), island(other.slug).update(update.slug)])
    expect(await status(app, path), path).toBe(404);
  expect(await status(app, island(other.slug).updates)).toBe(200);
  expect(await text(app, island(other.slug).updates)).toContain("Er zijn nog geen updates");
});

test("what an editor types is shown as typed, and never run", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative({ name: "</title><script>alert(0)</script>" });
  const attack = '</script><script>alert(1)</script><img src=x onerror="alert(2)">';
  const body = `${attack}\n\n[klik](javascript:alert(3))\n\n![x](javascript:alert(4))`;
  const update = await app.given.update({
    initiativeId: id,
    title: attack,
    body,
    author: attack,
    image: 'x" onerror="alert(5)',
    imageAlt: '" onload="alert(6)',
  });
  for (const path of [island(slug).update(update.slug), island(slug).updates, paths("nl").updates]) {
    const html = await text(app, path);
    expect(html).not.toMatch(/<script>|<img src=x|(href|src)="javascript:/);
    const outsideQuotes = html.replace(/<script type.*?<\/script>/gs, "").replace(/"[^"]*"/g, "");
    expect(outsideQuotes).not.toMatch(/<[a-z][^>]*(onerror|onload)/);
  }
  const html = await text(app, island(slug).update(update.slug));
  expect(structuredData(html).NewsArticle).toMatchObject({ headline: attack, author: { name: attack } });
});

test("an update without translation is shown in Dutch, and says so", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative();
  const en = paths("en").island(slug);
  await app.given.update({ initiativeId: id, slug: "alleen-nl", title: "Alleen hier", body: "Dag!" });
  const english = { title: "Also there", body: "Hello!" };
  await app.given.update({ initiativeId: id, slug: "ook-en", title: "Ook daar", body: "Dag!", english });

  const dutch = await text(app, en.update("alleen-nl"));
  expect(dutch).toContain('<h1><span lang="nl">Alleen hier</span></h1>');
  expect(dutch).toContain('<div class="prose" lang="nl"><p>Dag!</p>');
  expect(dutch).toContain("This text is in Dutch only for now.");
  const translated = await text(app, en.update("ook-en"));
  expect(translated).toContain("<h1>Also there</h1>");
  expect(translated).not.toContain("in Dutch only");
});

test("on its own host an island's updates stand at the root, and that is their one address", async () => {
  const app = await startTestApp({ starter: "none" });
  const host = "cxo.localhost";
  const { id, slug } = await app.given.initiative({ slug: "cxo", name: "De CXO", host });
  const other = await app.given.initiative({ slug: "ander" });
  await app.given.update({ initiativeId: id, slug: "een", title: "Van de CXO" });
  await app.given.update({ initiativeId: other.id, slug: "twee", title: "Van een ander" });
  const origin = `http://${host}:${app.port}`;

  const list = await text(app, "/updates", host);
  expect(list).toContain('href="/updates/een"');
  expect(list).not.toContain("Van een ander");
  const update = await text(app, "/updates/een", host);
  const canonical = `<link rel="canonical" href="${origin}/updates/een"/>`;
  expect(update).toContain(canonical);
  expect(await text(app, island(slug).update("een"))).toContain(canonical);
  expect(structuredData(update).BreadcrumbList?.itemListElement).toHaveLength(3);
  expect(await text(app, paths("nl").updates)).toContain(`href="${island(slug).update("een")}"`);
  expect(await text(app, "/updates.atom", host)).toBe(await text(app, island(slug).updatesAtom));
});

test("with 10,000 updates every page is still quick and asks at most five things of the database", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative({ slug: "groot" });
  await app.given.manyUpdates({ initiativeId: id, count: 10_000 });
  const pages = [
    `${paths("nl").updates}?page=834`,
    island(slug).updates,
    `${island(slug).updates}?page=417`,
    `${island(slug).updates}?page=834`,
    island(slug).update("nummer-5000"),
    island(slug).updatesAtom,
    island(slug).updatesJson,
  ];
  await text(app, paths("nl").updates); // the first page of a process compiles what all need
  const asked = vi.spyOn(pg.Client.prototype, "query");
  for (const path of pages) {
    asked.mockClear();
    const begun = process.cpuUsage();
    expect(await status(app, path), path).toBe(200);
    expect(processorTime(begun), path).toBeLessThan(1000);
    const questions = asked.mock.calls.map(([query]) => JSON.stringify(query));
    const ofPage = questions.filter((query) => !query.includes("pgboss") && query !== '"select 1"');
    expect(ofPage.length, path).toBeGreaterThan(0);
    expect(ofPage.length, path).toBeLessThanOrEqual(5);
  }
  asked.mockRestore();
  expect(await status(app, `${island(slug).updates}?page=835`)).toBe(404);
});
