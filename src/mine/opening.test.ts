import { expect, test } from "vitest";
import { linkIn, subscribe, subscribeAndConfirm } from "../../tests/support/acts.ts";
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
import { hours, minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { mayMail } from "../people/operations.ts";
import { forgetVisits } from "./opening.ts";

const to = paths("nl");
const an = "an@voorbeeld.nl";

async function startWithAn(env: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp({ env: { ...ownNetworks, ...env } });
  await subscribeAndConfirm(app, an);
  return app;
}
const isIn = async (app: TestApp, cookie: string) =>
  (await (await readAs(app, cookie, to.mine)).text()).includes(`gegevens bij ${an}`);
const type = (app: TestApp, page: string, code: string, cookie = "") =>
  app.post(page, { code }, { headers: { ...elsewhere(), ...(cookie && { cookie }) } });
const isOver = async (app: TestApp, link: string) =>
  (await (await app.get(link)).text()).includes("Deze link werkt niet meer");
const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, "0");

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
  expect(await app.ctx.db.selectFrom("confirmations").selectAll().execute()).toEqual([]);
});

test("five wrong codes wear a code out, also at the same moment; then a new one is needed", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const { code, link } = await codeMail(app, an);
  const wrong = wrongFor(code);
  expect(await (await type(app, page, wrong)).text()).toContain("nog 4 keer");
  const tries = await Promise.all(Array.from({ length: 10 }, () => type(app, page, wrong)));
  const said = await Promise.all(tries.map((answer) => answer.text()));
  expect(said.filter((text) => text.includes("te vaak verkeerd"))).toHaveLength(7);
  const right = await type(app, page, code);
  expect([right.status, cookieIn(right)]).toEqual([422, null]);
  expect(await right.text()).toContain("te vaak verkeerd ingevuld");

  app.advance(minutes(1));
  await askCode(app, an);
  expect(await isOver(app, link), "a new code ends the old one, its link too").toBe(true);
  const fresh = await codeMail(app, an);
  const opened = await app.post(fresh.link, {}, { headers: elsewhere() });
  expect(await isIn(app, cookieIn(opened)!)).toBe(true);
});

test("a worn-out code leaves the mail's link, so that a stranger's tries keep nobody out", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const { code, link } = await codeMail(app, an);
  for (let tries = 0; tries < 5; tries++) await type(app, page, wrongFor(code));
  const opened = await app.post(link, {}, { headers: elsewhere() });
  expect(await isIn(app, cookieIn(opened)!)).toBe(true);
});

test("a code works for a quarter of an hour, and only the newest one", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const first = await codeMail(app, an);
  app.advance(minutes(15));
  expect(await (await type(app, page, first.code)).text()).toContain("Vraag een nieuwe code");
  expect(await isOver(app, first.link)).toBe(true);

  const next = await askCode(app, an);
  const second = await codeMail(app, an);
  expect(cookieIn(await type(app, next, first.code))).toBeNull();
  app.advance(minutes(15) - 1);
  expect(cookieIn(await type(app, next, second.code)), "the last moment").not.toBeNull();
  expect(cookieIn(await type(app, next, second.code)), "once").toBeNull();
});

test("what is not six digits costs no try", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const { code } = await codeMail(app, an);
  for (const typed of ["", "12345", "1234567", "abcdef", `${code}'--`]) {
    const answer = await type(app, page, typed);
    expect(await answer.text()).toContain("De code bestaat uit zes cijfers");
  }
  expect(cookieIn(await type(app, page, code))).not.toBeNull();
});

test("one code mail a minute and five an hour, while the newest code goes on working", async () => {
  const app = await startWithAn();
  const before = (await app.mailbox(an)).length;
  const counts: number[] = [];
  const ask = async () => {
    await askCode(app, an);
    await app.work();
    counts.push((await app.mailbox(an)).length - before);
  };
  await Promise.all([ask(), ask(), ask()]);
  for (let times = 0; times < 6; times++) {
    app.advance(minutes(1));
    await ask();
  }
  expect(counts.slice(2)).toEqual([1, 2, 3, 4, 5, 5, 5]);
  const page = await askCode(app, an);
  const { code } = await codeMail(app, an);
  expect(cookieIn(await type(app, page, code))).not.toBeNull();
  app.advance(minutes(54));
  await ask();
  expect(counts.at(-1)).toBe(6);
});

test("twenty mails a day for one address; after that the screen is the same and no mail leaves", async () => {
  const app = await startWithAn();
  await askCode(app, an);
  await app.work();
  const spent = await app.ctx.db
    .updateTable("limits")
    .set({ points: 20 })
    .where("key", "like", "mine-address%")
    .returning("key")
    .execute();
  expect(spent).toHaveLength(1);
  expect(spent[0]?.key).not.toContain("an@");
  const before = (await app.mailbox(an)).length;
  app.advance(minutes(2));
  expect(await (await app.get(await askCode(app, an))).text()).toContain("Kijk in je mail");
  await app.work();
  expect(await app.mailbox(an)).toHaveLength(before);
});

test("the caps count what went out in the past hour", () => {
  const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute));
  expect(mayMail("mine", [], at(0))).toBe(true);
  expect(mayMail("mine", [at(0)], new Date(at(1).getTime() - 1))).toBe(false);
  expect(mayMail("mine", [at(0), at(1), at(2), at(3), at(4)], at(59))).toBe(false);
  expect(mayMail("mine", [at(0), at(1), at(2), at(3), at(4)], at(60))).toBe(true);
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

test("the database holds no code and no token, and forgets addresses and visits within two hours", async () => {
  const app = await startWithAn();
  const page = await askCode(app, an);
  const { code, link } = await codeMail(app, an);
  const cookie = cookieIn(await type(app, page, code))!;
  const { db } = app.ctx;
  const kept = JSON.stringify([
    await db.selectFrom("visit_codes").selectAll().execute(),
    await db.selectFrom("visit_sessions").selectAll().execute(),
  ]);
  for (const secret of [code, link.split("/").at(-1)!, page.split("/").at(-1)!, cookie.split("=")[1]!])
    expect(kept).not.toContain(secret);
  app.advance(minutes(90));
  await forgetVisits(app.ctx);
  expect(await db.selectFrom("visit_codes").selectAll().execute()).toEqual([]);
  expect(await db.selectFrom("visit_sessions").selectAll().execute()).toEqual([]);
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
