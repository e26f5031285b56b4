import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { linkIn } from "../support/acts.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { ownNetworks } from "../support/mine.ts";
import { own, sessionIn, works } from "../support/signing-in.ts";
import { days, startTestApp, type TestApp } from "../support/test-app.ts";

const to = desk("nl");
const start = () => startTestApp({ starter: "none", env: ownNetworks });
const rolesOf = async (app: TestApp, email: string) =>
  (
    await app.ctx.db
      .selectFrom("roles as r")
      .innerJoin("people as p", "p.id", "r.person_id")
      .select(["r.id", "r.role", "r.initiative_id"])
      .where("p.email", "=", email)
      .orderBy("r.given_at")
      .execute()
  ).map((one) => one);
const names = async (app: TestApp, email: string) => (await rolesOf(app, email)).map(({ role }) => role);
const invitationTo = async (app: TestApp, email: string) => {
  await app.work();
  return linkIn((await app.mailbox(email)).at(-1)!, "/aanmelden/uitnodiging/");
};
const audits = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("audit").select("action").orderBy("id").execute()).map(({ action }) => action);
const done = (answer: Response) =>
  new URL(answer.headers.get("location") ?? "", "http://x").searchParams.get("done");

test("an owner invites by mail; the button makes person and role, signs in, and works once", async () => {
  const app = await start();
  const owner = await signIn(app, "owner", { name: "Sam de Vries" });
  const asked = await owner.post(to.section("team"), {
    act: "invite",
    email: "Bo@voorbeeld.nl",
    role: "moderator",
  });
  expect([asked.status, done(asked)]).toEqual([303, "invited"]);
  const team = await (await owner.get(to.section("team"))).text();
  expect(team).toContain("bo@voorbeeld.nl");

  const link = await invitationTo(app, "bo@voorbeeld.nl");
  const looked = await app.get(link);
  const text = await looked.text();
  expect(text).toContain("Sam de Vries nodigt je uit. Je rol: Moderator.");
  expect([looked.headers.getSetCookie(), await rolesOf(app, "bo@voorbeeld.nl")]).toEqual([[], []]);
  for (const headers of [{ origin: "https://evil.example" }, {}] as Record<string, string>[])
    expect((await app.post(link, {}, { headers })).status).toBe(403);
  const accepted = await app.post(link, {}, { headers: own() });
  expect([accepted.status, await works(app, sessionIn(accepted))]).toEqual([303, true]);
  expect(await names(app, "bo@voorbeeld.nl")).toEqual(["moderator"]);
  const again = await app.post(link, {}, { headers: own() });
  expect(sessionIn(again)).toBeNull();
  expect((await app.get(link)).status).toBe(404);
  expect(await audits(app)).toEqual(["accounts.invite", "accounts.accept"]);
});

test("an invitation ends after two weeks, when it is taken back, and with the role of who invited", async () => {
  const app = await start();
  let owner = await signIn(app, "owner");
  let second = await signIn(app, "owner");
  const inviteBy = async (by: Colleague, email: string) => {
    await by.post(to.section("team"), { act: "invite", email, role: "owner" });
    return invitationTo(app, email);
  };
  const first = await inviteBy(owner, "een@voorbeeld.nl");
  app.advance(days(14));
  [owner, second] = await Promise.all(
    [owner, second].map(({ email }) => signIn(app, "owner", { email })) as [
      Promise<Colleague>,
      Promise<Colleague>,
    ],
  );
  expect(sessionIn(await app.post(first, {}, { headers: own() }))).toBeNull();

  const taken = await inviteBy(owner, "twee@voorbeeld.nl");
  const { id } = await app.ctx.db
    .selectFrom("invitations")
    .select("id")
    .where("email", "=", "twee@voorbeeld.nl")
    .executeTakeFirstOrThrow();
  expect(done(await owner.post(to.section("team"), { act: "withdraw", id }))).toBe("withdrawn");
  expect(sessionIn(await app.post(taken, {}, { headers: own() }))).toBeNull();

  const left = await inviteBy(second, "drie@voorbeeld.nl");
  const [role] = await rolesOf(app, second.email);
  expect(done(await owner.post(to.section("team"), { act: "end", id: role!.id }))).toBe("ended");
  expect(sessionIn(await app.post(left, {}, { headers: own() }))).toBeNull();
  expect(await names(app, "drie@voorbeeld.nl")).toEqual([]);
});

test("an invitation is sent again at most three times a day", async () => {
  const app = await start();
  const owner = await signIn(app, "owner");
  await owner.post(to.section("team"), { act: "invite", email: "bo@voorbeeld.nl", role: "editor" });
  const { id } = await app.ctx.db.selectFrom("invitations").select("id").executeTakeFirstOrThrow();
  const answers: number[] = [];
  for (let times = 0; times < 4; times++) {
    app.advance(1000);
    answers.push((await owner.post(to.section("team"), { act: "resend", id })).status);
  }
  expect(answers).toEqual([303, 303, 422, 422]);
  await app.work();
  expect((await app.mailbox("bo@voorbeeld.nl")).length).toBe(3);
});

