import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";

const to = desk("nl");

test("who works on one initiative comes to it at once; who works on more chooses", async () => {
  const app = await startTestApp({ starter: "none" });
  const tea = await app.given.initiative({ slug: "theehuis", name: "Het Theehuis" });
  const coffee = await app.given.initiative({ slug: "koffiehuis", name: "Het Koffiehuis" });
  const lead = await signIn(app, "lead", { initiativeId: tea.id, email: "lead@example.org" });
  const one = await lead.get(to.section("islands"));
  expect([one.status, one.headers.get("location")]).toEqual([303, to.one("islands", tea.id)]);
  const both = await signIn(app, "island-editor", { initiativeId: coffee.id, email: "lead@example.org" });
  const list = await (await both.get(to.section("islands"))).text();
  expect(list.indexOf("Het Koffiehuis")).toBeLessThan(list.indexOf("Het Theehuis"));
  const found = await (await both.get(`${to.section("islands")}?zoek=thee`)).text();
  expect(found).not.toContain("Het Koffiehuis");
});

test("an initiative's page leads to its texts and to the rest of its work, by what each may", async () => {
  const app = await startTestApp();
  const tea = await app.given.initiative({ slug: "theehuis", name: "Het Theehuis" });
  const lead = await signIn(app, "lead", { initiativeId: tea.id });
  const editor = await signIn(app, "island-editor", { initiativeId: tea.id });
  const path = to.one("islands", tea.id);
  const page = await (await lead.get(path)).text();
  for (const kind of ["island", "portraits", "questions", "supporters"] as const)
    expect(page, kind).toContain(to.documentOf(kind, tea.id));
  expect(page).toContain(to.part("islands", tea.id, "team"));
  expect(await (await editor.get(path)).text()).not.toContain(to.part("islands", tea.id, "team"));
  expect(page).toContain("Op de site");

  await app.ctx.db.updateTable("initiatives").set({ published_at: null }).where("id", "=", tea.id).execute();
  expect(await (await lead.get(path)).text()).toContain("Nog niet op de site");
  const stranger = await signIn(app, "lead", { initiativeId: (await app.given.initiative()).id });
  expect((await stranger.get(path)).status).toBe(403);
  expect((await stranger.get(to.documentOf("questions", tea.id))).status).toBe(403);
  expect((await stranger.post(to.newDocument("update", tea.id))).status).toBe(403);
});

test("the list of initiatives goes on after the last one", async () => {
  const app = await startTestApp({ starter: "none" });
  for (let number = 100; number < 160; number++)
    await app.given.initiative({ slug: `eiland-${number}`, name: `Eiland ${number}` });
  const editor = await signIn(app, "editor");
  const first = await (await editor.get(to.section("islands"))).text();
  const next = /href="(\?[^"]*na=[^"]*)"/.exec(first)?.[1] ?? "";
  const second = await (await editor.get(to.section("islands") + next)).text();
  const names = (html: string) => [...html.matchAll(/>Eiland (\d+)</g)].map(([, number]) => Number(number));
  expect([...names(first), ...names(second)]).toEqual(Array.from({ length: 60 }, (_, index) => 100 + index));
});

test("the movement begins an island that only its team sees", async () => {
  const app = await startTestApp();
  const editor = await signIn(app, "editor");
  const path = desk("nl").all("islands", "new");
  expect((await editor.post(path, { name: "" })).status).toBe(422);
  const made = await editor.post(path, {
    name: "Stadslab Zuid",
    kind: "initiative",
    tagline: "Samen proberen.",
  });
  const island = made.headers.get("location") ?? "";
  expect(await (await editor.get(island)).text()).toContain("Stadslab Zuid");
  expect((await app.get(paths("nl").island("stadslab-zuid").home)).status).toBe(404);
  const lead = await signIn(app, "lead", { initiativeId: island.split("/").at(-1) ?? "" });
  expect((await lead.get(path)).status).toBe(403);
});
