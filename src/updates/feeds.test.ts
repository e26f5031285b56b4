import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";

/**
 * PostgreSQL's libxml2 reads the feed: it refuses what is not well-formed, and finds text by XPath ("a:" is Atom).
 * Returns the text of every node found.
 */
async function find(app: TestApp, feed: string, xpath: string): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select text from xmltable(xmlnamespaces('http://www.w3.org/2005/Atom' as a), ${xpath}
      passing xmlparse(document ${feed}::text) columns text text path '.')`.execute(app.ctx.db);
  return rows.map(({ text }) => text);
}

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const attack = `</title><script>alert(1)</script> & "quotes" 'too' ]]> \u0008 \ufffe`;
const body =
  "Lees [verder](/over), [hier](#kop) of [elders](https://example.org/?a=1&b=2).\n\n![Kaart](/media/kaart.svg)";

/** An installation with an island on the movement's host, one on its own, and updates that are hard to write down. */
async function installation() {
  const app = await startTestApp({ starter: "seeds", now: new Date("2026-03-01T09:00:00Z") });
  const { id } = await app.given.initiative({ slug: "eiland", name: "Eiland & <zee>" });
  const own = await app.given.initiative({ slug: "eigen", name: "Eigen host", host: "eigen.localhost" });
  await app.given.update({ initiativeId: id, slug: "lastig", title: attack, body: `${body}\n\n${attack}` });
  await app.given.update({
    initiativeId: own.id,
    slug: "daar",
    author: "Ada",
    image: "updates/haven.svg",
    imageAlt: 'De "haven"',
    body,
    english: { title: "There", body: "Hello" },
  });
  await app.given.initiative({ slug: "leeg" });
  return app;
}

const feeds = (["nl", "en"] as const).flatMap((language) =>
  [null, "eiland", "eigen", "leeg"].map((island) => ({ language, island })),
);
const pathsOf = ({ language, island }: (typeof feeds)[number]) =>
  island ? paths(language).island(island) : paths(language);

describe("feeds", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await installation();
    return app.stop;
  });
  const get = async (path: string) => {
    const answer = await app.get(path);
    return {
      text: await answer.text(),
      type: answer.headers.get("content-type"),
      etag: answer.headers.get("etag"),
    };
  };

  test.each(feeds)("Atom of $island in $language keeps the rules of RFC 4287", async (which) => {
    const { text, type, etag } = await get(pathsOf(which).updatesAtom);
    expect(type).toBe("application/atom+xml; charset=utf-8");
    expect(etag).toBeTruthy();
    expect(text.startsWith('<?xml version="1.0" encoding="utf-8"?>')).toBe(true);
    const all = (xpath: string) => find(app, text, xpath);
    const one = async (xpath: string) => {
      const found = await all(xpath);
      expect(found, xpath).toHaveLength(1);
      return found[0]!;
    };
    // 4.1.1: exactly one of each, and an author for every entry.
    expect(await one("/a:feed/a:id")).toMatch(/^http/);
    expect(await one("/a:feed/a:title")).not.toBe("");
    expect(await one("/a:feed/a:updated")).toMatch(rfc3339);
    expect(await one("/a:feed/a:author/a:name")).not.toBe("");
    expect(await one("/a:feed/@xml:lang")).toBe(which.language);
    const self = await one("/a:feed/a:link[@rel='self']/@href");
    expect(new URL(self).pathname).toMatch(/updates\.atom$/);
    expect(URL.canParse(await one("/a:feed/a:link[@rel='alternate']/@href"))).toBe(true);

    // 4.1.2: each entry with one id, title, updated; ids are unique; content in full.
    const entries = (await all("/a:feed/a:entry")).length;
    expect(entries).toBe(which.island === "leeg" ? 0 : which.island ? 1 : 5);
    for (const part of [
      "id",
      "title",
      "updated",
      "published",
      "author/a:name",
      "summary",
      "content[@type='html']",
    ])
      expect(await all(`//a:entry/a:${part}`), part).toHaveLength(entries);
    const ids = [await one("/a:feed/a:id"), ...(await all("//a:entry/a:id"))];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(URL.canParse(id), id).toBe(true);
    const dates = await all("//a:entry/a:updated | //a:entry/a:published");
    for (const date of dates) expect(date).toMatch(rfc3339);
    const links = await all("//a:entry/a:link[@rel='alternate']/@href");
    expect(links).toHaveLength(entries);
    for (const link of links) expect(URL.canParse(link)).toBe(true);
    for (const html of await all("//a:content")) expect(html).not.toMatch(/(href|src)="(?!https?:\/\/)/);
    // An update is never older than the feed says, and newest comes first.
    const published = await all("//a:entry/a:published");
    expect(published).toEqual([...published].sort().reverse());
  });

  test.each(feeds)("JSON of $island in $language keeps the rules of JSON Feed 1.1", async (which) => {
    const { text, type } = await get(pathsOf(which).updatesJson);
    expect(type).toBe("application/feed+json; charset=utf-8");
    const feed = JSON.parse(text);
    expect(feed).toMatchObject({
      version: "https://jsonfeed.org/version/1.1",
      language: which.language,
      title: expect.stringMatching(/./),
      feed_url: expect.stringMatching(/^http.*updates\.json$/),
      home_page_url: expect.stringMatching(/^http.*updates$/),
      authors: [{ name: expect.stringMatching(/./) }],
    });
    const ids = feed.items.map((item: { id: unknown }) => item.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const item of feed.items) {
      expect(item).toMatchObject({
        id: expect.stringMatching(/./),
        url: expect.stringMatching(/^http/),
        title: expect.stringMatching(/./),
        content_html: expect.stringMatching(/</),
        date_published: expect.stringMatching(rfc3339),
        date_modified: expect.stringMatching(rfc3339),
        authors: [{ name: expect.stringMatching(/./) }],
      });
      expect(item.content_html).not.toMatch(/(href|src)="(?!https?:\/\/)/);
    }
  });

  test("what is hard to write down arrives as it was typed, without what XML cannot hold", async () => {
    const { text } = await get(paths("nl").island("eiland").updatesAtom);
    expect(text).not.toContain("<script>");
    const [title] = await find(app, text, "//a:entry/a:title");
    expect(title).toBe(`</title><script>alert(1)</script> & "quotes" 'too' ]]>  `);
    const [html] = await find(app, text, "//a:content");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).toContain(`href="${app.origin}/over"`);
    expect(html).toContain(`href="${app.origin}/initiatieven/eiland/updates/lastig#kop"`);
    expect(html).toContain('href="https://example.org/?a=1&amp;b=2"');
    expect(html).toContain(`src="${app.origin}/media/kaart.svg"`);
  });

  test("an update has one id in every feed; its addresses are those of its island's own host", async () => {
    const origin = `http://eigen.localhost:${app.port}`;
    const ofIsland = JSON.parse((await get(paths("nl").island("eigen").updatesJson)).text);
    const ofAll = JSON.parse((await get(paths("nl").updatesJson)).text);
    const [item] = ofIsland.items;
    expect(item).toMatchObject({
      url: `${origin}/updates/daar`,
      image: `${origin}/media/updates/haven.svg`,
      authors: [{ name: "Ada" }],
    });
    expect(item.content_html).toContain(
      `<p><img src="${origin}/media/updates/haven.svg" alt="De &quot;haven&quot;"/></p>`,
    );
    expect(ofIsland.feed_url).toBe(`${origin}/updates.json`);
    expect(ofAll.items).toContainEqual(item);
    const atom = (await get(paths("en").updatesAtom)).text;
    expect(await find(app, atom, "//a:entry/a:id")).toContain(item.id);
  });

  test("an English feed says which of its texts are Dutch", async () => {
    const { text } = await get(paths("en").updatesAtom);
    expect(await find(app, text, "//a:entry[a:title='There']/a:content")).toEqual(
      expect.arrayContaining([expect.stringContaining("<p>Hello</p>")]),
    );
    expect(await find(app, text, "//a:entry[a:title='There']/a:content/@xml:lang")).toEqual([]);
    expect(await find(app, text, "//a:entry[a:category/@term='eiland']/a:content/@xml:lang")).toEqual(["nl"]);
  });
});
