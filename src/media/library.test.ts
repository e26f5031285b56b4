import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { givenImage, json, png, sendImage } from "../../tests/support/library.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");
let app: TestApp;
let editor: Colleague;
let island: { id: string; slug: string };
beforeAll(async () => {
  app = await startTestApp({ starter: "none" });
  editor = await signIn(app, "editor");
  island = await app.given.initiative({ name: "Repair café" });
});
afterAll(() => app.stop());
beforeEach(async () => {
  await app.ctx.db.deleteFrom("media").execute();
});

const uploaded = (who = editor, place = "-") => givenImage(app, who, place);

test("a library shows the newest first, a page at a time, also when many came at the same moment", async () => {
  const { id } = await uploaded();
  const row = await app.ctx.db.selectFrom("media").selectAll().executeTakeFirstOrThrow();
  const copies = Array.from({ length: 30 }, (_, n) => ({ name: `kopie-${n + 1}`, ready: true }));
  const { id: _id, alt: _alt, ...rest } = row;
  await app.ctx.db
    .insertInto("media")
    .values(copies.map((copy) => ({ ...rest, ...copy, alt: null })))
    .execute();
  const names = (html: string) => [...html.matchAll(/media-card__name">([^<]+)</g)].map(([, name]) => name);
  const first = await (await editor.get(to.one("images", "-"))).text();
  const next = /href="([^"]*\?after=[^"]*)"/.exec(first)?.[1] ?? "";
  const second = await (await editor.get(next)).text();
  expect([names(first).length, names(second).length]).toEqual([24, 7]);
  expect(new Set([...names(first), ...names(second)]).size).toBe(31);
  const list = (await (
    await app.request(to.one("images", "-"), { headers: { ...editor.headers, ...json } })
  ).json()) as {
    images: { id: string }[];
  };
  expect(list.images).toHaveLength(24);
  expect(id).toBe(row.id);
});

test("who works on one island comes to its images at once; who works on all may choose", async () => {
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  expect((await lead.get(to.section("images"))).headers.get("location")).toBe(to.one("images", island.id));
  expect(await (await editor.get(to.section("images"))).text()).toMatch(/van de beweging[\s\S]*Repair café/);
});

test("an island's team reaches no other's images, by no id and no method", async () => {
  const other = await app.given.initiative();
  const stranger = await signIn(app, "island-editor", { initiativeId: other.id });
  const { id } = await uploaded(editor, island.id);
  const { id: ofMovement } = await uploaded();
  for (const image of [id, ofMovement]) {
    expect((await stranger.get(to.part("images", image, "alt"))).status).toBe(403);
    expect((await stranger.post(to.part("images", image, "alt"), { meaning: "decorative" })).status).toBe(
      403,
    );
    expect((await stranger.post(to.part("images", image, "remove"))).status).toBe(403);
  }
  for (const place of [island.id, "-"]) {
    expect((await stranger.get(to.one("images", place))).status).toBe(403);
    expect(
      (await sendImage(app, stranger, place, await png(), { name: "x.png", headers: json })).status,
    ).toBe(403);
  }
  const { id: own } = await uploaded(stranger, other.id);
  expect((await stranger.get(to.one("images", other.id))).status).toBe(200);
  expect((await stranger.get(to.part("images", own, "alt"))).status).toBe(200);
  expect((await stranger.post(to.part("images", own, "alt"), { meaning: "decorative" })).status).toBe(303);
  expect((await stranger.post(to.part("images", own, "remove"))).status).toBe(303);
  const unknown = "0198c0de-0000-4000-8000-000000000000";
  for (const path of [to.one("images", unknown), to.one("images", "x"), to.part("images", "x", "alt")])
    expect((await editor.get(path)).status).toBe(404);
});

test("nobody adds an image without being signed in, or from another site", async () => {
  const answer = await app.request(to.part("images", "-", "upload"), {
    method: "POST",
    body: new Uint8Array(await png()),
    headers: { ...json, "content-type": "image/png" },
  });
  expect(answer.status).toBe(401);
  const foreign = await sendImage(app, editor, "-", await png(), {
    headers: { origin: "https://elsewhere.example" },
  });
  expect(foreign.status).toBe(403);
  expect(await app.ctx.db.selectFrom("media").select("id").execute()).toEqual([]);
});
