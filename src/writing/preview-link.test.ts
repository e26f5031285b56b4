import { expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

/** A draft of an update, with what the form needs to be sent again. */
async function draftBy(who: Colleague, initiativeId: string) {
  const begun = await who.post(to.newDocument("update", initiativeId));
  const path = begun.headers.get("location") ?? "";
  const texts = { "title.nl": "Op straat", "summary.nl": "Kort", "body.nl": "Wat we zagen." };
  await who.post(`${path}/bewaren`, { version: "1", ...texts });
  return { path, id: path.split("/").at(-1) ?? "", texts };
}

async function linkOn(who: Colleague, path: string) {
  const page = await (await who.get(path)).text();
  return /href="http:\/\/[^"]+(\/voorbeeld\/[^"]+)"/.exec(page)?.[1] ?? "";
}

const statusOf = async (app: TestApp, link: string) => (await app.get(link)).status;

test("the link to a preview counts two weeks and says so; who writes on gets another", async () => {
  const app = await startTestApp({ now: new Date("2026-05-01T10:00:00Z") });
  const own = await app.given.initiative();
  const editor = await signIn(app, "island-editor", { initiativeId: own.id });
  const { path } = await draftBy(editor, own.id);
  const link = await linkOn(editor, path);
  const seen = await (await app.get(link)).text();
  expect(seen).toContain("Op straat");
  expect(seen).toContain("Deze link werkt tot en met 15 mei 2026");
  expect(await (await editor.get(path)).text()).toContain("De link werkt tot en met 15 mei 2026");
  app.advance(days(13));
  expect(await statusOf(app, link)).toBe(200);
  expect(await linkOn(editor, path), "looking does not make it last").toBe(link);
  app.advance(days(1));
  expect(await statusOf(app, link)).toBe(404);

  const back = await signIn(app, "island-editor", { initiativeId: own.id, email: editor.email });
  const next = await linkOn(back, path);
  expect(next).not.toBe(link);
  expect([await statusOf(app, next), await statusOf(app, link)]).toEqual([200, 404]);
});

test("a button makes a new link and ends the one before, with what was typed kept", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const editor = await signIn(app, "island-editor", { initiativeId: own.id });
  const { path, texts } = await draftBy(editor, own.id);
  const link = await linkOn(editor, path);
  const page = await (await editor.get(path)).text();
  const [, name = "", value = ""] = /name="([^"]+)" value="([^"]+)"[^>]*>Nieuwe link maken/.exec(page) ?? [];
  const sent = { version: "2", ...texts, "title.nl": "Op het plein", [name]: value };
  const shared = await editor.post(`${path}/bewaren`, sent);
  expect(shared.headers.get("location")).toContain("?done=shared");
  const next = await linkOn(editor, path);
  expect(await statusOf(app, link)).toBe(404);
  expect(await (await app.get(next)).text()).toContain("Op het plein");
});

test("who leaves a team, or becomes something else in it, sees its drafts no more by a link of before", async () => {
  const app = await startTestApp();
  const [own, other] = [await app.given.initiative(), await app.given.initiative()];
  const owner = await signIn(app, "owner");
  await signIn(app, "owner");
  const roleOf = async (who: Colleague) => {
    const query = app.ctx.db.selectFrom("roles").select("id").where("person_id", "=", who.personId);
    return (await query.executeTakeFirstOrThrow()).id;
  };
  const leaving = await signIn(app, "island-editor", { initiativeId: own.id });
  const elsewhere = await draftBy(owner, other.id);
  const draft = await draftBy(leaving, own.id);
  const [mine, theirs] = [await linkOn(leaving, draft.path), await linkOn(owner, elsewhere.path)];
  const team = to.part("islands", own.id, "team");
  await owner.post(team, { act: "end", id: await roleOf(leaving) });
  expect([await statusOf(app, mine), await statusOf(app, theirs)], "another team's goes on").toEqual([
    404, 200,
  ]);

  const editor = await signIn(app, "editor");
  const seen = await linkOn(editor, draft.path);
  expect(await statusOf(app, seen)).toBe(200);
  await owner.post(to.section("team"), { act: "change", id: await roleOf(editor), role: "moderator" });
  expect([await statusOf(app, seen), await statusOf(app, theirs)]).toEqual([404, 404]);
});
