import sharp from "sharp";
import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { read, write } from "../../tests/support/edition-desk.ts";
import { newsletterOf } from "../../tests/support/sending.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");
const drawing = "/media/mail/updates/creative-bureaucracy-festival.svg.png";

test("a drawing of the starter content comes along in an edition as a picture that mail programs show", async () => {
  const app = await startTestApp({ starter: "seeds" });
  const { id: update } = await app.ctx.db
    .selectFrom("updates")
    .select("id")
    .where("image", "like", "%creative-bureaucracy-festival.svg")
    .executeTakeFirstOrThrow();
  const editor = await signIn(app, "editor");
  const newsletterId = await newsletterOf(app.ctx.db);
  const intro = { nl: "Dag.\n\n![Een podium](/media/updates/talkshow-dag-van-de-stad.svg)", en: "" };
  const id = await write(app, editor, { newsletterId, content: { intro, blocks: [{ update }] } });
  const html = await read(editor, `${to.part("editions", id, "html")}?taal=nl`);
  const sources = [...html.matchAll(/<img\s[^>]*?src="(https?:[^"]+)"/g)].map(([, src = ""]) => src);
  expect(sources).toEqual([
    `${app.origin}/media/mail/updates/talkshow-dag-van-de-stad.svg.png`,
    app.origin + drawing,
  ]);
  for (const src of sources) {
    const answer = await app.get(new URL(src).pathname);
    expect(answer.headers.get("content-type"), src).toBe("image/png");
    const { format, width } = await sharp(await answer.arrayBuffer()).metadata();
    expect([format, width]).toEqual(["png", 1088]);
  }
});

test("it is the same on an island's own host, asked for again by its mark, and leads to no other file", async () => {
  const app = await startTestApp({ starter: "seeds" });
  const first = await app.get(drawing, "cxo.localhost");
  expect(first.status).toBe(200);
  const headers = { "if-none-match": first.headers.get("etag") ?? "" };
  expect((await app.request(drawing, { headers })).status).toBe(304);
  for (const path of [
    "/media/mail/updates/bestaat-niet.svg.png",
    "/media/mail/updates/creative-bureaucracy-festival.svg.jpg",
    "/media/mail/..%2f..%2fpackage.json.png",
    "/media/mail/..%2fimages%2fupdates%2fcreative-bureaucracy-festival.svg.png",
    "/media/mail/updates/creative-bureaucracy-festival.svg",
  ])
    expect((await app.get(path)).status, path).toBe(404);
});
