import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

/** The form of a working copy as it stands on its page: every text with its name. */
function formOf(page: string): Record<string, string> {
  const fields: Record<string, string> = {};
  const decode = (text: string) =>
    text
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&");
  for (const [tag] of page.matchAll(/<input\b[^>]*>/g)) {
    const [, name] = /\bname="([^"]*)"/.exec(tag) ?? [];
    const choice = /type="(?:radio|checkbox)"/.test(tag);
    if (name && (!choice || / checked\b/.test(tag)))
      fields[name] = decode(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? "");
  }
  for (const [, tag = "", text = ""] of page.matchAll(/<textarea\b([^>]*)>([^<]*)<\/textarea>/g)) {
    const [, name] = /\bname="([^"]*)"/.exec(tag) ?? [];
    if (name) fields[name] = decode(text);
  }
  return fields;
}

async function opened(app: TestApp, path: string) {
  const editor = await signIn(app, "editor");
  const redirected = await editor.get(path);
  expect(redirected.status).toBe(303);
  const at = redirected.headers.get("location")!;
  const fields = formOf(await (await editor.get(at)).text());
  const publish = (changes: Record<string, string>) =>
    editor.post(`${at}/publiceren`, { ...fields, ...changes });
  return { editor, at, fields, publish };
}

test("the movement's texts are listed, and a page is changed and published", async () => {
  const app = await startTestApp();
  const { editor, at, fields, publish } = await opened(app, to.documentOf("page", "about"));
  const list = await (await editor.get(to.section("texts"))).text();
  for (const key of ["movement/movement", "page/about", "page/privacy", "page/accessibility"]) {
    const [kind, name] = key.split("/") as ["movement" | "page", string];
    expect(list).toContain(to.documentOf(kind, name));
  }
  expect(fields["body.nl"]?.length).toBeGreaterThan(50);
  expect((await publish({ "title.nl": "Wie wij zijn" })).status).toBe(303);
  await expect.poll(async () => (await app.get("/over")).text()).toContain("<h1>Wie wij zijn</h1>");
  const again = await editor.get(to.documentOf("page", "about"));
  expect(again.headers.get("location"), "one working copy of one page").toBe(at);
  expect((await editor.get(to.documentOf("page", "elsewhere"))).status).toBe(404);
});

test("what was read from a page and not changed is published as it was", async () => {
  const app = await startTestApp();
  const before = await app.ctx.db.selectFrom("pages").selectAll().where("slug", "=", "privacy").execute();
  const { publish } = await opened(app, to.documentOf("page", "privacy"));
  expect((await publish({})).status).toBe(303);
  const after = await app.ctx.db.selectFrom("pages").selectAll().where("slug", "=", "privacy").execute();
  const texts = (rows: typeof before) => rows.map(({ title, summary, body }) => ({ title, summary, body }));
  expect(texts(after)).toEqual(texts(before));
});

test("the movement's name, colours and languages change what everybody sees", async () => {
  const app = await startTestApp();
  const { editor, at, publish } = await opened(app, to.documentOf("movement", "movement"));
  expect(await (await app.get("/")).text()).not.toContain("/theme.css");
  expect((await app.get("/theme.css")).status).toBe(404);

  const weak = await publish({ "colours.linkDay": "#7fd0da" });
  expect(weak.status).toBe(422);
  expect(await weak.text()).toContain("Deze kleur is overdag te zwak tegen de achtergrond: 1.5 op 1");

  const chosen = { "name.nl": "Wij, de Makers", "colours.accentDay": "#5b2a86", "languages.en": "yes" };
  expect((await publish(chosen)).status).toBe(303);
  await expect.poll(async () => (await app.get("/")).text()).toContain("Wij, de Makers");
  const home = await (await app.get("/")).text();
  const [, theme] = /<link rel="stylesheet" href="(\/theme\.css\?v=[^"]+)"/.exec(home) ?? [];
  const css = await app.get(theme!);
  expect(css.headers.get("content-type")).toContain("text/css");
  expect(await css.text()).toContain("--archipel-primary: #5b2a86;");
  expect(home).toContain('hreflang="en"');

  const fields = formOf(await (await editor.get(at)).text());
  const { "languages.en": _english, ...dutch } = fields;
  expect((await editor.post(`${at}/publiceren`, dutch)).status).toBe(303);
  await expect.poll(async () => (await app.get("/")).text()).not.toContain("hreflang");
  const dutchOnly = await (await app.get("/")).text();
  expect(dutchOnly).not.toContain("English");
  expect(await (await app.get("/sitemap.xml")).text()).not.toContain("/en");
  const cxo = "op-pad-met-de-cxo";
  const moves = [
    ["/en", "/"],
    ["/en/initiatives", "/initiatieven"],
    ["/en/about", "/over"],
    [`/en/initiatives/${cxo}/newsletter`, `/initiatieven/${cxo}/nieuwsbrief`],
    [`/en/initiatives/${cxo}/updates/x?a=1`, `/initiatieven/${cxo}/updates/x?a=1`],
    ["/en/updates.atom", "/updates.atom"],
    ["/en/unsubscribe/abc", "/afmelden/abc"],
    ["/en/nothing", "/nothing"],
  ];
  for (const [english, dutch] of moves) {
    const moved = await app.get(english!);
    expect([moved.status, moved.headers.get("location")], english).toEqual([302, dutch]);
  }
  expect((await editor.get(desk("en").section("texts"))).status, "the workplace keeps its languages").toBe(
    200,
  );
});

test("a preview of the settings shows the whole site's frame with them, and nothing stays", async () => {
  const app = await startTestApp();
  const { editor, at, fields } = await opened(app, to.documentOf("movement", "movement"));
  await editor.post(`${at}/bewaren`, { ...fields, "name.nl": "Een heel andere naam" });
  const [, preview] =
    /href="http:\/\/[^"]+(\/voorbeeld\/[^"]+)"/.exec(await (await editor.get(at)).text()) ?? [];
  const seen = await (await app.get(preview!)).text();
  expect(seen).toMatch(/site-header__name">Een heel andere naam</);
  expect(await (await app.get("/")).text()).not.toContain("Een heel andere naam");
});