test("a lead invites for the own initiative, to its own roles, and nothing posted changes that", async () => {
  const app = await start();
  const mine = await app.given.initiative({ slug: "eigen" });
  const other = await app.given.initiative({ slug: "ander" });
  const lead = await signIn(app, "lead", { initiativeId: mine.id });
  const victim = await signIn(app, "lead", { initiativeId: other.id });
  const owner = await signIn(app, "owner");
  const team = to.part("islands", mine.id, "team");
  const email = "bo@voorbeeld.nl";
  for (const role of ["owner", "editor", "moderator", "LEAD", ""])
    expect((await lead.post(team, { act: "invite", email, role })).status, role).toBe(422);
  const sly = await lead.post(team, {
    act: "invite",
    email,
    role: "lead",
    initiative_id: other.id,
    team: other.id,
  });
  expect(done(sly)).toBe("invited");
  expect(await app.ctx.db.selectFrom("invitations").select(["role", "initiative_id"]).execute()).toEqual([
    { role: "lead", initiative_id: mine.id },
  ]);
  expect(
    (await lead.post(to.part("islands", other.id, "team"), { act: "invite", email, role: "lead" })).status,
  ).toBe(403);
  expect((await lead.post(to.section("team"), { act: "invite", email, role: "owner" })).status).toBe(403);

  const [theirs] = await rolesOf(app, victim.email);
  const [owners] = await rolesOf(app, owner.email);
  const [own_] = await rolesOf(app, lead.email);
  for (const id of [theirs!.id, owners!.id])
    for (const act of ["end", "change", "hand-over"])
      expect((await lead.post(team, { act, id, role: "island-editor" })).status, act).toBe(404);
  expect((await lead.post(team, { act: "change", id: own_!.id, role: "owner" })).status).toBe(422);
  await owner.post(to.section("team"), { act: "invite", email, role: "editor" });
  const { id } = await app.ctx.db
    .selectFrom("invitations")
    .select("id")
    .where("role", "=", "editor")
    .executeTakeFirstOrThrow();
  for (const act of ["withdraw", "resend"]) expect((await lead.post(team, { act, id })).status).toBe(404);
  expect([
    await names(app, victim.email),
    await names(app, owner.email),
    await names(app, lead.email),
  ]).toEqual([["lead"], ["owner"], ["lead"]]);
});

test("a change of role ends that person's sessions, and one's own everywhere else", async () => {
  const app = await start();
  const owner = await signIn(app, "owner");
  const elsewhere = await signIn(app, null, { email: owner.email });
  const editor = await signIn(app, "editor");
  const [role] = await rolesOf(app, editor.email);
  expect(done(await owner.post(to.section("team"), { act: "change", id: role!.id, role: "moderator" }))).toBe(
    "changed",
  );
  expect(await works(app, editor.headers.cookie)).toBe(false);
  expect(await works(app, owner.headers.cookie)).toBe(true);

  const handed = await owner.post(to.section("team"), { act: "hand-over", id: role!.id });
  expect(handed.headers.get("location")).toBe(`${to.section("account")}?done=changed`);
  expect([await names(app, owner.email), await names(app, editor.email)]).toEqual([["editor"], ["owner"]]);
  expect([await works(app, owner.headers.cookie), await works(app, elsewhere.headers.cookie)]).toEqual([
    true,
    false,
  ]);
  expect(await audits(app)).toEqual(["accounts.change-role", "accounts.hand-over"]);
});

test("the last owner stays, however it is tried, also when two leave at the same moment", async () => {
  const app = await start();
  const owner = await signIn(app, "owner");
  const [role] = await rolesOf(app, owner.email);
  const path = to.section("team");
  expect((await owner.post(path, { act: "end", id: role!.id })).status).toBe(409);
  expect((await owner.post(path, { act: "change", id: role!.id, role: "editor" })).status).toBe(409);
  const left = await owner.post(to.part("account", role!.id, "endRole"));
  expect([left.status, await left.text()]).toEqual([
    409,
    expect.stringContaining("Eerst een nieuwe eigenaar"),
  ]);

  for (let round = 0; round < 3; round++) {
    const second = await signIn(app, "owner");
    const [others] = await rolesOf(app, second.email);
    await Promise.all([
      owner.post(path, { act: "end", id: others!.id }),
      second.post(path, { act: "end", id: role!.id }),
      second.post(to.part("account", others!.id, "endRole")),
    ]);
    const left = await app.ctx.db
      .selectFrom("roles")
      .select("person_id")
      .where("role", "=", "owner")
      .execute();
    expect(left).toHaveLength(1);
    if (left[0]!.person_id !== owner.personId) return;
  }
});

test("one leaves a role by oneself; with the last one the door closes", async () => {
  const app = await start();
  const mine = await app.given.initiative({ slug: "eigen" });
  await signIn(app, "owner");
  const lead = await signIn(app, "lead", { initiativeId: mine.id });
  await signIn(app, "editor", { email: lead.email });
  const account = await (await lead.get(to.section("account"))).text();
  expect(account).toContain(to.part("islands", mine.id, "team"));
  const [first, second] = await rolesOf(app, lead.email);
  const stranger = await signIn(app, "moderator");
  expect((await stranger.post(to.part("account", first!.id, "endRole"))).status, "not another's").toBe(404);
  expect(done(await lead.post(to.part("account", first!.id, "endRole")))).toBe("role");
  const last = await lead.post(to.part("account", second!.id, "endRole"));
  expect(last.headers.get("location")).toBe(`${to.signIn}?done=out`);
  expect(await works(app, lead.headers.cookie)).toBe(false);
});
