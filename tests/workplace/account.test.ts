import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { paths } from "../../src/paths.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { elsewhere, openMine, ownNetworks, postAs } from "../support/mine.ts";
import { works } from "../support/signing-in.ts";
import { minutes, startTestApp, type TestApp } from "../support/test-app.ts";

const to = desk("nl");
const start = () => startTestApp({ starter: "none", env: ownNetworks });
const done = (answer: Response) =>
  new URL(answer.headers.get("location") ?? "", "http://x").searchParams.get("done");
const newest = async (app: TestApp, email: string) => {
  await app.work();
  return (await app.mailbox(email)).at(-1);
};

test("name and language of mail are one's own to change", async () => {
  const app = await start();
  const an = await signIn(app, "editor");
  const wrong = await an.post(to.section("account"), { name: "www.casino.com", language: "fr" });
  expect(wrong.status).toBe(422);
  const text = await wrong.text();
  expect(text).toContain('value="www.casino.com"');
  expect(text).toContain("Kies een taal.");
  expect(done(await an.post(to.section("account"), { name: "An de Wit", language: "en" }))).toBe("saved");
  const person = await app.ctx.db
    .selectFrom("people")
    .select(["name", "language"])
    .where("id", "=", an.personId)
    .executeTakeFirst();
  expect(person).toEqual({ name: "An de Wit", language: "en" });
});

test("an address moves once its code is typed; the old one is told, and other sessions end", async () => {
  const app = await start();
  const an = await signIn(app, "editor", { email: "an@voorbeeld.nl" });
  const other = await signIn(app, null, { email: "an@voorbeeld.nl" });
  for (const email of ["an@voorbeeld.nl", "an@", ""])
    expect((await an.post(to.all("account", "email"), { email })).status).toBe(422);
  const asked = await an.post(to.all("account", "email"), { email: "Nieuw@voorbeeld.nl" });
  const page = asked.headers.get("location")!;
  const mail = await newest(app, "nieuw@voorbeeld.nl");
  const code = mail!.text.match(/\b\d{6}\b/)![0];
  expect(await (await an.get(page)).text()).not.toContain("nieuw@voorbeeld.nl");
  expect((await an.post(page, { code: code === "000000" ? "000001" : "000000" })).status).toBe(422);
  expect(done(await an.post(page, { code }))).toBe("moved");
  expect(await (await an.get(to.section("account"))).text()).toContain(
    "Je meldt je aan met nieuw@voorbeeld.nl",
  );
  expect([await works(app, an.headers.cookie), await works(app, other.headers.cookie)]).toEqual([
    true,
    false,
  ]);
  const told = await newest(app, "an@voorbeeld.nl");
  expect(told?.text).toContain("Aanmelden met dit adres kan niet meer");
  expect(told?.text, "where to is nobody's business there").not.toContain("nieuw@voorbeeld.nl");
  expect((await an.post(page, { code })).status, "once").toBe(422);
});

/** Each form from a network of its own, so that no limit is met. */
const post = (app: TestApp, who: Colleague, path: string, fields: Record<string, string>) =>
  app.post(path, fields, { headers: { ...who.headers, ...elsewhere() } });

test("an address by which somebody is known is refused by mail alone; the screen tells nothing", async () => {
  const app = await start();
  const an = await signIn(app, "editor", { email: "an@voorbeeld.nl" });
  const victim = await signIn(app, "moderator", { email: "bo@voorbeeld.nl" });
  const screens: string[] = [];
  for (const email of ["bo@voorbeeld.nl", "vrij@voorbeeld.nl"]) {
    const asked = await post(app, an, to.all("account", "email"), { email });
    const page = asked.headers.get("location")!;
    const token = new RegExp(page.split("/").at(-2)!, "g");
    const wrong = await post(app, an, page, { code: "123456" });
    const first = await an.get(page);
    screens.push(
      [asked.status, first.status, await first.text(), wrong.status, await wrong.text()]
        .join()
        .replace(token, "T"),
    );
  }
  expect(screens[0]).toBe(screens[1]);
  const mail = await newest(app, "bo@voorbeeld.nl");
  expect(mail?.text).toContain("Dit adres is al in gebruik");
  expect(mail?.text).not.toMatch(/\b\d{6}\b/);

  app.advance(minutes(2));
  const asked = await post(app, an, to.all("account", "email"), { email: "bo@voorbeeld.nl" });
  const { codeOf } = await import("../../src/people/operations.ts");
  const { id } = await app.ctx.db
    .selectFrom("visit_codes")
    .select("id")
    .where("email", "=", "bo@voorbeeld.nl")
    .orderBy("made_at", "desc")
    .executeTakeFirstOrThrow();
  const merged = await post(app, an, asked.headers.get("location")!, {
    code: codeOf(app.ctx, "new-address", id),
  });
  expect(merged.status, "even with the right digits two people never become one").toBe(422);
  expect(await works(app, victim.headers.cookie)).toBe(true);
});

