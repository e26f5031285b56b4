import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { write } from "../../tests/support/edition-desk.ts";
import { newsletterOf } from "../../tests/support/sending.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths, technical } from "../paths.ts";
import { languages } from "../platform/i18n.ts";
import { leaveSlug, takeSlug } from "../writing/operations.ts";

const cxo = "op-pad-met-de-cxo";
const host = "cxo.localhost";
const update = "creative-bureaucracy-festival";

/** An address leads in one step, on the same site, to another that is there. */
async function leads(app: TestApp, from: string, to: string, at?: string) {
  const answer = await app.get(from, at);
  const [status, location] = [answer.status, answer.headers.get("location")];
  expect([from, status, location, answer.headers.get("cache-control")]).toEqual([from, 308, to, "no-cache"]);
}

const tails = [
  "/",
  "//",
  ".",
  ")",
  ").",
  "/)",
  ",",
  ";",
  ":",
  "!",
  "%22",
  "%3E",
  ">",
  "=",
  "'",
  "*",
  "%E2%80%9D",
  "%0A",
  "%20",
];

test("what a program took along behind an address leads to the page, in both languages and on both hosts", async () => {
  const app = await startTestApp();
  for (const language of languages) {
    const to = paths(language);
    const island = to.island(cxo);
    const onMovement = [
      to.manifesto,
      to.initiatives,
      to.join,
      to.updates,
      to.updatesAtom,
      to.newsletter,
      to.mine,
    ];
    for (const path of [
      ...onMovement,
      to.privacy,
      to.signatories,
      island.home,
      island.update(update),
      to.joinInitiative(cxo),
    ])
      for (const tail of tails) await leads(app, `${path}${tail}?a=1&b=%2F`, `${path}?a=1&b=%2F`);
    const { updates, newsletter, contact } = to.ownHost;
    for (const path of [updates, newsletter, contact, to.ownHost.update(update), to.ownHost.updatesJson])
      for (const tail of tails) await leads(app, `${path}${tail}?page=1`, `${path}?page=1`, host);
    await leads(app, `${island.updates}/?page=1`, `http://${host}:${app.port}${updates}?page=1`, host);
    await leads(app, `${to.manifesto}/`, `${app.origin}${to.manifesto}`, host);
  }
  await leads(app, "/en/", "/en");
  await leads(app, "/en/", "/en", host);
  await leads(app, "//", "/");
});

test("capitals are folded in fixed words and slugs", async () => {
  const app = await startTestApp();
  await leads(app, "/Manifest", "/manifest");
  await leads(app, "/MANIFEST/Ondertekenaars/?q=Ede", "/manifest/ondertekenaars?q=Ede");
  await leads(app, "/EN/Manifesto", "/en/manifesto");
  await leads(
    app,
    "/Initiatieven/Op-Pad-Met-De-CXO/Updates/Creative-Bureaucracy-Festival).",
    paths("nl").island(cxo).update(update),
  );
  await leads(app, "/Updates/Creative-Bureaucracy-Festival", paths("nl").ownHost.update(update), host);
  await leads(app, "/Updates.Atom", "/updates.atom");
  await leads(app, "/Sitemap.xml/", "/sitemap.xml");
  await leads(app, "/Beheer/Abonnees/", desk("nl").section("subscribers"));
});

test("a token keeps its capitals, and loses what cannot be part of it", async () => {
  const app = await startTestApp();
  await app.post(paths("nl").newsletter, { email: "an@voorbeeld.nl", consent: "yes" });
  await app.work();
  const [mail] = await app.mailbox();
  const token = /bevestigen\/([\w-]+)/.exec(mail!.text)![1]!;
  for (const language of languages) {
    const to = paths(language);
    const path = to.confirm(token);
    for (const tail of [...tails, "=%0D%0A", "%3D", "%3E.", "/="]) await leads(app, path + tail, path);
    await leads(app, path.replace(token, `${token}/`), path);
    const shouted = to.confirm("").toUpperCase();
    if (language === "nl") await leads(app, shouted + token, path);
    await leads(app, `${to.reject(token)}/`, to.reject(token));
    expect((await app.get(path)).status).toBe(200);
    expect((await app.get(to.confirm(token.toUpperCase()))).status, "another token").toBe(404);
    expect((await app.get(to.confirm("a%0Ab"))).status).toBe(404);
    expect((await app.post(to.confirm("a%0Ab"), {})).status).toBe(404);
    await leads(app, `${to.preferences("x.y")}.`, to.preferences("x.y"));
    await leads(app, `${to.mineCode(token)})`, to.mineCode(token));
  }
});

