import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { minutes, startTestApp } from "../../tests/support/test-app.ts";
import { givenTip } from "../../tests/support/work.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

test("who gets a tip to take up hears of it once, and finds it on the first page and in a list", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ name: "Straatwijs" });
  const tip = await givenTip(app, { initiativeId: own.id, name: "Sam", text: "Een bank op de hoek." });
  await givenTip(app, { initiativeId: own.id, name: "Toos" });
  const lead = await signIn(app, "lead", { initiativeId: own.id, name: "Robin" });
  const kim = await signIn(app, "island-editor", { initiativeId: own.id, email: "kim@example.org" });
  const assign = (person: string) => lead.post(to.part("tips", tip.id, "assign"), { to: person });
  await assign(kim.personId);
  await assign(kim.personId);
  await app.work();
  const mails = await app.mailbox("kim@example.org");
  expect(mails.map(({ subject }) => subject)).toEqual(["Aan jou toegewezen: Een idee van Sam"]);
  expect(mails[0]?.text).toContain("Robin vraagt of jij deze tip oppakt:");
  expect(mails[0]?.text).toContain("Een bank op de hoek.");
  expect(mails[0]?.text).toContain(app.origin + to.one("tips", tip.id));

  const home = await (await kim.get(to.home)).text();
  expect(home).toContain("Aan jou toegewezen tips");
  expect(await (await lead.get(to.home)).text()).not.toContain("Aan jou toegewezen tips");
  const mine = await (await kim.get(`${to.section("tips")}?who=me`)).text();
  expect(mine).toContain("Een idee van Sam");
  expect(mine).not.toContain("Een idee van Toos");

  await assign(lead.personId);
  await app.work();
  expect(await app.mailbox(lead.email), "who takes it up oneself").toEqual([]);
});

test("tips are found by initiative and by words, also of their sender", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ name: "Straatwijs" });
  await givenTip(app, { initiativeId: own.id, name: "Sam", text: "Een bank in Écluse, 100% hout." });
  await givenTip(app, { name: "Toos", email: "toos@wijk.example", text: "Groen dak." });
  const moderator = await signIn(app, "moderator");
  const found = async (query: Record<string, string>) => {
    const page = await (await moderator.get(`${to.section("tips")}?${new URLSearchParams(query)}`)).text();
    return ["Sam", "Toos"].filter((name) => page.includes(`Een idee van ${name}`));
  };
  expect(await found({})).toEqual(["Sam", "Toos"]);
  expect(await found({ initiative: own.id })).toEqual(["Sam"]);
  expect(await found({ initiative: "movement" })).toEqual(["Toos"]);
  expect(await found({ q: "ecluse BANK" })).toEqual(["Sam"]);
  expect(await found({ q: "100%" })).toEqual(["Sam"]);
  expect(await found({ q: "wijk.example" })).toEqual(["Toos"]);
  expect(await found({ q: "bank dak" })).toEqual([]);
  expect(await found({ q: "\u0000\u200b", initiative: "'", who: "x" }), "nonsense").toEqual(["Sam", "Toos"]);
  const none = await (await moderator.get(`${to.section("tips")}?q=molen`)).text();
  expect(none).toContain("Er is geen tip gevonden.");
});

test("from a settled tip one goes on to the next, and after the last to the list", async () => {
  const app = await startTestApp({ starter: "none" });
  const [first, second, third] = ["Een", "Twee", "Drie"];
  const ids: string[] = [];
  for (const name of [first, second, third]) {
    ids.push((await givenTip(app, { name: name! })).id);
    app.advance(minutes(1));
  }
  const moderator = await signIn(app, "moderator");
  const settle = async (id: string, as: "done" | "spam") => {
    const answer = await moderator.post(to.part("tips", id, as));
    return (await moderator.get(answer.headers.get("location") ?? "")).text();
  };
  expect(await settle(ids[1]!, "done")).toContain("Volgende: Een idee van Drie");
  expect(await settle(ids[2]!, "spam"), "the oldest, after the last").toContain("Volgende: Een idee van Een");
  expect(await settle(ids[0]!, "done")).toContain("Er wacht geen tip meer.");
});
