import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { flag, phonePhoto } from "../../tests/support/images.ts";
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

const json = { accept: "application/json" };
const png = () => flag(400, 300).png().toBuffer();

/** Sends a form with a file, as a browser does. */
function sendFile(who: Colleague, place: string, bytes: Buffer, name = "haven.png", headers = {}) {
  const form = new FormData();
  form.set("file", new File([new Uint8Array(bytes)], name, { type: "image/png" }));
  return app.request(to.part("images", place, "upload"), {
    method: "POST",
    body: form,
    headers: { ...who.headers, ...headers },
  });
}
const uploaded = async (who = editor, place = "-", bytes?: Buffer) =>
  (await (await sendFile(who, place, bytes ?? (await png()), "haven.png", json)).json()) as {
    id: string;
    src: string;
  };

describe("adding", () => {
  test("a script gets what it needs to show the image", async () => {
    const answer = await sendFile(editor, island.id, await phonePhoto(), "IMG 1.jpg", json);
    expect(answer.status).toBe(201);
    const { id, ...image } = (await answer.json()) as { id: string };
    const unknown = { alt: null, decorative: false };
    const src = `/media/${id}/900x1600-img-1.jpg`;
    expect(image).toEqual({ src, name: "img-1", width: 900, height: 1600, ...unknown });
    const row = await app.ctx.db.selectFrom("media").selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ id, initiative_id: island.id, added_by: editor.personId, ready: true });
  });

  test("so it does when the file is the body itself", async () => {
    const answer = await app.request(to.part("images", "-", "upload"), {
      method: "POST",
      body: new Uint8Array(await png()),
      headers: { ...editor.headers, ...json, "content-type": "image/png", "x-file-name": "Caf%C3%A9.png" },
    });
    expect(((await answer.json()) as { src: string }).src).toMatch(/\/400x300-cafe\.jpg$/);
  });

  test("without a script one comes to the page that asks what is to be seen", async () => {
    const answer = await sendFile(editor, island.id, await png());
    expect(answer.status).toBe(303);
    const page = await (await editor.get(answer.headers.get("location") ?? "")).text();
    expect(page).toContain("Het beeld is toegevoegd. Beschrijf het nu.");
    expect(page).toContain("Wat doet dit beeld?");
    expect(page).not.toMatch(/type="radio"[^>]*name="meaning"[^>]*checked/);
  });

  test.each([
    ["niets.png", "", "Kies eerst een beeld"],
    ["haven.png", '<svg xmlns="http://www.w3.org/2000/svg"/>', "Een SVG nemen we niet aan"],
    ["haven.jpg", "<!DOCTYPE html><h1>Haven</h1>", "geen beeld dat we kunnen lezen"],
    ["haven.jpg", "\xff\xd8\xff\xe0 en dan niets", "beschadigd of niet compleet"],
  ])("%s with %j is refused in words", async (name, content, words) => {
    const bytes = Buffer.from(content, "latin1");
    const scripted = await sendFile(editor, "-", bytes, name, json);
    expect(scripted.status).toBe(422);
    expect(((await scripted.json()) as { error: string }).error).toContain(words);
    const page = await sendFile(editor, "-", bytes, name);
    expect(page.status).toBe(422);
    const html = await page.text();
    expect(html).toContain("<title>1 foutmelding");
    expect(html).toContain(words);
    expect(await app.ctx.db.selectFrom("media").select("id").execute()).toEqual([]);
  });

  test("in English too", async () => {
    const answer = await app.request(desk("en").part("images", "-", "upload"), {
      method: "POST",
      body: "x",
      headers: { ...editor.headers, ...json, "content-type": "image/png" },
    });
    expect(await answer.json()).toEqual({
      error: "This file is not an image that we can read. Choose a JPEG, PNG, WebP, AVIF or GIF",
    });
  });

  /** Sends so many megabytes in pieces. */
  function stream(megabytes: number, headers: Record<string, string>) {
    return new Promise<{ status: number; text: string }>((done, fail) => {
      const asking = request(
        `${app.origin.replace("localhost", "127.0.0.1")}${to.part("images", "-", "upload")}`,
        {
          method: "POST",
          headers: { host: `localhost:${app.port}`, ...editor.headers, ...json, ...headers },
        },
        async (answer) => {
          let text = "";
          for await (const part of answer) text += part;
          done({ status: answer.statusCode ?? 0, text });
        },
      ).once("error", fail);
      const piece = Buffer.alloc(1024 * 1024, "x");
      let sent = 0;
      const more = () => {
        if (sent++ === megabytes) asking.end();
        else asking.write(piece, more);
      };
      more();
    });
  }

  test.each([16, 60])("who sends a file of %i MB is told that it is too large", async (size) => {
    const { status, text } = await stream(size, { "content-type": "image/jpeg" });
    expect(status).toBe(422);
    expect(JSON.parse(text)).toEqual({ error: expect.stringContaining("groter dan 15 MB") });
  });

  test("in a form as well", async () => {
    const answer = await sendFile(editor, "-", Buffer.alloc(16 * 1024 * 1024), "groot.jpg", json);
    expect(await answer.json()).toEqual({ error: expect.stringContaining("groter dan 15 MB") });
  });

  test("five large photos at once all come in, one after another, and pages are answered meanwhile", async () => {
    const photos = await Promise.all(
      [1, 2, 3, 4, 5].map((n) =>
        flag(4000 + n, 3000)
          .jpeg({ quality: 95 })
          .toBuffer(),
      ),
    );
    const before = process.memoryUsage().rss;
    let highest = before;
    let slowest = 0;
    let busy = true;
    const watching = (async () => {
      while (busy) {
        const begun = performance.now();
        await (await app.get("/healthz")).text();
        slowest = Math.max(slowest, performance.now() - begun);
        highest = Math.max(highest, process.memoryUsage().rss);
        await new Promise((later) => setTimeout(later, 20));
      }
    })();
    const answers = await Promise.all(photos.map((photo) => sendFile(editor, "-", photo, "foto.jpg", json)));
    busy = false;
    await watching;
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(slowest).toBeLessThan(1000);
    expect(highest - before).toBeLessThan(400 * 1024 * 1024);
  });
});

