import { expect, test } from "vitest";
import { deviceIn } from "../../src/accounts/device.ts";
import { safeNext } from "../../src/accounts/next.ts";
import { desk } from "../../src/desk-paths.ts";
import { elsewhere, ownNetworks } from "../support/mine.ts";
import {
  askSignInCode,
  own,
  sessionIn,
  signInMailTo,
  typeCode,
  worker,
  works,
} from "../support/signing-in.ts";
import { days, minutes, startTestApp, type TestApp } from "../support/test-app.ts";

const to = desk("nl");
const an = "an@voorbeeld.nl";

async function startWithAn(env: Record<string, string> = {}): Promise<TestApp> {
  const app = await startTestApp({ starter: "none", env: { ...ownNetworks, ...env } });
  await worker(app, an, "editor");
  return app;
}

test("an editor signs in by the code from the mail, and out again", async () => {
  const app = await startWithAn();
  const closed = await app.get(`${to.section("account")}?x=1`);
  expect(closed.status).toBe(303);
  const start = closed.headers.get("location")!;
  expect(await (await app.get(start)).text()).toContain(`value="${to.section("account")}?x=1"`);

  const page = await askSignInCode(app, " An@Voorbeeld.NL ", `${to.section("account")}?x=1`);
  const { mail, code } = await signInMailTo(app, an);
  expect(mail.subject).not.toContain(code);
  const opened = await typeCode(app, page, `${code.slice(0, 3)} ${code.slice(3)}`);
  expect([opened.status, opened.headers.get("location")]).toEqual([303, `${to.section("account")}?x=1`]);
  expect(opened.headers.get("cache-control")).toBe("no-store");
  const [set] = opened.headers.getSetCookie();
  expect(set).toMatch(/^archipel-beheer=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; SameSite=Lax$/);
  const cookie = sessionIn(opened);
  expect(await works(app, cookie)).toBe(true);
  expect((await app.request(to.signIn, { headers: { cookie: cookie! } })).headers.get("location")).toBe(
    to.home,
  );

  const out = await app.post(to.signInPart("out"), {}, { headers: own(cookie) });
  expect(out.headers.get("location")).toBe(`${to.signIn}?done=out`);
  expect(out.headers.getSetCookie()[0]).toMatch(
    /^archipel-beheer=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  expect(await works(app, cookie), "also for who kept the cookie").toBe(false);
});

test("over https the cookie is bound to the host and never sent in the clear", async () => {
  const app = await startWithAn({ BASE_URL: "https://beweging.example" });
  const page = await askSignInCode(app, an);
  const { code } = await signInMailTo(app, an);
  const opened = await app.post(page, { code }, { headers: own() });
  expect(opened.headers.getSetCookie()[0]).toMatch(
    /^__Host-archipel-beheer=[\w-]{43}; Max-Age=1209600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
  const [pair = ""] = opened.headers.getSetCookie()[0]!.split(";");
  expect(await works(app, pair)).toBe(true);
  expect(await works(app, pair.replace("__Host-", ""))).toBe(false);
});

test("the mail's link signs in on another device by its button, once, and never by looking", async () => {
  const app = await startWithAn();
  await askSignInCode(app, an);
  const { link } = await signInMailTo(app, an);
  const looked = await app.get(link);
  expect(await looked.text()).toContain(an);
  expect(looked.headers.getSetCookie()).toEqual([]);
  const opened = await app.post(link, {}, { headers: own() });
  expect(await works(app, sessionIn(opened))).toBe(true);
  const again = await app.post(link, {}, { headers: own() });
  expect(sessionIn(again)).toBeNull();
  expect(await (await app.get(link)).text()).toContain("Deze link werkt niet meer");
  expect((await app.get(to.signInWith("link", "onzin"))).status).toBe(404);
});

test("a code for one's own data opens no workplace, nor the other way round", async () => {
  const app = await startWithAn();
  const page = await askSignInCode(app, an);
  const { code, link } = await signInMailTo(app, an);
  const mine = await app.post("/mijn/code", { email: an }, { headers: elsewhere() });
  const minePage = mine.headers.get("location")!;
  expect((await app.post(minePage, { code }, { headers: elsewhere() })).status).toBe(422);
  const token = page.split("/").at(-1)!;
  expect((await app.get(`/mijn/openen/${link.split("/").at(-1)}`)).status).toBe(404);
  expect((await app.get(to.signInWith("code", minePage.split("/").at(-1)!))).status).toBe(302);
  expect((await app.get(to.signInWith("link", token))).status).toBe(404);
});

test("a cookie from before never opens anything: signing in makes a new one and ends the one before", async () => {
  const app = await startWithAn();
  const planted = `archipel-beheer=${"A".repeat(43)}`;
  const page = await askSignInCode(app, an);
  const first = sessionIn(await typeCode(app, page, (await signInMailTo(app, an)).code, planted));
  expect(first).not.toBe(planted);
  expect(await works(app, planted)).toBe(false);
  app.advance(minutes(2));
  const again = await askSignInCode(app, an);
  const second = sessionIn(await typeCode(app, again, (await signInMailTo(app, an)).code, first));
  expect([await works(app, second), await works(app, first)]).toEqual([true, false]);
});

test("a session ends two weeks after it was last used, and with the last role", async () => {
  const app = await startWithAn();
  const page = await askSignInCode(app, an);
  const cookie = sessionIn(await typeCode(app, page, (await signInMailTo(app, an)).code));
  app.advance(days(13));
  expect(await works(app, cookie)).toBe(true);
  app.advance(days(13));
  expect(await works(app, cookie)).toBe(true);
  app.advance(days(14));
  expect(await works(app, cookie)).toBe(false);
  const next = await askSignInCode(app, an);
  const fresh = sessionIn(await typeCode(app, next, (await signInMailTo(app, an)).code));
  expect(await works(app, fresh)).toBe(true);
  await app.ctx.db.deleteFrom("roles").execute();
  expect(await works(app, fresh)).toBe(false);
});

test("after signing in nobody is led elsewhere", async () => {
  for (const bad of [
    "//evil.example",
    "/\\evil.example",
    "/beheer\\..\\..\\evil",
    "https://evil.example/beheer",
    "https:/beheer",
    "/%2f/evil.example",
    "/beheer/../../evil",
    "/beheer/%2e%2e/evil",
    "/beheerder",
    "/en/managers",
    "beheer",
    "javascript:alert(1)",
    "/beheer\n//evil.example",
    "/@evil.example/beheer",
    "",
  ])
    expect(safeNext(bad), bad).toBeNull();
  expect(safeNext("/beheer/tips?state=open")).toBe("/beheer/tips?state=open");
  expect(safeNext("/en/manage")).toBe("/en/manage");
  expect(safeNext("/beheer//evil.example"), "a path of our own").toBe("/beheer//evil.example");
  expect(safeNext("/beheer/tips?to=https://evil.example")).toBe("/beheer/tips?to=https://evil.example");

  const app = await startWithAn();
  const page = await askSignInCode(app, an, "//evil.example/beheer");
  expect(page).not.toContain("evil");
  const { code } = await signInMailTo(app, an);
  const opened = await app.post(page, { code, next: "//evil.example/beheer" }, { headers: own() });
  expect(opened.headers.get("location")).toBe(to.home);
});

test("another site's form signs nobody in or out, and neither does one that says nothing of itself", async () => {
  const app = await startWithAn();
  const page = await askSignInCode(app, an);
  const { code, link } = await signInMailTo(app, an);
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }, {}]) {
    for (const [path, fields] of [
      [page, { code }],
      [link, {}],
      [to.signInPart("out"), {}],
    ] as [string, Record<string, string>][]) {
      const answer = await app.post(path, fields, { headers: { ...elsewhere(), ...(headers as object) } });
      expect([answer.status, sessionIn(answer)]).toEqual([403, null]);
    }
  }
  expect(sessionIn(await typeCode(app, page, code)), "none of them cost a try").not.toBeNull();
});

