import { sql } from "kysely";
import pg from "pg";
import { expect, test, vi } from "vitest";
import { givenEdition } from "../../tests/support/editions.ts";
import { until } from "../../tests/support/sending.ts";
import { hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";
import type { EditionState } from "./table.ts";

const to = paths("nl");
const textOf = async (answer: Promise<Response>) => (await answer).text();

test("an edition is on the web with its updates as they are now, and nothing of a reader", async () => {
  const app = await startTestApp({ starter: "seeds" });
  const island = await app.given.initiative({ slug: "haven", name: "Haven" });
  const update = await app.given.update({ initiativeId: island.id, slug: "boot", title: "De boot vaart" });
  const { slug } = await givenEdition(app, {
    ...{ subject: "Zomer op de eilanden", preheader: "Lees wat er bloeit", closing: "Tot *gauw*" },
    ...{ intro: "Dag slot.name.slot, **welkom** <script>alert(1)</script>", updates: [update.id] },
  });
  const page = await textOf(app.get(to.edition(slug)));
  expect(page).toContain("<title>Zomer op de eilanden");
  expect(page).toContain("<strong>welkom</strong>");
  expect(page).not.toContain("<script>alert");
  expect(page).toContain('href="/initiatieven/haven/updates/boot"');
  expect(page).toContain("<em>gauw</em>");
  expect(page).toContain(`<link rel="canonical" href="${app.origin}/nieuwsbrief/${slug}"`);
  expect(page).toContain('"@type":"NewsArticle"');
  expect(page).toContain('action="/nieuwsbrief"');
  expect(page).not.toMatch(/\/(afmelden|bevestigen|mijn)\/[0-9a-f]/);

  await app.ctx.db
    .updateTable("updates")
    .set({ title: JSON.stringify({ nl: "De boot vaart <nu>" }) })
    .where("id", "=", update.id)
    .execute();
  await until("the mended title", async () =>
    (await textOf(app.get(to.edition(slug)))).includes("De boot vaart &lt;nu&gt;"),
  );
  await app.ctx.db.deleteFrom("updates").where("id", "=", update.id).execute();
  await until(
    "the update to go",
    async () => !(await textOf(app.get(to.edition(slug)))).includes("De boot vaart"),
  );
});

test("only what began to be sent is there; what was cancelled before any of it went is not", async () => {
  const app = await startTestApp();
  const status = async (state: EditionState, startedAt: Date | null) => {
    const { slug } = await givenEdition(app, { state, startedAt });
    return (await app.get(to.edition(slug))).status;
  };
  const now = app.ctx.now();
  for (const slug of ["%00", "%ff", "..%2f", "Editie-1"])
    expect((await app.get(to.edition(slug))).status, slug).toBe(404);
  expect(await status("draft", null)).toBe(404);
  expect(await status("scheduled", null)).toBe(404);
  expect(await status("cancelled", null)).toBe(404);
  expect(await status("cancelled", now)).toBe(404);
  for (const state of ["freezing", "sending", "stopped", "sent"] as const)
    expect(await status(state, now), state).toBe(200);

  const half = await givenEdition(app, { state: "cancelled" });
  await sql`insert into delivery_tallies (edition_id, what, at, change)
    values (${half.id}, 'sent', now(), 3), (${half.id}, 'skipped', now(), 7)`.execute(app.ctx.db);
  expect((await app.get(to.edition(half.slug))).status).toBe(200);
  await sql`insert into delivery_tallies (edition_id, what, at, change)
    values (${half.id}, 'sent', now(), -3)`.execute(app.ctx.db);
  expect((await app.get(paths("nl").newsletter)).status).toBe(200);

  const other = await app.given.initiative({ slug: "haven" });
  const mine = await givenEdition(app, { island: "haven" });
  expect((await app.get(to.edition(mine.slug))).status, "of another newsletter").toBe(404);
  expect((await app.get(to.island("haven").edition(mine.slug))).status).toBe(200);
  await app.ctx.db
    .updateTable("initiatives")
    .set({ published_at: null })
    .where("id", "=", other.id)
    .execute();
  await until(
    "the island to go",
    async () => (await app.get(to.island("haven").edition(mine.slug))).status === 404,
  );
  expect((await app.get(to.island("haven").newsletterAtom)).status).toBe(404);
});

test("a newsletter's page lists what was sent, newest first, a page at a time", async () => {
  const app = await startTestApp();
  expect(await textOf(app.get(to.newsletter))).not.toContain("Wat we eerder stuurden");
  for (let number = 1; number <= 14; number++) {
    app.advance(hours(1));
    await givenEdition(app, { slug: `nummer-${number}`, subject: `Nummer ${number}` });
  }
  await givenEdition(app, { slug: "concept", state: "draft", startedAt: null });
  const slugsOn = async (path: string) =>
    [...(await textOf(app.get(path))).matchAll(/href="\/nieuwsbrief\/(nummer-\d+|concept)"/g)].map(
      ([, slug]) => slug,
    );
  const newestFirst = Array.from({ length: 14 }, (_, index) => `nummer-${14 - index}`);
  await until("all to be listed", async () => (await slugsOn(to.newsletter)).length === 12);
  expect(await slugsOn(to.newsletter)).toEqual(newestFirst.slice(0, 12));
  expect(await slugsOn(`${to.newsletter}?page=2`)).toEqual(newestFirst.slice(12));
  for (const page of ["3", "0", "x", "-1"])
    expect((await app.get(`${to.newsletter}?page=${page}`)).status, page).toBe(404);
});

test("an edition stands under each language that it is written in, and only there", async () => {
  const app = await startTestApp();
  const both = await givenEdition(app, { english: { subject: "Summer", intro: "It is **warm**." } });
  const dutch = await givenEdition(app);
  const english = await textOf(app.get(paths("en").edition(both.slug)));
  expect(english).toContain("<strong>warm</strong>");
  expect(english).toContain(`hreflang="nl" href="${app.origin}/nieuwsbrief/${both.slug}"`);
  expect(english).toContain(`<link rel="canonical" href="${app.origin}/en/newsletter/${both.slug}"`);
  const only = await app.request(paths("en").edition(dutch.slug), { redirect: "manual" });
  expect([only.status, only.headers.get("location")]).toEqual([302, to.edition(dutch.slug)]);
  expect(await textOf(app.get(to.edition(dutch.slug)))).not.toContain("hreflang");
  const map = await textOf(app.get(technical.sitemap));
  for (const [path, there] of [
    [to.edition(both.slug), true],
    [paths("en").edition(both.slug), true],
    [to.edition(dutch.slug), true],
    [paths("en").edition(dutch.slug), false],
  ] as const)
    expect(map.includes(`<loc>${app.origin}${path}</loc>`), path).toBe(there);
});

test("an island on its own host has its archive there", async () => {
  const app = await startTestApp();
  const cxo = "op-pad-met-de-cxo";
  const { slug } = await givenEdition(app, { island: cxo, subject: "Post van onderweg" });
  const host = "cxo.localhost";
  const own = `http://${host}:${app.port}`;
  const page = await textOf(app.get(`/nieuwsbrief/${slug}`, host));
  expect(page).toContain("Post van onderweg");
  expect(page).toContain(`<link rel="canonical" href="${own}/nieuwsbrief/${slug}"`);
  const onMovement = await textOf(app.get(to.island(cxo).edition(slug)));
  expect(onMovement).toContain(`<link rel="canonical" href="${own}/nieuwsbrief/${slug}"`);
  expect(await textOf(app.get("/nieuwsbrief", host))).toContain(`href="/nieuwsbrief/${slug}"`);
  expect(await textOf(app.get(technical.sitemap, host))).toContain(`<loc>${own}/nieuwsbrief/${slug}</loc>`);
  const feed = JSON.parse(await textOf(app.get("/nieuwsbrief.json", host)));
  expect(feed).toMatchObject({ feed_url: `${own}/nieuwsbrief.json`, home_page_url: `${own}/nieuwsbrief` });
  expect(feed.items.map(({ url }: { url: string }) => url)).toEqual([`${own}/nieuwsbrief/${slug}`]);
});

test("each edition has a picture to share, with its subject", async () => {
  const app = await startTestApp();
  const { slug } = await givenEdition(app, { subject: "Zomer" });
  const page = await textOf(app.get(to.edition(slug)));
  const named = /property="og:image" content="([^"]+)"/.exec(page)?.[1] ?? "";
  const answer = await app.get(new URL(named).pathname);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  await givenEdition(app, { slug: "concept", state: "draft", startedAt: null });
  expect((await app.get(technical.editionImage("nl", null, "concept"))).status).toBe(404);
});