describe("describing", () => {
  const save = (id: string, fields: Record<string, string>) =>
    editor.post(to.part("images", id, "alt"), fields);
  const row = () =>
    app.ctx.db
      .selectFrom("media")
      .select(["alt", "decorative", "focal_x", "focal_y"])
      .executeTakeFirstOrThrow();

  test("an image gets words, or is decoration because somebody says so; nothing chosen is no choice", async () => {
    const { id } = await uploaded();
    const nothing = await save(id, { alt_nl: "" });
    expect(nothing.status).toBe(422);
    expect(await nothing.text()).toContain("Kies of je het beeld beschrijft");
    const empty = await save(id, { meaning: "words", alt_nl: " ", alt_en: "A harbour" });
    const html = await empty.text();
    expect(html).toContain("Schrijf op wat er op het beeld te zien is");
    expect(html).toContain("A harbour");
    expect((await save(id, { meaning: "words", alt_nl: "x".repeat(301) })).status).toBe(422);

    const words = { meaning: "words", alt_nl: "Een haven <b>", alt_en: "A harbour" };
    expect((await save(id, words)).headers.get("location")).toBe(`${to.part("images", id, "alt")}?saved`);
    expect(await row()).toMatchObject({ alt: { nl: "Een haven <b>", en: "A harbour" }, decorative: false });
    expect(await (await editor.get(to.one("images", "-"))).text()).toContain("Een haven &lt;b&gt;");

    await save(id, { ...words, meaning: "decorative" });
    expect(await row()).toMatchObject({ alt: null, decorative: true });
  });

  test("what has to stay in view: a place by its name, or a point of one's own", async () => {
    const { id, src } = await uploaded();
    const { id: initiativeId } = island;
    const image = src.replace("/media/", "");
    await app.given.update({ initiativeId, slug: "haven", image, publishedAt: new Date(0) });
    const card = async () => (await (await app.get("/updates")).text()).match(/card__image[^"]*/)?.[0];
    expect(await card()).toBe("card__image focal focal-x-5 focal-y-5");
    await save(id, { meaning: "decorative", focal: "top-right" });
    expect(await row()).toMatchObject({ focal_x: 0.85, focal_y: 0.15 });
    await save(id, { meaning: "decorative", focal: "own", focal_x: "0.33", focal_y: "1" });
    expect(await (await editor.get(to.part("images", id, "alt"))).text()).toMatch(/value="own" checked/);
    expect(await card()).toBe("card__image focal focal-x-3 focal-y-10");
    await save(id, { meaning: "decorative", focal: "own", focal_x: "7", focal_y: "zeven" });
    expect(await row()).toMatchObject({ focal_x: 0.5, focal_y: 0.5 });
    await app.ctx.db.deleteFrom("updates").execute();
  });
});

describe("removing", () => {
  test("not while a text shows it, out or still being written; after that it goes", async () => {
    const { id, src } = await uploaded();
    const update = await app.given.update({
      initiativeId: island.id,
      title: "De opening",
      body: `![Haven](${src})`,
    });
    const remove = () => editor.post(to.part("images", id, "remove"));
    const refused = await remove();
    expect(refused.status).toBe(409);
    expect(await refused.text()).toMatch(/staat in een tekst[\s\S]*Update: De opening/);

    await app.ctx.db.deleteFrom("updates").where("id", "=", update.id).execute();
    const now = app.ctx.now();
    await app.ctx.db
      .insertInto("documents")
      .values({
        ...{ kind: "update", key: "x", initiative_id: island.id, changed_at: now, created_at: now },
        content: JSON.stringify({ title: { nl: "Nog niet af" }, body: { nl: src } }),
        published: null,
      })
      .execute();
    expect(await (await remove()).text()).toContain("Concept: Nog niet af");

    await app.ctx.db.deleteFrom("documents").execute();
    const removed = await remove();
    expect(removed.status).toBe(303);
    expect((await app.get(src)).status).toBe(404);
    expect(await (await editor.get(removed.headers.get("location") ?? "")).text()).toContain("verwijderd");
    const audit = await app.ctx.db.selectFrom("audit").select(["action", "details"]).orderBy("id").execute();
    expect(audit.at(-1)).toEqual({ action: "images.remove", details: { image: id } });
  });
});

describe("the library", () => {
  test("shows the newest first, a page at a time, also when many came at the same moment", async () => {
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
    expect(await (await editor.get(to.section("images"))).text()).toMatch(
      /van de beweging[\s\S]*Repair café/,
    );
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
      expect((await sendFile(stranger, place, await png(), "x.png", json)).status).toBe(403);
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
    const foreign = await sendFile(editor, "-", await png(), "x.png", {
      origin: "https://elsewhere.example",
    });
    expect(foreign.status).toBe(403);
    expect(await app.ctx.db.selectFrom("media").select("id").execute()).toEqual([]);
  });
});
