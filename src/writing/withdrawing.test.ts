import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { givenEdition } from "../../tests/support/editions.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";

const to = desk("nl");
const story = { "title.nl": "Thee", "summary.nl": "Samenvatting van thee.", "body.nl": "Tekst." };

/** An island with an update that is out, on the movement's host and on its own. */
async function published() {
  const app = await startTestApp();
  const island = await app.given.initiative({ slug: "theehuis", host: "theehuis.localhost" });
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  const path = (await lead.post(to.newDocument("update", island.id))).headers.get("location")!;
  expect((await lead.post(`${path}/publiceren`, { version: "1", ...story })).status).toBe(303);
  return { app, island, lead, path };
}

const places = (app: TestApp, slug: string) =>
  (["nl", "en"] as const).flatMap((language) => [
    () => app.get(paths(language).island("theehuis").update(slug)),
    () => app.get(paths(language).ownHost.update(slug), "theehuis.localhost"),
  ]);
const statuses = (app: TestApp, slug: string) =>
  Promise.all(places(app, slug).map(async (get) => (await get()).status));
const all = (status: number) => [status, status, status, status];

async function versionOf(page: Response) {
  return /data-version="(\d+)"/.exec(await page.text())![1]!;
}

test("what is withdrawn answers 410 everywhere, and comes back at the same address", async () => {
  const { app, lead, path } = await published();
  expect(await statuses(app, "thee")).toEqual(all(200));
  const asked = await lead.get(`${path}/terugtrekken`);
  expect(await asked.text()).toContain("Van de site halen");
  expect((await lead.post(`${path}/terugtrekken`)).status).toBe(303);

  await expect.poll(() => statuses(app, "thee")).toEqual(all(410));
  const island = paths("nl").island("theehuis");
  expect(await (await app.get(island.update("thee"))).text()).toContain("Deze update is er niet meer");
  for (const listed of [island.updatesAtom, island.updatesJson, "/sitemap.xml", island.updates, "/updates"])
    expect(await (await app.get(listed)).text(), listed).not.toContain("updates/thee");

  const again = await lead.post(`${path}/publiceren`);
  expect(again.headers.get("location")).toContain("done=published");
  await expect.poll(() => statuses(app, "thee")).toEqual(all(200));
});

test("an old slug leads on, through chains, without a loop, until something new takes it", async () => {
  const { app, lead, path, island } = await published();
  const rename = async (slug: string) => {
    const version = await versionOf(await lead.get(path));
    await lead.post(`${path}/publiceren`, { version, ...story, slug });
  };
  await rename("koffie");
  await rename("limonade");
  const own = paths("nl").island("theehuis");
  await expect.poll(() => statuses(app, "koffie")).toEqual(all(308));
  for (const old of ["thee", "koffie"]) {
    const moved = await app.get(`${own.update(old)}?ref=mail`);
    expect([moved.status, moved.headers.get("location")]).toEqual([
      308,
      `${own.update("limonade")}?ref=mail`,
    ]);
    const english = await app.get(paths("en").island("theehuis").update(old));
    expect(english.headers.get("location")).toBe(paths("en").island("theehuis").update("limonade"));
    const host = await app.get(paths("nl").ownHost.update(old), "theehuis.localhost");
    expect([host.status, host.headers.get("location")]).toEqual([
      308,
      paths("nl").ownHost.update("limonade"),
    ]);
  }
  await rename("thee");
  await expect.poll(() => statuses(app, "thee")).toEqual(all(200));
  expect((await app.get(own.update("limonade"))).headers.get("location")).toBe(own.update("thee"));

  const second = (await lead.post(to.newDocument("update", island.id))).headers.get("location")!;
  await lead.post(`${second}/publiceren`, { version: "1", ...story, "title.nl": "Koffie" });
  const taken = await app.get(own.update("koffie"));
  expect(taken.status, "something new stands at an old slug").toBe(200);
});