test("the database holds no code and no token", async () => {
  const app = await startWithAn();
  const page = await askSignInCode(app, an);
  const { code, link } = await signInMailTo(app, an);
  const cookie = sessionIn(await typeCode(app, page, code))!;
  const kept = JSON.stringify([
    await app.ctx.db.selectFrom("visit_codes").selectAll().execute(),
    await app.ctx.db.selectFrom("sessions").selectAll().execute(),
  ]);
  for (const secret of [code, link.split("/").at(-1)!, page.split("/").at(-1)!, cookie.split("=")[1]!])
    expect(kept).not.toContain(secret);
});

test("devices in words", () => {
  const chrome =
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/137.0.0.0 Mobile Safari/537.36";
  expect(deviceIn(chrome)).toBe("Chrome, Android");
  expect(deviceIn("Mozilla/5.0 (X11; Linux x86_64; rv:139.0) Gecko/20100101 Firefox/139.0")).toBe(
    "Firefox, Linux",
  );
  expect(deviceIn(`${chrome.replace("Linux; Android 10; K", "Windows NT 10.0")} Edg/137.0.0.0`)).toBe(
    "Edge, Windows",
  );
  expect(
    deviceIn(
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1",
    ),
  ).toBe("Safari, iPhone");
  expect(deviceIn("curl/8")).toBeNull();
});
