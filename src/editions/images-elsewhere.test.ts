import { expect, onTestFinished, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { documentOf, pageOf, read, sendNow, write } from "../../tests/support/edition-desk.ts";
import { loadedBy, withForeignImages } from "../../tests/support/foreign-images.ts";
import { finished, newsletterOf, subscribers } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { minutes, startTestApp } from "../../tests/support/test-app.ts";
import { startSendingLoop } from "../deliveries/loop.ts";
import { desk } from "../desk-paths.ts";
import { paths, technical } from "../paths.ts";

const elsewhere = /tracker|data:image\/(?:svg|png;base64,iVBORw0KGgoAAAANSUhEUg$)|beheer/;
const both = (nl: string) => ({ nl, en: "" });

test("images from elsewhere are named before an edition is sent, and in no mail, page, feed or preview of it", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url } });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, 1);
  const island = await app.given.initiative({ slug: "haven" });
  const update = await app.given.update({ initiativeId: island.id, slug: "boot" });
  await db
    .updateTable("updates")
    .set({ body: JSON.stringify({ nl: withForeignImages }) })
    .where("id", "=", update.id)
    .execute();
  const editor = await signIn(app, "editor");
  const content = {
    intro: both(withForeignImages),
    closing: both("![Foto](https://tracker.example/slot.gif)"),
    blocks: [{ update: update.id }],
  };
  const id = await write(app, editor, { newsletterId, content });
  const { documentId } = await documentOf(app, id);

  const before = await pageOf(editor, id);
  expect(before).toMatch(
    /\d+ beelden staan op een andere site en gaan niet mee: https:\/\/tracker\.example\/p\.gif /,
  );
  const writing = await read(editor, desk("nl").document("edition", documentId));
  expect(writing).toContain("Deze beelden staan op een andere site.");
  expect(writing).toContain("<code>https://tracker.example/slot.gif</code>");
  const shown = await read(editor, `${desk("nl").part("editions", id, "html")}?taal=nl&beeld=light`);
  expect(loadedBy(shown).join(" ")).not.toMatch(elsewhere);

  await sendNow(editor, id);
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  app.advance(minutes(1));
  await finished(db, id);
  const [received] = sink.received;
  const html = String(received?.mail.html);
  expect(html).toContain("Foto in link");
  expect(loadedBy(html).join(" ")).not.toMatch(elsewhere);

  const { slug } = await db
    .selectFrom("editions")
    .select("slug")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const to = paths("nl");
  const pages = [
    to.edition(slug),
    to.newsletterAtom,
    to.newsletterJson,
    to.island("haven").update("boot"),
    to.updatesAtom,
    to.updatesJson,
  ];
  for (const path of [...pages, to.island("haven").updatesAtom, to.newsletter, to.updates]) {
    const body = await (await app.get(path)).text();
    const html = path.endsWith(".json") ? JSON.stringify(JSON.parse(body)).replaceAll('\\"', '"') : body;
    const whole = path.endsWith(".atom")
      ? html
          .replaceAll("&lt;", "<")
          .replaceAll("&gt;", ">")
          .replaceAll("&quot;", '"')
          .replaceAll("&amp;", "&")
      : html;
    expect(loadedBy(whole).join(" "), path).not.toMatch(/tracker|beheer/);
  }
  expect((await app.get(technical.editionImage("nl", null, slug))).status).toBe(200);
});

test("the page to write an update names images from elsewhere, and only those", async () => {
  const app = await startTestApp();
  const { id } = await app.given.initiative({ slug: "haven" });
  const lead = await signIn(app, "lead", { initiativeId: id });
  const path = (await lead.post(desk("nl").newDocument("update", id))).headers.get("location")!;
  const save = (body: string, version: string) =>
    lead.post(`${path}/bewaren`, { version, "title.nl": "Boot", "body.nl": body });
  await save("![Haven](/media/haven.jpg) en [een link](https://www.voorbeeld.nl/foto.jpg)", "1");
  expect(await read(lead, path)).not.toContain("op een andere site");
  await save("![p](https://tracker.example/<b>.gif)\n\n![p](data:image/png;base64,iVBORw0KGgo)", "2");
  const page = await read(lead, path);
  expect(page).toContain("Deze beelden staan op een andere site.");
  expect(page).toContain("https://tracker.example/%3Cb%3E.gif");
  expect(page).toContain("<code>data:image/png;base64,iVBORw0KGgo</code>");
});