test("a taken slug is refused at the field, and nothing that was typed is lost", async () => {
  const { lead, island } = await published();
  const path = (await lead.post(to.newDocument("update", island.id))).headers.get("location")!;
  const answer = await lead.post(`${path}/publiceren`, { version: "1", ...story, "body.nl": "Heel anders." });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("heeft dit adres al");
  expect(page).toContain("Heel anders.");
  const preview = /href="http:\/\/[^"]+(\/voorbeeld\/[^"]+)"/.exec(page)![1]!;
  const seen = await lead.get(preview);
  expect(seen.status).toBe(422);
  expect(await seen.text()).toContain("Adres: </strong>");
});

test("an island that is not out is nowhere; one that was withdrawn says so", async () => {
  const { app, island } = await published();
  const set = (values: { published_at: Date | null; withdrawn_at: Date | null }) =>
    app.ctx.db.updateTable("initiatives").set(values).where("id", "=", island.id).execute();
  await app.ctx.db
    .insertInto("help_wanted")
    .values({ initiative_id: island.id, kind: "write", text: '{"nl":"Schrijf mee"}', position: 0 })
    .execute();
  const own = paths("nl").island("theehuis");
  const pages = [own.home, own.updates, own.updatesAtom, own.newsletter, own.contact, own.update("thee")];
  const lists = ["/", "/initiatieven", "/updates", "/updates.atom", "/sitemap.xml", "/doe-mee"];
  for (const list of ["/initiatieven", "/doe-mee", "/updates"])
    expect(await (await app.get(list)).text(), list).toContain("theehuis");

  await set({ published_at: null, withdrawn_at: null });
  const home = async () => (await app.get(own.home)).status;
  await expect.poll(home).toBe(404);
  for (const page of pages) expect((await app.get(page)).status, page).toBe(404);
  for (const list of lists) expect(await (await app.get(list)).text(), list).not.toContain("theehuis");
  expect((await app.get("/delen/nl/theehuis.png")).status).toBe(404);
  expect((await app.get("/doe-mee/theehuis")).status).toBe(404);
  const host = await (await app.get("/", "theehuis.localhost")).text();
  expect(host, "its host says nothing of it").not.toContain("theehuis");

  await set({ published_at: null, withdrawn_at: app.ctx.now() });
  await expect.poll(async () => (await app.get("/", "theehuis.localhost")).status).toBe(410);
  for (const page of pages) expect((await app.get(page)).status, page).toBe(410);
  expect((await app.get("/", "theehuis.localhost")).status).toBe(410);
  expect((await app.get("/en", "theehuis.localhost")).status).toBe(410);
});

test("who may not take an island away is not offered to", async () => {
  const app = await startTestApp();
  const island = await app.given.initiative({ slug: "theehuis" });
  const pageAs = async (role: "lead" | "island-editor") => {
    const who = await signIn(app, role, { initiativeId: island.id });
    const path = (await who.get(to.documentOf("island", island.id))).headers.get("location")!;
    const page = await (await who.get(path)).text();
    return {
      offered: page.includes(`${path}/terugtrekken`),
      status: (await who.get(`${path}/terugtrekken`)).status,
    };
  };
  expect(await pageAs("lead")).toEqual({ offered: true, status: 200 });
  expect(await pageAs("island-editor")).toEqual({ offered: false, status: 403 });
});

test("beside an edition stands nothing of the site: it goes out from its own page", async () => {
  const app = await startTestApp();
  const { id } = await givenEdition(app);
  const editor = await signIn(app, "editor");
  const path = (await editor.get(to.documentOf("edition", id))).headers.get("location")!;
  const page = await (await editor.get(path)).text();
  const side = /<aside[\s\S]*?<\/aside>/.exec(page.slice(page.indexOf("writing-side") - 20))?.[0] ?? "";
  expect(side).toContain(">Editie</h2>");
  expect(side).not.toMatch(/Op de site|Dit is een concept|Dit staat op de site/);
});
