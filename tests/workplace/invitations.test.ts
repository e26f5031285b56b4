import { expect, test } from "vitest";
import { invite, inviteAgain } from "../../src/accounts/invitations.ts";
import { desk } from "../../src/desk-paths.ts";
import { eraseEverything } from "../../src/mine/operations.ts";
import { linkIn } from "../support/acts.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { ownNetworks } from "../support/mine.ts";
import { own, sessionIn } from "../support/signing-in.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const to = desk("nl");
const start = () => startTestApp({ starter: "none", env: ownNetworks });

const roleIdOf = async (app: TestApp, { personId }: Colleague) => {
  const query = app.ctx.db.selectFrom("roles").select("id").where("person_id", "=", personId);
  return (await query.executeTakeFirstOrThrow()).id;
};

async function inviteTo(app: TestApp, by: Colleague, email: string, team = to.section("team")) {
  const role = team === to.section("team") ? "owner" : "lead";
  expect((await by.post(team, { act: "invite", email, role })).status).toBe(303);
  await app.work();
  return linkIn((await app.mailbox(email)).at(-1)!, "/aanmelden/uitnodiging/");
}

const opens = async (app: TestApp, link: string) =>
  sessionIn(await app.post(link, {}, { headers: own() })) !== null;

test("whoever hands a role over leaves no invitations behind, in the movement nor on an island", async () => {
  const app = await start();
  const island = await app.given.initiative();
  const owner = await signIn(app, "owner");
  const heir = await signIn(app, "editor");
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  const second = await signIn(app, "island-editor", { initiativeId: island.id });
  const team = to.part("islands", island.id, "team");
  const byOwner = await inviteTo(app, owner, "een@voorbeeld.nl");
  const byLead = await inviteTo(app, lead, "twee@voorbeeld.nl", team);
  await owner.post(to.section("team"), { act: "hand-over", id: await roleIdOf(app, heir) });
  await lead.post(team, { act: "hand-over", id: await roleIdOf(app, second) });
  expect([await opens(app, byOwner), await opens(app, byLead)]).toEqual([false, false]);
});

test("whoever erases all about themselves leaves no invitations behind", async () => {
  const app = await start();
  await signIn(app, "owner");
  const leaving = await signIn(app, "owner");
  const link = await inviteTo(app, leaving, "een@voorbeeld.nl");
  expect(await eraseEverything(app.ctx, leaving.personId)).toEqual({ kind: "erased" });
  expect(await opens(app, link)).toBe(false);
  expect(await app.ctx.db.selectFrom("invitations").select("id").execute()).toEqual([]);
});

test("an invitation that is under way when the role of its writer ends never leaves", async () => {
  const app = await start();
  const owner = await signIn(app, "owner");
  const other = await signIn(app, "owner");
  await inviteTo(app, owner, "een@voorbeeld.nl");
  const { id } = await app.ctx.db.selectFrom("invitations").select("id").executeTakeFirstOrThrow();
  // As the request saw its writer when it began.
  const by = {
    ...{ id: other.personId, email: other.email, name: null, sessionId: "x", method: "code" as const },
    roles: [{ role: "owner" as const, initiativeId: null }],
  };
  expect((await owner.post(to.section("team"), { act: "end", id: await roleIdOf(app, other) })).status).toBe(
    303,
  );
  const wanted = { email: "twee@voorbeeld.nl", role: "owner" as const, language: "nl" as const };
  expect(await invite(app.ctx, { by, team: null }, wanted)).toEqual({ kind: "not-found" });
  expect(await inviteAgain(app.ctx, { by, team: null }, id)).toEqual({ kind: "not-found" });
  await app.work();
  expect(await app.mailbox("twee@voorbeeld.nl")).toEqual([]);
  expect(await app.mailbox("een@voorbeeld.nl")).toHaveLength(1);
});

test("offers stop arriving at the address of who left an initiative", async () => {
  const app = await start();
  const island = await app.given.initiative();
  const owner = await signIn(app, "owner");
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  await lead.post(to.part("islands", island.id, "contact"), { email: lead.email });
  const contact = async () =>
    (await app.ctx.db.selectFrom("initiatives").select("contact_email").executeTakeFirstOrThrow())
      .contact_email;
  expect(await contact()).toBe(lead.email);
  const team = to.part("islands", island.id, "team");
  await owner.post(team, { act: "end", id: await roleIdOf(app, lead) });
  expect(await contact()).toBeNull();
});

test("what goes wrong with a member stands at that member, and the same role again is no mistake", async () => {
  const app = await start();
  const island = await app.given.initiative();
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  const both = await signIn(app, "lead", { initiativeId: island.id, email: "bo@voorbeeld.nl" });
  const second = await app.ctx.db
    .insertInto("roles")
    .values({
      ...{ person_id: both.personId, role: "island-editor", initiative_id: island.id },
      given_at: app.ctx.now(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const team = to.part("islands", island.id, "team");
  const post = async (fields: Record<string, string>) => {
    const answer = await lead.post(team, fields);
    return [answer.status, await answer.text()] as const;
  };
  const has = "Deze persoon heeft die rol al.";
  for (const [fields, place] of [
    [{ act: "change", id: second.id, role: "lead" }, `team-role-${second.id}`],
    [{ act: "hand-over", id: second.id }, `team-card-${second.id}`],
  ] as const) {
    const [status, page] = await post(fields);
    expect(status, fields.act).toBe(422);
    expect(page).toContain(`href="#${place}">${has}`);
    expect(page).toContain(`id="${place}"`);
    expect(page, "not at the address of somebody to invite").not.toContain('id="team-email-error"');
    expect(page).toMatch(/<details class="team-acts" open/);
  }
  const page = await (await lead.get(team)).text();
  expect(page, "nobody is offered to hand over to who leads already").not.toContain("Draag mijn rol over");
  const same = await lead.post(team, { act: "change", id: second.id, role: "island-editor" });
  expect([same.status, same.headers.get("location")]).toEqual([303, `${team}?done=changed`]);
});