test("both feeds hold each edition in full, with whole links, and only what is out", async () => {
  const app = await startTestApp();
  const island = await app.given.initiative({ slug: "haven" });
  const update = await app.given.update({ initiativeId: island.id, slug: "boot", title: "Boot & <vlot>" });
  const wanted = { subject: "Zomer & <zee>", intro: "Lees [hier](/over).", updates: [update.id] };
  const { id, slug } = await givenEdition(app, wanted);
  await givenEdition(app, { state: "draft", startedAt: null });
  const atom = await app.get(to.newsletterAtom);
  expect(atom.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  const found = async (text: string, xpath: string) => {
    const { rows } = await sql<{ text: string }>`
      select text from xmltable(xmlnamespaces('http://www.w3.org/2005/Atom' as a), ${xpath}
        passing xmlparse(document ${text}::text) columns text text path '.')`.execute(app.ctx.db);
    return rows.map(({ text }) => text);
  };
  const text = await atom.text();
  expect(await found(text, "/a:feed/a:link[@rel='self']/@href")).toEqual([app.origin + to.newsletterAtom]);
  expect(await found(text, "//a:entry/a:id")).toEqual([`urn:uuid:${id}`]);
  expect(await found(text, "//a:entry/a:title")).toEqual(["Zomer & <zee>"]);
  const [html] = await found(text, "//a:content");
  expect(html).toContain(`href="${app.origin}/over"`);
  expect(html).toContain(`href="${app.origin}/initiatieven/haven/updates/boot">Boot &amp; &lt;vlot&gt;</a>`);
  const json = JSON.parse(await textOf(app.get(to.newsletterJson)));
  expect(json.items).toEqual([
    expect.objectContaining({ url: app.origin + to.edition(slug), title: "Zomer & <zee>" }),
  ]);
});

test("a feed asks the database as little for many editions as for one", async () => {
  const app = await startTestApp();
  const island = await app.given.initiative({ slug: "haven" });
  const update = await app.given.update({ initiativeId: island.id, slug: "boot" });
  for (let number = 1; number <= 12; number++) await givenEdition(app, { updates: [update.id] });
  await app.get(to.newsletter); // the first page of a process compiles what all need
  const asked = vi.spyOn(pg.Client.prototype, "query");
  const { items } = JSON.parse(await textOf(app.get(to.newsletterJson)));
  const questions = asked.mock.calls.map(([query]) => JSON.stringify(query));
  asked.mockRestore();
  expect(items).toHaveLength(12);
  const ofPage = questions.filter((query) => !query.includes("pgboss") && query !== '"select 1"');
  expect(ofPage.length).toBeLessThanOrEqual(5);
});

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
const visitsOf = async (app: TestApp, id: string) =>
  (await app.ctx.db.selectFrom("editions").select("visits").where("id", "=", id).executeTakeFirstOrThrow())
    .visits;

test("visits are counted as a number, also from the cache; what nobody looks at is not", async () => {
  const home = await startTestApp();
  const app = await startTestApp({ beside: { database: home.database } });
  const { id, slug } = await givenEdition(app);
  const path = to.edition(slug);
  const ask = (headers: Record<string, string> = {}, method = "GET") =>
    app.request(path, { method, headers: { "user-agent": firefox, ...headers } });
  const first = await ask();
  expect(first.headers.get("set-cookie")).toBeNull();
  expect([...first.headers.keys()].filter((name) => name.includes("counts"))).toEqual([]);
  const etag = first.headers.get("etag") ?? "";
  expect(etag).not.toBe("");
  for (let each = 0; each < 9; each++) await ask();
  expect((await ask({ "if-none-match": etag })).status).toBe(304);
  await ask({}, "HEAD");
  await ask({ "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" });
  await ask({ "sec-purpose": "prefetch" });
  await app.get(to.newsletterAtom);
  await until("the visits to be written", async () => (await visitsOf(app, id)) >= 10, 10);
  const metrics = await textOf(app.get(technical.metrics));
  expect(metrics, "counting costs no page its place in the cache").toMatch(/cached="yes"\} 1[0-9]/);
  // What was counted and not written yet is written at the end: there is nothing beyond the ten.
  await app.stop();
  expect(await visitsOf(home, id)).toBe(10);
});

test("visits counted by several processes at once all arrive, also those of its last seconds", async () => {
  const app = await startTestApp();
  const beside = await startTestApp({ beside: { database: app.database } });
  const { id, slug } = await givenEdition(app);
  const headers = { "user-agent": firefox };
  const visit = (one: TestApp) => one.request(to.edition(slug), { headers });
  await Promise.all([app, beside].flatMap((one) => Array.from({ length: 20 }, () => visit(one))));
  await beside.stop();
  await until("all visits", async () => (await visitsOf(app, id)) === 40, 10);
});
