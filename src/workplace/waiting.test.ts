import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { days, startTestApp } from "../../tests/support/test-app.ts";
import { givenOffer, givenTip } from "../../tests/support/work.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

test("the first page shows what waits for whoever is at work, oldest first, with its age", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ name: "Eigen eiland" });
  const other = await app.given.initiative({ name: "Ander eiland" });
  await givenTip(app, { initiativeId: own.id, name: "Oudste" });
  app.advance(days(3));
  await givenOffer(app, own.id, "Bo de Boer");
  await givenTip(app, { initiativeId: other.id, name: "Van een ander" });
  await givenTip(app, { name: "Voor de beweging" });
  await app.given.signature({ name: "Motief", motivation: "Omdat het kan." });
  app.advance(days(1));

  const lead = await (await (await signIn(app, "lead", { initiativeId: own.id })).get(to.home)).text();
  expect(lead).toContain("Een idee van Oudste");
  expect(lead).toContain("4 dagen geleden");
  expect(lead.indexOf("Een idee van Oudste")).toBeLessThan(lead.indexOf("Bo de Boer wil meedoen"));
  for (const hidden of ["Van een ander", "Voor de beweging", "Motief"]) expect(lead).not.toContain(hidden);

  const moderator = await (await (await signIn(app, "moderator")).get(to.home)).text();
  for (const seen of ["Oudste", "Bo de Boer", "Van een ander", "Voor de beweging", "Motief"])
    expect(moderator).toContain(seen);

  const editor = await (await (await signIn(app, "editor")).get(to.home)).text();
  expect(editor).toContain("Voor de beweging");
  expect(editor, "an editor answers no offers").not.toContain("Bo de Boer");
});

test("who has nothing waiting reads that", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const page = await (await signIn(app, "island-editor", { initiativeId: own.id })).get(to.home);
  expect(await page.text()).toContain("Er wacht niets op je");
});
