import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");
const linksIn = (html: string) =>
  [...html.matchAll(/<h2><a href="([^"]+)">([^<]+)<\/a>/g)].map(([, href = "", title = ""]) => ({
    href,
    title,
  }));

test("a team sees its own updates: from files, drafts, scheduled and withdrawn ones, and finds them", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ slug: "theehuis", name: "Het Theehuis" });
  const other = await app.given.initiative({ slug: "koffiehuis" });
  await app.given.update({ initiativeId: own.id, title: "Eerste thee" });
  await app.given.update({ initiativeId: other.id, title: "Koffie" });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const begin = async (title: string) => {
    const path = (await lead.post(to.newDocument("update", own.id))).headers.get("location")!;
    const form = { version: "1", "title.nl": title, "summary.nl": "Kort.", "body.nl": "Tekst." };
    await lead.post(`${path}/bewaren`, form);
    return path;
  };
  await begin("Een concept");
  const planned = await begin("Voor straks");
  await lead.post(`${planned}/inplannen`, { day: "1", month: "6", year: "2099", hour: "9", minute: "0" });
  const gone = await begin("Weg ermee");
  await lead.post(`${gone}/publiceren`);
  await lead.post(`${gone}/terugtrekken`);

  const titles = async (query: Record<string, string> = {}) => {
    const page = await lead.get(`${to.section("updates")}?${new URLSearchParams(query)}`);
    return linksIn(await page.text()).map(({ title }) => title);
  };
  expect((await titles()).sort()).toEqual(["Een concept", "Eerste thee", "Voor straks", "Weg ermee"]);
  expect(await titles({ stand: "draft" })).toEqual(["Een concept"]);
  expect(await titles({ stand: "scheduled" })).toEqual(["Voor straks"]);
  expect(await titles({ stand: "withdrawn" })).toEqual(["Weg ermee"]);
  expect(await titles({ stand: "out" })).toEqual(["Eerste thee"]);
  expect(await titles({ zoek: "THÉÉ" })).toEqual(["Eerste thee"]);
  expect(await titles({ zoek: "100%" })).toEqual([]);
  expect(await titles({ initiatief: other.id }), "another island's filter narrows nothing").toHaveLength(4);

  const editor = await signIn(app, "editor");
  const all = linksIn(await (await editor.get(`${to.section("updates")}?zoek=koffie`)).text());
  expect(all.map(({ title }) => title)).toEqual(["Koffie"]);
});

test("an update from a file opens with the day it came out, and keeps it through withdrawing", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ slug: "theehuis" });
  const publishedAt = new Date("2024-02-03T10:00:00Z");
  await app.given.update({ initiativeId: own.id, title: "Oud nieuws", publishedAt });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const [found] = linksIn(await (await lead.get(to.section("updates"))).text());
  const path = (await lead.get(found!.href)).headers.get("location")!;
  expect(await (await lead.get(path)).text()).toContain("Sinds 3 februari 2024");
  await lead.post(`${path}/terugtrekken`);
  expect(
    await app.ctx.db.selectFrom("updates").select("id").where("initiative_id", "=", own.id).execute(),
  ).toEqual([]);
  await lead.post(`${path}/publiceren`);
  const [row] = await app.ctx.db
    .selectFrom("updates")
    .select("published_at")
    .where("initiative_id", "=", own.id)
    .execute();
  expect(row?.published_at).toEqual(publishedAt);
});

test("the list goes on after the last one, without a gap or a repeat", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ slug: "theehuis" });
  await app.given.manyUpdates({ initiativeId: own.id, count: 60 });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const titles: string[] = [];
  let path: string | null = to.section("updates");
  for (let pages = 0; path && pages < 5; pages++) {
    const html = await (await lead.get(path)).text();
    titles.push(...linksIn(html).map(({ title }) => title));
    const next: string | undefined = /href="(\?[^"]*na=[^"]*)"/.exec(html)?.[1];
    path = next ? to.section("updates") + next.replaceAll("&amp;", "&") : null;
  }
  expect(titles).toEqual(Array.from({ length: 60 }, (_, index) => `Nummer ${index + 1}`));
});

test("a draft that was never out is removed after a question; one that was out is not", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const path = (await lead.post(to.newDocument("update", own.id))).headers.get("location")!;
  expect(await (await lead.get(`${path}/verwijderen`)).text()).toContain("Dit kun je niet terugdraaien");
  expect((await lead.post(`${path}/verwijderen`)).headers.get("location")).toContain("done=removed");
  expect((await lead.get(path)).status).toBe(404);

  const kept = (await lead.post(to.newDocument("update", own.id))).headers.get("location")!;
  await lead.post(`${kept}/publiceren`, {
    version: "1",
    "title.nl": "Thee",
    "summary.nl": "a",
    "body.nl": "b",
  });
  await lead.post(`${kept}/verwijderen`);
  expect((await lead.get(kept)).status).toBe(200);
});

test("an update is begun for an initiative, never for nobody", async () => {
  const app = await startTestApp();
  const owner = await signIn(app, "owner");
  for (const nobody of ["-", "x", "00000000-0000-4000-8000-000000000000"])
    expect((await owner.post(to.newDocument("update", nobody))).status, nobody).toBe(404);
  expect(await app.ctx.db.selectFrom("documents").select("id").execute()).toEqual([]);
});

test("an image needs words or the choice that it is decoration; a path leads nowhere else", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ slug: "theehuis" });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const path = (await lead.post(to.newDocument("update", own.id))).headers.get("location")!;
  const written = await (await lead.get(path)).text();
  const words =
    /<fieldset[^>]*>\s*<legend>Wat is er op het beeld te zien\?[\s\S]*?<\/fieldset>/.exec(written)?.[0] ?? "";
  expect(words).toContain("Nodig als je een beeld kiest, behalve bij versiering.");
  expect(words, "only the English one may be left out").toMatch(
    /Nederlands<\/label>[\s\S]*Engels<span[^>]*> \(niet/,
  );
  const form = { "title.nl": "Thee", "summary.nl": "a", "body.nl": "b", "image.path": "kopje.jpg" };
  const without = await lead.post(`${path}/publiceren`, { version: "1", ...form });
  expect(without.status).toBe(422);
  expect(await without.text()).toContain("Beschrijf wat er op het beeld te zien is");
  const row = () =>
    app.ctx.db
      .selectFrom("updates")
      .select(["image", "image_alt"])
      .where("initiative_id", "=", own.id)
      .executeTakeFirst();
  await lead.post(`${path}/publiceren`, { version: "2", ...form, "image.decorative": "yes" });
  expect(await row()).toEqual({ image: "kopje.jpg", image_alt: null });
  await lead.post(`${path}/publiceren`, { version: "4", ...form, "image.alt.nl": "Een kopje" });
  expect(await row()).toEqual({ image: "kopje.jpg", image_alt: { nl: "Een kopje" } });
  for (const elsewhere of ["../secret.key", "//evil.example/x.jpg", "a/../../x.png", 'x.jpg" onerror="x']) {
    const version = /data-version="(\d+)"/.exec(await (await lead.get(path)).text())![1]!;
    await lead.post(`${path}/publiceren`, { version, ...form, "image.path": elsewhere, "image.alt.nl": "x" });
    expect((await row())?.image, elsewhere).toBeNull();
  }
});
