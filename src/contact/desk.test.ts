import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { minutes, startTestApp } from "../../tests/support/test-app.ts";
import { givenTip } from "../../tests/support/work.ts";
import { desk } from "../desk-paths.ts";
import { renderMarkdown } from "../ui/markdown.tsx";

const to = desk("nl");

test("a team answers a tip by mail, and the thread keeps what was said", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ name: "Straatwijs" });
  const tip = await givenTip(app, { initiativeId: own.id, name: "Sam", email: "sam@example.org" });
  const lead = await signIn(app, "lead", { initiativeId: own.id, name: "Robin" });

  await lead.post(to.part("tips", tip.id, "note"), { note: "Eerst even bellen." });
  app.advance(minutes(1));
  const answered = await lead.post(to.part("tips", tip.id, "answer"), { answer: "Dank je!\n\nTot snel." });
  expect(answered.headers.get("location")).toBe(`${to.one("tips", tip.id)}?done=answered`);
  await app.work();
  app.advance(minutes(5));
  await lead.post(to.part("tips", tip.id, "answer"), { answer: "Nog iets." });
  await app.work();

  const [first, second] = await app.mailbox("sam@example.org");
  expect(first?.from_name).toBe("Straatwijs");
  expect(first?.text).toContain("Tot snel.");
  expect(first?.text).toContain("Robin, Straatwijs");
  expect(first?.text, "the note stays inside").not.toContain("bellen");
  expect(second?.headers["In-Reply-To"]).toBe(first?.message_id);

  const page = await (await lead.get(to.one("tips", tip.id))).text();
  const order = ["Eerst even bellen.", "Dank je!", "Nog iets."].map((text) => page.indexOf(text));
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
});

test("an empty answer is refused, sends nothing, and what was typed stays", async () => {
  const app = await startTestApp();
  const tip = await givenTip(app);
  const editor = await signIn(app, "editor");
  const empty = await editor.post(to.part("tips", tip.id, "answer"), { answer: "  " });
  expect(empty.status).toBe(422);
  expect(await empty.text()).toContain("<title>1 foutmelding - ");
  const long = "<b>a</b>".repeat(2000);
  const tooLong = await editor.post(to.part("tips", tip.id, "answer"), { answer: long });
  expect(tooLong.status).toBe(422);
  expect(await tooLong.text()).toContain("&lt;b&gt;a&lt;/b&gt;");
  expect(await app.work()).toBe(0);
});

test("a tip is given to somebody of the team, and to nobody else", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const other = await app.given.initiative();
  const tip = await givenTip(app, { initiativeId: own.id });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const helper = await signIn(app, "island-editor", { initiativeId: own.id, name: "Kim" });
  const stranger = await signIn(app, "lead", { initiativeId: other.id });
  const assign = (person: string) => lead.post(to.part("tips", tip.id, "assign"), { to: person });
  expect((await assign(stranger.personId)).status).toBe(422);
  expect((await assign("niemand")).status).toBe(422);
  expect((await assign(helper.personId)).status).toBe(303);
  expect(await (await lead.get(to.section("tips"))).text()).toContain("Bij Kim");
  expect((await stranger.get(to.one("tips", tip.id))).status, "of another initiative").toBe(403);
  expect((await stranger.post(to.part("tips", tip.id, "spam"))).status).toBe(403);
});

test("done and spam leave the list, and come back when opened again", async () => {
  const app = await startTestApp();
  const tip = await givenTip(app, { name: "Sam" });
  const moderator = await signIn(app, "moderator");
  const listed = async (state: string) =>
    (await (await moderator.get(`${to.section("tips")}?state=${state}`)).text()).includes("Een idee van Sam");
  await moderator.post(to.part("tips", tip.id, "spam"));
  expect([await listed("open"), await listed("spam")]).toEqual([false, true]);
  await moderator.post(to.part("tips", tip.id, "done"), { again: "yes" });
  expect([await listed("open"), await listed("spam")]).toEqual([true, false]);
  await moderator.post(to.part("tips", tip.id, "done"));
  expect([await listed("open"), await listed("done")]).toEqual([false, true]);
  const noted = await app.ctx.db.selectFrom("audit").select(["action", "person_id"]).orderBy("id").execute();
  expect(noted).toEqual(
    ["tips.spam", "tips.open", "tips.done"].map((action) => ({ action, person_id: moderator.personId })),
  );
});

test("a long list goes on where the page ended", async () => {
  const app = await startTestApp({ starter: "none" });
  for (let number = 1; number <= 31; number++) {
    await givenTip(app, { name: `Nummer ${number}` });
    app.advance(1000);
  }
  const moderator = await signIn(app, "moderator");
  const first = await (await moderator.get(to.section("tips"))).text();
  expect(first).toContain("Een idee van Nummer 1<");
  expect(first).not.toContain("Nummer 31");
  const next = first.match(/href="([^"]*after=[^"]*)"/)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const second = await (await moderator.get(next)).text();
  expect(second).toContain("Een idee van Nummer 31<");
  expect(second).not.toContain("Een idee van Nummer 30<");
});

test("a tip becomes the draft of an update, once, with what was typed shown as it is", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ slug: "straatwijs" });
  const tip = await givenTip(app, { initiativeId: own.id, name: "Sam", text: "# Geen *kop*\n<b>groen</b>" });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const path = to.part("tips", tip.id, "draft");
  const first = await lead.post(path);
  const again = await lead.post(path);
  expect(first.headers.get("location")).toContain("/update/");
  expect(again.headers.get("location")).toBe(first.headers.get("location"));
  const document = await app.ctx.db.selectFrom("documents").selectAll().executeTakeFirstOrThrow();
  expect(document.published).toBeNull();
  expect(renderMarkdown((document.content as { body: { nl: string } }).body.nl)).toBe(
    "<blockquote>\n<p># Geen *kop*\n&lt;b&gt;groen&lt;/b&gt;</p>\n</blockquote>\n",
  );
  expect(JSON.stringify(document.content)).not.toContain("Sam");
});

test("of a tip to the movement one says whose update it becomes, and only where one may write", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const tip = await givenTip(app);
  const path = to.part("tips", tip.id, "draft");
  expect((await (await signIn(app, "moderator")).post(path, { initiative: own.id })).status).toBe(422);
  const editor = await signIn(app, "editor");
  expect((await editor.post(path, { initiative: "" })).status).toBe(422);
  expect((await editor.post(path, { initiative: own.id })).status).toBe(303);
});