test("what stands for nothing is not led on, and an interface keeps to its exact address", async () => {
  const app = await startTestApp();
  const nothing = ["/nergens/", "/Nergens", "/nergens.", "/evil.example/", "//evil.example/", "/wp-admin/"];
  for (const path of [
    ...nothing,
    "/updates/%C3%A9%C3%A9n/",
    "/updates%00/",
    "/nieuwsbrief/Editie-1",
    "/en/newsletter/Editie-1/",
    "/%ED%A0%80/",
    `/${"x/".repeat(900)}`,
  ])
    for (const at of [undefined, host]) {
      const answer = await app.get(path, at);
      expect([path, answer.status, answer.headers.get("cache-control")]).toEqual([path, 404, "no-store"]);
    }
  for (const path of [technical.manifestoCount, technical.organisations, technical.similarInitiatives]) {
    expect((await app.get(`${path}/`)).status, path).toBe(404);
    expect((await app.get(path.toUpperCase())).status, path).toBe(404);
  }
  for (const path of ["/manifest/nergens/", "/initiatieven/Bestaat-Niet/", "/doe-mee/Bestaat-Niet"])
    expect((await app.get(path)).status, path).toBe(404);
  const form = await app.post(`${paths("nl").newsletter}/`, { email: "an@voorbeeld.nl" });
  expect([form.status, form.headers.get("location")], "a form goes along").toEqual([
    308,
    paths("nl").newsletter,
  ]);
});

test("a page that moved is one step away, also with a slash behind its old address", async () => {
  const app = await startTestApp();
  const { id } = await app.given.initiative({ slug: "theehuis" });
  const rename = async (from: string, to: string) => {
    await app.ctx.db.updateTable("initiatives").set({ slug: to }).where("id", "=", id).execute();
    await leaveSlug(app.ctx, { kind: "initiative", initiative_id: null, slug: from, target_id: id });
    await takeSlug(app.ctx, { kind: "initiative", initiative_id: null, slug: to });
  };
  const [old, now] = [paths("nl").island("theehuis"), paths("nl").island("thee")];
  await rename("theehuis", "thee");
  await leads(app, old.home, now.home);
  await leads(app, "/Initiatieven/Theehuis/", now.home);
  await leads(app, `${old.updates}/?page=2`, `${now.updates}?page=2`);
  await rename("thee", "theehuis");
  await expect.poll(async () => (await app.get(old.home)).status).toBe(200);
  await leads(app, now.home, old.home);
});

test("what is asked for by habit leads on: icons and feeds", async () => {
  const app = await startTestApp();
  for (const [asked, icon] of Object.entries(technical.usualIcons)) {
    await leads(app, asked, icon);
    await leads(app, asked, icon, host);
    expect((await app.get(icon)).headers.get("content-type")).toBe("image/png");
  }
  for (const language of languages) {
    const to = paths(language);
    for (const feed of to.usualFeeds) {
      await leads(app, feed, to.updatesAtom);
      await leads(app, `${feed}/`, feed);
      await leads(app, feed, to.ownHost.updatesAtom, host);
    }
    for (const feed of to.island(cxo).usualFeeds) await leads(app, feed, to.island(cxo).updatesAtom);
    expect((await app.get(to.ownHost.updatesAtom, host)).headers.get("content-type")).toContain("atom");
  }
  expect(paths("nl").usualFeeds).toEqual(expect.arrayContaining(["/feed", "/rss"]));
});

test("two Host headers are refused; a page's address keeps working on one", async () => {
  const app = await startTestApp();
  const raw = async (hosts: string[]) => {
    const socket = connect(app.port, "127.0.0.1");
    const lines = ["GET / HTTP/1.1", ...hosts, "Connection: close"];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    return (await text(socket)).split("\r\n")[0];
  };
  const [one, other] = [`Host: localhost:${app.port}`, `Host: ${host}:${app.port}`];
  for (const _round of ["rendered", "from memory"]) {
    expect(await raw([one])).toBe("HTTP/1.1 200 OK");
    for (const two of [
      [one, other],
      [one, one],
      [one, "X-Else: a", `hOST: ${host}`],
      [one, "host:"],
    ])
      expect(await raw(two), two.join()).toBe("HTTP/1.1 400 Bad Request");
  }
});

test("a trailing slash in the workplace costs no second audit row", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  const path = desk("nl").all("people", "export");
  const answer = await owner.get(`${path}/`);
  expect([answer.status, answer.headers.get("location")]).toEqual([308, path]);
  expect(
    await app.ctx.db.selectFrom("audit").select("id").where("action", "like", "%export%").execute(),
  ).toEqual([]);
});

test("the check of an edition's links follows the spelling that visitors' links get", async () => {
  const app = await startTestApp();
  const editor = await signIn(app, "editor");
  const links = [
    "/manifest/",
    "/Manifest/ondertekenaars?q=Ede",
    `${app.origin}/doe-mee/?thema=x`,
    "/nergens/",
  ];
  const intro = { nl: links.map((link) => `[lees](${link})`).join(" "), en: "" };
  const id = await write(app, editor, { newsletterId: await newsletterOf(app.ctx.db), content: { intro } });
  const looked = await editor.post(desk("nl").part("editions", id, "checkLink"));
  const page = await (await editor.get(looked.headers.get("location") ?? "")).text();
  const dead = [...page.matchAll(/<a href="([^"]+)" rel="noreferrer">/g)].map(([, url]) => url);
  expect(dead).toEqual([`${app.origin}/nergens/`]);
});
