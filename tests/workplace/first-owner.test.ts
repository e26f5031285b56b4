import { expect, test } from "vitest";
import { accountCommands } from "../../src/accounts/commands.ts";
import { firstOwnerLink } from "../../src/accounts/operations.ts";
import { desk } from "../../src/desk-paths.ts";
import { signIn, workHere } from "../support/desk.ts";
import { ownNetworks } from "../support/mine.ts";
import { own, sessionIn, worker, works } from "../support/signing-in.ts";
import { days, startTestApp, type TestApp } from "../support/test-app.ts";

const to = desk("nl");
const sam = { name: "Sam de Vries", email: "Sam@voorbeeld.nl" };
const start = (env: Record<string, string> = {}) =>
  startTestApp({ starter: "none", env: { ...ownNetworks, ...env } });
const pathOf = async (app: TestApp) => new URL((await firstOwnerLink(app.ctx))!).pathname;
const owners = (app: TestApp) =>
  app.ctx.db
    .selectFrom("roles as r")
    .innerJoin("people as p", "p.id", "r.person_id")
    .select(["p.email", "p.name"])
    .where("r.role", "=", "owner")
    .execute();

test("the link of the first start makes the first owner, once, and signs them in", async () => {
  const app = await start();
  const path = await pathOf(app);
  expect(await (await app.get(path)).text()).toContain("Word de eerste eigenaar");
  expect(await owners(app), "looking changes nothing").toEqual([]);
  const wrong = await app.post(path, { name: "", email: "sam@" }, { headers: own() });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining('value="sam@"')]);
  const made = await app.post(path, sam, { headers: own() });
  expect([made.status, made.headers.get("location")]).toEqual([303, to.home]);
  expect(await works(app, sessionIn(made))).toBe(true);
  expect(await owners(app)).toEqual([{ email: "sam@voorbeeld.nl", name: "Sam de Vries" }]);

  expect(await firstOwnerLink(app.ctx)).toBeNull();
  expect((await app.get(path)).status).toBe(404);
  const again = await app.post(path, { ...sam, email: "evil@voorbeeld.nl" }, { headers: own() });
  expect([again.status, sessionIn(again)]).toEqual([404, null]);
  expect(await owners(app)).toHaveLength(1);
});

test("ten at the same moment make one owner", async () => {
  const app = await start();
  const path = await pathOf(app);
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      app.post(path, { name: "Sam", email: `sam${number}@voorbeeld.nl` }, { headers: own() }),
    ),
  );
  expect(answers.filter((answer) => sessionIn(answer))).toHaveLength(1);
  expect(await owners(app)).toHaveLength(1);
});

test("a made-up link, one of another kind, and one of a week ago work for nobody", async () => {
  const app = await start();
  const old = await pathOf(app);
  app.advance(days(7));
  const foreign = to.signInWith("firstOwner", app.ctx.keys.token("invitation", crypto.randomUUID()));
  for (const path of [old, foreign, to.signInWith("firstOwner", "onzin")]) {
    expect((await app.get(path)).status).toBe(404);
    expect((await app.post(path, sam, { headers: own() })).status).toBe(404);
  }
  expect((await app.get(await pathOf(app))).status, "the next start has a new one").toBe(200);
});

test("another site cannot make its visitor the owner", async () => {
  const app = await start();
  const path = await pathOf(app);
  for (const headers of [{ origin: "https://evil.example" }, {}] as Record<string, string>[])
    expect((await app.post(path, sam, { headers })).status).toBe(403);
  expect(await owners(app)).toEqual([]);
});

test("where owners need a firm way in, the first one reaches the account page and nothing else", async () => {
  const app = await start({ STRONG_SIGN_IN: "owner" });
  const made = await app.post(await pathOf(app), sam, { headers: own() });
  expect(made.headers.get("location")).toBe(to.section("account"));
  const cookie = sessionIn(made)!;
  expect(await works(app, cookie)).toBe(true);
  const moved = await app.post(
    to.all("account", "email"),
    { email: "evil@voorbeeld.nl" },
    { headers: own(cookie) },
  );
  expect(moved.status, "a mailbox alone doesn't move the account").toBe(403);
});

test("who becomes an owner signs in anew: a session of before would have become an owner's", async () => {
  const app = await start();
  const before = await signIn(app, "editor", { email: "sam@voorbeeld.nl" });
  const made = await app.post(await pathOf(app), sam, { headers: own() });
  expect([await works(app, sessionIn(made)), await works(app, before.headers.cookie)]).toEqual([true, false]);
  const editor = await signIn(app, "editor", { email: "bo@voorbeeld.nl" });
  await accountCommands[0]!.run(app.ctx, ["bo@voorbeeld.nl"], () => {});
  expect(await works(app, editor.headers.cookie)).toBe(false);
});

test("an operator makes anybody an owner from a shell", async () => {
  const app = await start();
  const [command] = accountCommands;
  const run = async (...args: string[]) => {
    const said: string[] = [];
    await command!.run(app.ctx, args, (line) => said.push(line));
    return said[0];
  };
  expect(await run("Nieuw@voorbeeld.nl")).toBe("nieuw@voorbeeld.nl was not known here, and is an owner now.");
  expect(await run("nieuw@voorbeeld.nl")).toContain("is an owner already");
  await worker(app, "bekend@voorbeeld.nl", "editor");
  expect(await run("bekend@voorbeeld.nl")).toContain("was known here");
  expect((await owners(app)).map(({ email }) => email).sort()).toEqual([
    "bekend@voorbeeld.nl",
    "nieuw@voorbeeld.nl",
  ]);
  await workHere(app, "bekend@voorbeeld.nl");
  const [, forget] = accountCommands;
  const said: string[] = [];
  await forget!.run(app.ctx, ["bekend@voorbeeld.nl"], (line) => said.push(line));
  expect(said[0]).toBe("Forgot 1 passkeys and 1 accounts elsewhere of bekend@voorbeeld.nl.");
  expect(await app.ctx.db.selectFrom("sessions").select("id").execute()).toEqual([]);
  await expect(run("geen adres")).rejects.toThrow("one e-mail address");
});
