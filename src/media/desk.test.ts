import { request } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { flag, phonePhoto } from "../../tests/support/images.ts";
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

describe("adding", () => {
  test("a script gets what it needs to show the image", async () => {
    const answer = await sendImage(app, editor, island.id, await phonePhoto(), {
      name: "IMG 1.jpg",
      headers: json,
    });
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
    const answer = await sendImage(app, editor, island.id, await png());
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
    const scripted = await sendImage(app, editor, "-", bytes, { name: name, headers: json });
    expect(scripted.status).toBe(422);
    expect(((await scripted.json()) as { error: string }).error).toContain(words);
    const page = await sendImage(app, editor, "-", bytes, { name });
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
      error: "This file is not an image that we can read. Choose a JPEG, PNG, WebP, AVIF or GIF.",
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

  test("one of exactly 15 MB is looked at, in a form and by itself", async () => {
    const bytes = Buffer.alloc(15 * 1024 * 1024);
    const inForm = await sendImage(app, editor, "-", bytes, { headers: json });
    expect(await inForm.json()).toEqual({ error: expect.stringContaining("geen beeld dat we kunnen lezen") });
    const { text } = await stream(15, { "content-type": "image/jpeg" });
    expect(JSON.parse(text)).toEqual({ error: expect.stringContaining("geen beeld dat we kunnen lezen") });
  });

  test("in a form as well", async () => {
    const answer = await sendImage(app, editor, "-", Buffer.alloc(16 * 1024 * 1024), {
      name: "groot.jpg",
      headers: json,
    });
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
    const answers = await Promise.all(
      photos.map((photo) => sendImage(app, editor, "-", photo, { name: "foto.jpg", headers: json })),
    );
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
    await expect.poll(card).toBe("card__image focal focal-x-3 focal-y-10");
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
    expect(await refused.text()).toMatch(/een tekst gebruikt het[\s\S]*Update: De opening/);

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
