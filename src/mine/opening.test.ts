import { expect, test } from "vitest";
import { linkIn, subscribe } from "../../tests/support/acts.ts";
import {
  askCode,
  codeMail,
  cookieIn,
  elsewhere,
  openMine,
  ownNetworks,
  postAs,
  readAs,
} from "../../tests/support/mine.ts";
import { an, isIn, isOver, startWithAn, type } from "../../tests/support/mine-codes.ts";
import { hours, minutes, startTestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";

const to = paths("nl");

test("a visitor types the code from the mail and sees what is kept", async () => {
  const app = await startWithAn();
  const start = await (await app.get(to.mine)).text();
  expect(start).toContain("E-mailadres");
  expect(start).not.toContain(an);

  const page = await askCode(app, " An@Voorbeeld.NL ");
  const { mail, code } = await codeMail(app, an);
  expect(mail.text).toContain("Was jij dit niet?");
  expect(mail.subject).not.toContain(code);
  expect(await (await app.get(page)).text()).not.toContain(an);

  const opened = await type(app, page, `${code.slice(0, 3)} ${code.slice(3)}`);
  expect([opened.status, opened.headers.get("location")]).toEqual([303, to.mine]);
  const [set] = opened.headers.getSetCookie();
  expect(set).toMatch(/^archipel-mijn=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; SameSite=Lax$/);
  const mine = await readAs(app, cookieIn(opened)!, to.mine);
  expect(mine.headers.get("cache-control")).toBe("no-store");
  expect(await mine.text()).toContain("Ja, stuur mij de nieuwsbrief en bewaar daarvoor mijn");
});

test("over https the cookie is bound to the host and never sent in the clear", async () => {
  const app = await startWithAn({ BASE_URL: "https://beweging.example" });
  const page = await askCode(app, an);
  const { code } = await codeMail(app, an);
  const opened = await type(app, page, code);
  const [set] = opened.headers.getSetCookie();
  expect(set).toMatch(
    /^__Host-archipel-mijn=[\w-]{43}; Max-Age=3600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(await isIn(app, cookieIn(opened)!)).toBe(true);
  expect(await isIn(app, cookieIn(opened)!.replace("__Host-", ""))).toBe(false);
});

test("the link opens on another device, by its button and once", async () => {
  const app = await startWithAn();
  await askCode(app, an);
  const { link } = await codeMail(app, an);
  const looked = await app.get(link);
  expect(await looked.text()).toContain(an);
  expect(looked.headers.getSetCookie(), "looking opens nothing: mail scanners do that").toEqual([]);
  const opened = await app.post(link, {}, { headers: elsewhere() });
  expect(await isIn(app, cookieIn(opened)!)).toBe(true);

  const again = await app.post(link, {}, { headers: elsewhere() });
  expect(cookieIn(again)).toBeNull();
  expect(await isOver(app, link)).toBe(true);
  expect((await app.get(to.mineOpen("onzin"))).status).toBe(404);
});

test("an unknown address sees the same on screen, and hears by mail that nothing is kept", async () => {
  const app = await startWithAn();
  const screens: string[] = [];
  for (const email of [an, "vreemd@voorbeeld.nl"]) {
    const page = await askCode(app, email);
    const first = await app.get(page);
    const wrong = await type(app, page, "000000");
    const path = new RegExp(page.split("/").at(-1)!, "g");
    const same = async (answer: Response) => (await answer.text()).replace(path, "TOKEN");
    screens.push(`${first.status} ${await same(first)} ${wrong.status} ${await same(wrong)}`);
  }
  expect(screens[0]).toBe(screens[1]);
  await app.work();
  const mails = await app.mailbox("vreemd@voorbeeld.nl");
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text).toContain("We bewaren niets bij dit adres");
  expect(mails[0]?.text).not.toMatch(/\d{6}|\/openen\//);

  await askCode(app, "vreemd@voorbeeld.nl");
  await app.work();
  expect(await app.mailbox("vreemd@voorbeeld.nl"), "the same caps").toHaveLength(1);
});

test("who has only something waiting gets in too, and sees it", async () => {
  const app = await startTestApp({ env: ownNetworks });
  await subscribe(app, "net@voorbeeld.nl");
  const cookie = await openMine(app, "net@voorbeeld.nl");
  const page = await (await readAs(app, cookie, to.mine)).text();
  expect(page).toContain("Wat op je bevestiging wacht");
  expect(page).toContain("Je aanmelden voor");
  const id = page.match(/name="id" value="([^"]+)"/)![1]!;
  await postAs(app, cookie, to.minePart("waiting"), { id });
  expect(await app.ctx.db.selectFrom("acts").selectAll().execute()).toEqual([]);
});

test("a visit ends after an hour, and by the button at once", async () => {
  const app = await startWithAn();
  const cookie = await openMine(app, an);
  app.advance(hours(1) - 1);
  expect(await isIn(app, cookie)).toBe(true);
  app.advance(1);
  expect(await isIn(app, cookie)).toBe(false);
  const late = await postAs(app, cookie, to.minePart("erase"));
  expect(late.headers.get("location")).toBe(`${to.mine}?klaar=over`);
  expect(await app.ctx.db.selectFrom("people").selectAll().execute()).toHaveLength(1);

  const second = await openMine(app, an);
  const closed = await postAs(app, second, to.minePart("close"));
  expect(closed.headers.getSetCookie()[0]).toMatch(
    /^archipel-mijn=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  expect(await isIn(app, second), "also for who kept the cookie").toBe(false);
});

test("a cookie from before never opens anything: each visit has a new one, and ends the one before", async () => {
  const app = await startWithAn();
  const planted = `archipel-mijn=${"A".repeat(43)}`;
  const page = await askCode(app, an);
  const { code } = await codeMail(app, an);
  const opened = cookieIn(await type(app, page, code, planted))!;
  expect(opened).not.toBe(planted);
  expect(await isIn(app, planted)).toBe(false);

  app.advance(minutes(2));
  const again = await askCode(app, an);
  const next = cookieIn(await type(app, again, (await codeMail(app, an)).code, opened))!;
  expect([await isIn(app, next), await isIn(app, opened)]).toEqual([true, false]);
});

test("a visit changes no other page, and its cookie never comes with one", async () => {
  const app = await startWithAn();
  const cookie = await openMine(app, an);
  for (const path of [to.home, to.privacy, to.signatories]) {
    const with_ = await readAs(app, cookie, path);
    const without = await app.get(path);
    expect(await with_.text()).toBe(await without.text());
    expect(with_.headers.get("etag")).toBe(without.headers.get("etag"));
    expect(with_.headers.getSetCookie()).toEqual([]);
  }
  const own = await app.get(to.mine, "cxo.localhost");
  expect([own.status, own.headers.get("location")]).toEqual([308, app.origin + to.mine]);
  expect(await (await app.get("/", "cxo.localhost")).text()).toContain(`href="${app.origin}${to.mine}"`);
});

test("another site's form, a robot and a mistyped address get nowhere", async () => {
  const app = await startWithAn();
  const cookie = await openMine(app, an);
  const foreign = await app.post(
    to.minePart("erase"),
    {},
    { headers: { cookie, "sec-fetch-site": "cross-site" } },
  );
  expect(foreign.status).toBe(403);
  const before = (await app.mailbox()).length;
  app.advance(minutes(2));
  const robot = await app.post(
    to.minePart("code"),
    { email: an, leave_empty: "x" },
    { headers: elsewhere() },
  );
  expect(await (await app.get(robot.headers.get("location")!)).text()).toContain("Kijk in je mail");
  const wrong = await app.post(to.minePart("code"), { email: "an@" }, { headers: elsewhere() });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="an@"')]);
  await app.work();
  expect(await app.mailbox()).toHaveLength(before);
});

test("the mail in English leads to the English page", async () => {
  const app = await startWithAn();
  await askCode(app, an, "en");
  await app.work();
  const mail = (await app.mailbox(an)).at(-1)!;
  expect(mail.text).toContain("Your code is");
  expect(await (await app.get(linkIn(mail, "/en/mine/open/"))).text()).toContain("Open your data");
});
