import sharp from "sharp";
import { expect, test } from "vitest";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths, technical } from "../paths.ts";

const { shareImage } = technical;

async function picture(app: TestApp, path: string, host?: string) {
  const answer = await app.get(path, host);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get("content-type")).toBe("image/png");
  return Buffer.from(await answer.arrayBuffer());
}

/** How many bright dots the part of the picture has where the words stand: letters, not sea. */
async function bright(png: Buffer): Promise<number> {
  const left = { left: 60, top: 140, width: 560, height: 340 };
  const dots = await sharp(png).extract(left).greyscale().raw().toBuffer();
  return dots.filter((dot) => dot > 200).length;
}

test("the movement, each island and each update have a picture of 1200 by 630 in both languages", async () => {
  const app = await startTestApp();
  const cxo = "op-pad-met-de-cxo";
  const update = await app.ctx.db.selectFrom("updates").select("slug").executeTakeFirstOrThrow();
  for (const language of ["nl", "en"] as const)
    for (const path of [
      shareImage(language, null, null),
      shareImage(language, cxo, null),
      shareImage(language, cxo, update.slug),
    ]) {
      const png = await picture(app, path);
      expect(await sharp(png).metadata()).toMatchObject({ format: "png", width: 1200, height: 630 });
      expect(await bright(png), path).toBeGreaterThan(3000);
      expect(await picture(app, path, "cxo.localhost")).toEqual(png);
    }
});

test("pages name a picture that is there", async () => {
  const app = await startTestApp();
  const pages: [string, string?][] = [
    [paths("nl").updates],
    [paths("en").island("op-pad-met-de-cxo").updates],
    ["/updates/creative-bureaucracy-festival", "cxo.localhost"],
  ];
  for (const [path, host] of pages) {
    const html = await (await app.get(path, host)).text();
    const named = /property="og:image" content="([^"]+)"/.exec(html)?.[1];
    const { pathname, hostname } = new URL(named ?? "");
    await picture(app, pathname, hostname);
  }
});

test("there is no picture of what isn't there, nor of what isn't out yet", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative();
  const tomorrow = new Date(app.ctx.now().getTime() + days(1));
  const later = await app.given.update({ initiativeId: id, publishedAt: tomorrow });
  const missing = [
    shareImage("nl", null, null), // no movement in an empty database
    shareImage("nl", "nergens", null),
    shareImage("nl", slug, "nooit"),
    shareImage("nl", slug, later.slug),
    `${shareImage("nl", slug, null)}?title=Iets%20anders`.replace(slug, "iets-anders"),
    shareImage("nl", slug, null).replace(".png", ""),
    shareImage("nl", slug, null).replace("/nl/", "/de/"),
  ];
  for (const path of missing) expect((await app.get(path)).status, path).toBe(404);
  const plain = await picture(app, shareImage("nl", slug, null));
  expect(await picture(app, `${shareImage("nl", slug, null)}?title=Iets%20anders`)).toEqual(plain);
});

test("a picture that the asker has already is not sent again, until its words change", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative();
  const path = shareImage("nl", slug, null);
  const etag = (await app.get(path)).headers.get("etag") ?? "";
  const again = () => app.request(path, { headers: { "if-none-match": etag } });
  expect((await again()).status).toBe(304);
  const name = JSON.stringify({ nl: "Een nieuwe naam" });
  await app.ctx.db.updateTable("initiatives").set({ name }).where("id", "=", id).execute();
  const changed = await again();
  expect(changed.status).toBe(200);
  expect(changed.headers.get("etag")).not.toBe(etag);
});

test("any title makes a picture: very long, one long word, markup, letters that no typeface here has", async () => {
  const app = await startTestApp({ starter: "none" });
  const { id, slug } = await app.given.initiative({ name: "Łódź & <b>Ĳsselmeer</b> 🙂" });
  const titles = [
    "Een heel lange titel die maar doorgaat. ".repeat(12),
    "Arbeidsongeschiktheidsverzekeringsmaatschappij".repeat(3),
    "</svg><script>alert(1)</script>",
    "مرحبا 🙂",
    "x",
  ];
  for (const title of titles) {
    const update = await app.given.update({ initiativeId: id, title });
    const png = await picture(app, shareImage("nl", slug, update.slug));
    expect(await bright(png), title).toBeGreaterThan(300);
  }
});
