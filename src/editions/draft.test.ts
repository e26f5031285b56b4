import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { pageOf, read, say, sendNow, write } from "../../tests/support/edition-desk.ts";
import { givenEdition } from "../../tests/support/editions.ts";
import { newsletterOf, subscribers } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { minutes, startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import type { EditionState } from "./table.ts";

const to = desk("nl");

test("a part of the subscribers is counted beforehand, and days that cannot be are asked again", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 20);
  const editor = await signIn(app, "editor");
  const id = await write(app, editor, { newsletterId });
  const save = (fields: Record<string, string>) => editor.post(to.part("editions", id, "save"), fields);
  await save({ language: "en" });
  expect(await pageOf(editor, id)).toContain("2 mensen.");
  const wrong = await save({ "from-day": "31", "from-month": "2", "from-year": "2026" });
  expect(wrong.status).toBe(422);
  const page = await wrong.text();
  expect(page).toContain("Deze dag bestaat niet.");
  expect(page).toMatch(/name="from-day" value="31"/);
  await save({ language: "", "from-day": "1", "from-month": "1", "from-year": "2099" });
  expect(await pageOf(editor, id)).toContain("Er is niemand om de editie aan te sturen.");
  const theme = await app.ctx.db.selectFrom("themes").select("slug").limit(1).executeTakeFirstOrThrow();
  await save({ language: "", [`theme-${theme.slug}`]: "yes" });
  const { segment } = await app.ctx.db
    .selectFrom("editions")
    .select("segment")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(segment).toEqual({ themes: [theme.slug] });
});

test("dead links are found: inside the program without the network, elsewhere by asking", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 1);
  const editor = await signIn(app, "editor");
  const asked: string[] = [];
  const elsewhere = createServer(({ url = "" }, answer) => {
    asked.push(url);
    answer.end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void elsewhere.close());
  await once(elsewhere, "listening");
  const { port } = elsewhere.address() as AddressInfo;
  const intro = `[a](/manifest) [b](/bestaat-niet) [c](http://127.0.0.1:${port}/intern)`;
  const id = await write(app, editor, { newsletterId, content: { intro: { nl: intro, en: "" } } });
  const fine = "We keken alles na en vonden niets om te verbeteren.";
  const before = await pageOf(editor, id);
  expect(before).not.toContain("/bestaat-niet");
  expect(before).toContain("De links zijn nog niet nagekeken.");
  expect(before).not.toContain(fine);
  const look = async () => {
    const answer = await editor.post(to.part("editions", id, "checkLink"));
    expect(answer.status).toBe(303);
    return answer.headers.get("location") ?? "";
  };
  const found = await look();
  expect(found).toMatch(/#links$/);
  const page = await read(editor, found);
  expect(page, "it stays when the page is read again").toBe(await read(editor, found));
  expect(page).toContain("<title>De links zijn nagekeken");
  expect(page).toContain("2 links werken niet. Hieronder staat welke.");
  expect(page).not.toContain(fine);
  expect(page).toContain("2 links werken niet:");
  expect(page).toContain(`${app.origin}/bestaat-niet`);
  expect(page).toContain("Deze pagina antwoordt met een fout (404).");
  expect(page).not.toContain(`>${app.origin}/manifest<`);
  expect(asked, "an address inside is not asked").toEqual([]);

  await say(app, id, { preheader: { nl: "Wat er te zien is", en: "" }, intro: { nl: "Dag.", en: "" } });
  const changed = await read(editor, found);
  expect(changed, "those were other links").toContain("De links zijn nog niet nagekeken.");
  const clean = await read(editor, await look());
  expect(clean).toContain(fine);
  expect(clean).toContain("link nagekeken: hij werkt.");
});

test("the address of a form shows the edition to who reads it again", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  const editor = await signIn(app, "editor");
  const id = await write(app, editor, { newsletterId });
  for (const part of ["checkLink", "testSend", "save", "send", "undo", "cancel"] as const) {
    const answer = await editor.get(to.part("editions", id, part));
    expect([answer.status, answer.headers.get("location")], part).toEqual([303, to.one("editions", id)]);
  }
});

test("a test goes to who asks for it and nobody else, with links that end nothing", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 3);
  const editor = await signIn(app, "editor", { email: "ed@example.org" });
  const id = await write(app, editor, { newsletterId });
  await editor.post(to.part("editions", id, "testSend"));
  await app.work();
  const mails = await app.mailbox();
  expect(mails.map(({ recipient, subject }) => [recipient, subject])).toEqual([
    ["ed@example.org", "[Proef] Wat we leerden in de haven"],
  ]);
  const { html = "", text = "" } = mails[0] ?? {};
  expect(html + text).not.toMatch(/slot\.\w+\.slot|\/afmelden\//);
  for (const [, href = ""] of html.matchAll(/href="(http[^"]+)"/g))
    if (!href.endsWith("/bestaat-niet"))
      expect((await app.get(new URL(href).pathname)).status, href).toBe(200);
});