test("sessions are listed, and ended one by one or all but this", async () => {
  const app = await start();
  const an = await signIn(app, "editor", { email: "an@voorbeeld.nl" });
  const [second, third] = [
    await signIn(app, null, { email: "an@voorbeeld.nl" }),
    await signIn(app, null, { email: "an@voorbeeld.nl" }),
  ];
  const bo = await signIn(app, "editor");
  const page = await (await an.get(to.section("account"))).text();
  expect(page.match(/Firefox, Linux<\/h3>/g)).toHaveLength(3);
  expect(page.match(/Dit apparaat/g)).toHaveLength(1);
  const idOf = async (of: { token: string }) =>
    (
      await app.ctx.db
        .selectFrom("sessions")
        .select("id")
        .where("token_hash", "=", app.ctx.keys.hash("desk-session", of.token))
        .executeTakeFirstOrThrow()
    ).id;
  await bo.post(to.part("account", await idOf(an), "endSession"));
  expect(await works(app, an.headers.cookie), "not another's").toBe(true);
  expect(done(await an.post(to.part("account", await idOf(second!), "endSession")))).toBe("session");
  expect([await works(app, second!.headers.cookie), await works(app, third!.headers.cookie)]).toEqual([
    false,
    true,
  ]);
  expect(done(await an.post(to.all("account", "endSessions")))).toBe("sessions");
  expect([await works(app, third!.headers.cookie), await works(app, an.headers.cookie)]).toEqual([
    false,
    true,
  ]);
  expect(await works(app, bo.headers.cookie)).toBe(true);
});

test("what nobody can use any more is forgotten within an hour", async () => {
  const app = await start();
  await signIn(app, "editor");
  await app.request(to.signInPart("passkeyOptions"), {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin", ...elsewhere() },
  });
  const { accountJobs } = await import("../../src/accounts/jobs.ts");
  const forget = accountJobs.find(({ name }) => name === "accounts.forget");
  const count = async () => {
    await forget!.run(app.ctx, {});
    const [sessions, challenges] = await Promise.all([
      app.ctx.db.selectFrom("sessions").select("id").execute(),
      app.ctx.db.selectFrom("passkey_challenges").select("expires_at").execute(),
    ]);
    return [sessions.length, challenges.length];
  };
  expect(await count()).toEqual([1, 1]);
  app.advance(minutes(5));
  expect(await count()).toEqual([1, 0]);
  app.advance(minutes(14 * 24 * 60));
  expect(await count()).toEqual([0, 0]);
});

test("who can only read an owner's mail cannot erase the owner; the owner can, once in by passkey", async () => {
  const app = await startTestApp({ env: { ...ownNetworks, STRONG_SIGN_IN: "owner" } });
  const other = await signIn(app, "owner");
  const owner = await signIn(app, "owner", { email: "an@voorbeeld.nl" });
  const byCode = await signIn(app, null, { email: "an@voorbeeld.nl", method: "code" });
  const erase = paths("nl").minePart("erase");
  const visit = await openMine(app, "an@voorbeeld.nl");
  const withSession = (who: Colleague) => `${visit}; ${who.headers.cookie}`;
  for (const cookie of [visit, withSession(byCode), withSession(other)]) {
    const refused = await postAs(app, cookie, erase);
    expect([refused.status, await refused.text()]).toEqual([
      403,
      expect.stringContaining("Meld je eerst aan"),
    ]);
    expect((await app.request(erase, { headers: { cookie } })).status, "told before the button").toBe(403);
  }
  expect((await app.request(erase, { headers: { cookie: withSession(owner) } })).status).toBe(200);
  const erased = await postAs(app, withSession(owner), erase);
  expect([erased.status, erased.headers.get("location")]).toEqual([303, paths("nl").minePart("erased")]);

  const editor = await signIn(app, "editor", { email: "bo@voorbeeld.nl", method: "code" });
  const theirs = await postAs(app, await openMine(app, editor.email), erase);
  expect(theirs.status, "a role that wants no firm way in").toBe(303);
});
