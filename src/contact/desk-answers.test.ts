import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startScriptedSmtp } from "../../tests/support/scripted-smtp.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { givenTip } from "../../tests/support/work.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");
const formOn = (page: string) => /name="form" value="([^"]+)"/.exec(page)?.[1] ?? "";

test("an answer whose button is pressed twice is one mail; other words from the same page are another", async () => {
  const app = await startTestApp();
  const tip = await givenTip(app, { email: "sam@example.org" });
  const editor = await signIn(app, "editor");
  const form = formOn(await (await editor.get(to.one("tips", tip.id))).text());
  const answer = (text: string) => editor.post(to.part("tips", tip.id, "answer"), { form, answer: text });
  const [first, second] = await Promise.all([answer("Dank je!"), answer("Dank je!")]);
  expect([first.status, second.status]).toEqual([303, 303]);
  await answer("Dank je, en tot snel!");
  await app.work();
  const texts = (await app.mailbox("sam@example.org")).map(({ text }) => text);
  expect(texts).toHaveLength(2);
  expect(texts.filter((text) => text?.includes("tot snel"))).toHaveLength(1);
});

test("an answer that cannot be delivered says so, and its tip waits again until it left", async () => {
  let refused = true;
  const smtp = await startScriptedSmtp({
    answer: (verb) => (verb === "RCPT" && refused ? "550 5.1.1 no such user" : undefined),
  });
  const app = await startTestApp({ env: { SMTP_URL: smtp.url } });
  const tip = await givenTip(app, { name: "Sam", email: "sam@example.org" });
  const editor = await signIn(app, "editor");
  const page = async () => (await editor.get(to.one("tips", tip.id))).text();
  const home = async () => (await editor.get(to.home)).text();
  await editor.post(to.part("tips", tip.id, "answer"), { answer: "Dank je!" });
  expect(await page()).toContain("de mail is onderweg");
  await editor.post(to.part("tips", tip.id, "done"));
  expect(await home()).not.toContain("Een idee van Sam");

  await app.work();
  expect(await home()).toContain("Een idee van Sam");
  expect(await (await editor.get(to.section("tips"))).text()).toContain("Het antwoord kwam niet aan.");
  const failed = await page();
  expect(failed).not.toContain("de mail is onderweg");
  expect(failed).toContain("De mail aan sam@example.org kwam niet aan.");
  refused = false;
  const message = /name="message" value="([^"]+)"/.exec(failed)?.[1] ?? "";
  await editor.post(to.part("tips", tip.id, "resend"), { message });
  await app.work();
  const after = await page();
  expect(after).not.toContain("kwam niet aan");
  expect(after).not.toContain("de mail is onderweg");
});

test("a half-typed answer is there again after noting, assigning or closing", async () => {
  const app = await startTestApp();
  const tip = await givenTip(app);
  const editor = await signIn(app, "editor");
  const form = formOn(await (await editor.get(to.one("tips", tip.id))).text());
  const half = { form, answer: "Beste Sam, wij zijn al" };
  const press = async (part: "note" | "assign" | "draft" | "done", fields: Record<string, string> = {}) =>
    (await editor.post(to.part("tips", tip.id, part), { ...half, note: "", ...fields })).text();
  const noted = await press("note", { note: "Even bellen." });
  expect(noted).toContain("Je notitie staat erbij.");
  expect(noted).toContain(`${half.answer}</textarea>`);
  expect(noted).not.toContain("Even bellen.</textarea>");
  const assigned = await press("assign", { to: editor.personId, note: "Ook nog" });
  expect(assigned).toContain("De tip is toegewezen.");
  for (const text of [half.answer, "Ook nog"]) expect(assigned).toContain(`${text}</textarea>`);
  const { id: initiative } = await app.given.initiative();
  expect(await press("draft", { initiative })).toContain(`${half.answer}</textarea>`);
  expect(await press("done")).toContain(`${half.answer}</textarea>`);
  expect(await app.ctx.db.selectFrom("tip_messages").select(["kind", "text"]).execute()).toEqual([
    { kind: "note", text: "Even bellen." },
  ]);
});