test("an edition in two languages is tested in two mails, and a test that could not be sent says so", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url } });
  const newsletterId = await newsletterOf(app.ctx.db);
  const editor = await signIn(app, "editor", { email: "ed@example.org" });
  const content = { subject: { nl: "Nieuws", en: "News" }, intro: { nl: "Dag.", en: "Hello." } };
  const id = await write(app, editor, { newsletterId, content });
  const failed = "De vorige proef kon niet weg.";
  const tryIt = async () => {
    await editor.post(to.part("editions", id, "testSend"));
    // The last try, now.
    await sql`update pgboss.job set retry_limit = 0 where name = 'editions.test'`.execute(app.ctx.db);
    await app.work();
    return pageOf(editor, id);
  };
  sink.behave({ kind: "refuse", at: "recipient", code: 451 });
  expect(await tryIt()).toContain(failed);
  expect(await pageOf(await signIn(app, "editor"), id), "to who asked for it alone").not.toContain(failed);
  sink.behave({ kind: "accept" });
  expect(await tryIt()).not.toContain(failed);
  expect(sink.received.map(({ mail }) => mail.subject).sort()).toEqual(["[Proef] Nieuws", "[Test] News"]);
});

test("the mail is seen in each language, by day and by night, and nothing in it runs", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  const editor = await signIn(app, "editor");
  const content = {
    subject: { nl: "Nieuws", en: "News" },
    intro: { nl: "Dag <script>x</script>", en: "Hello ![](/media/a.jpg)" },
  };
  const id = await write(app, editor, { newsletterId, content });
  const page = await editor.get(`${to.part("editions", id, "preview")}?taal=en&beeld=dark`);
  expect(page.headers.get("content-security-policy")).toContain("frame-src 'self'");
  const shown = await page.text();
  expect(shown).toContain("?taal=en&amp;beeld=dark");
  const html = to.part("editions", id, "html");
  const dark = await editor.get(`${html}?taal=en&beeld=dark`);
  const policy = dark.headers.get("content-security-policy") ?? "";
  expect(policy).toContain(`img-src data: ${app.origin};`);
  expect(policy).toMatch(/^default-src 'none'/);
  expect(policy).not.toContain("script-src");
  const night = await dark.text();
  expect(night).toContain("@media all");
  expect(night).toContain("Hello");
  const light = await (await editor.get(`${html}?taal=nl`)).text();
  expect(light).toContain("@media not all");
  expect(light).not.toContain("<script>");
  expect((await editor.get(`${html}?taal=de`)).status).toBe(404);
});

test("an island's editor writes, its lead sends; neither touches another's", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ slug: "eigen" });
  const other = await app.given.initiative({ slug: "ander" });
  const ownNewsletter = await newsletterOf(app.ctx.db, "eigen");
  const otherNewsletter = await newsletterOf(app.ctx.db, "ander");
  await subscribers(app.ctx.db, ownNewsletter, 1);
  const writer = await signIn(app, "island-editor", { initiativeId: own.id });
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const stranger = await signIn(app, "lead", { initiativeId: other.id });
  const id = await write(app, writer, { newsletterId: ownNewsletter });
  expect(await pageOf(writer, id)).toContain("De trekker verstuurt de editie.");
  expect((await writer.post(to.part("editions", id, "send"), { seen: "x" })).status).toBe(403);
  expect((await stranger.get(to.one("editions", id))).status).toBe(403);
  expect((await lead.post(to.part("newsletters", otherNewsletter, "new"))).status).toBe(403);
  expect((await sendNow(lead, id)).status).toBe(303);
  expect((await stranger.get(to.part("editions", id, "progress"))).status).toBe(403);
  const { headers } = writer;
  const leave = new AbortController();
  const { signal } = leave;
  const live = await fetch(app.origin + to.part("editions", id, "progress"), { headers, signal });
  const first = await live.body?.getReader().read();
  leave.abort();
  expect(new TextDecoder().decode(first?.value)).toMatch(/^event: progress\ndata: {"state":"scheduled"/);
});

test("editions are listed newest first, a page at a time, and by what became of them", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  const editor = await signIn(app, "editor");
  for (let number = 1; number <= 32; number++) {
    app.advance(minutes(1));
    const subject = { nl: `Nummer ${number}.`, en: "" };
    await write(app, editor, { newsletterId, content: { subject } });
  }
  const first = await read(editor, to.one("newsletters", newsletterId));
  expect(first.indexOf("Nummer 32.")).toBeLessThan(first.indexOf("Nummer 31."));
  expect(first).not.toContain("Nummer 2.");
  const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll("&amp;", "&") ?? "";
  expect(await read(editor, next)).toContain("Nummer 2.");
  expect(await read(editor, `${to.one("newsletters", newsletterId)}?stand=sent`)).toContain(
    "Zo’n editie is er niet.",
  );
});

test("the list tells to how many an edition went only once it went to all of them", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  const editor = await signIn(app, "editor");
  const { id } = await givenEdition(app, { state: "freezing" });
  const listed = async (state: EditionState, audience: number | null) => {
    await app.ctx.db.updateTable("editions").set({ state, audience }).where("id", "=", id).execute();
    return read(editor, to.one("newsletters", newsletterId));
  };
  expect(await listed("freezing", null)).not.toMatch(/aan \d+ mens/);
  expect(await listed("cancelled", 12)).not.toMatch(/aan \d+ mens/);
  expect(await listed("sent", 12)).toContain("aan 12 mensen");
  expect(await listed("sent", 1)).toMatch(/aan 1 mens\b/);
});
