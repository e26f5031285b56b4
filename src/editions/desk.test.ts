import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { finished, newsletterOf, subscribers } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { startSendingLoop } from "../deliveries/loop.ts";
import { desk } from "../desk-paths.ts";
import type { EditionContent } from "./table.ts";

const to = desk("nl");
const fast = { SEND_RATE: "5000", SEND_RATE_DOMAIN: "5000" };

const written: EditionContent = {
  subject: { nl: "Wat we leerden in de haven", en: "" },
  preheader: { nl: "Drie plekken", en: "" },
  intro: { nl: "Dag, kijk op [de site](/manifest) of in [de haven](/bestaat-niet).", en: "" },
  blocks: [],
  closing: { nl: "", en: "" },
};

/** Begins an edition by its button and writes in it; answers with its id. */
async function write(
  app: TestApp,
  by: Colleague,
  { newsletterId, content = {} }: { newsletterId: string; content?: Partial<EditionContent> },
): Promise<string> {
  const begun = await by.post(to.part("newsletters", newsletterId, "new"));
  expect(begun.status).toBe(303);
  const { id } = await app.ctx.db
    .selectFrom("editions")
    .select("id")
    .where("newsletter_id", "=", newsletterId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .executeTakeFirstOrThrow();
  await say(app, id, content);
  return id;
}

const say = (app: TestApp, id: string, content: Partial<EditionContent>) =>
  app.ctx.db
    .updateTable("documents")
    .set(({ eb }) => ({
      content: JSON.stringify({ ...written, ...content }),
      version: eb("version", "+", 1),
    }))
    .where("key", "=", id)
    .execute();

const read = async (by: Colleague, path: string) => {
  const response = await by.get(path);
  expect(response.status).toBe(200);
  return response.text();
};
const pageOf = (by: Colleague, id: string) => read(by, to.one("editions", id));
const seenIn = (page: string) => /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? "";
const sendNow = async (by: Colleague, id: string) =>
  by.post(to.part("editions", id, "send"), { seen: seenIn(await pageOf(by, id)) });

const documentOf = (app: TestApp, id: string) =>
  app.ctx.db
    .selectFrom("documents")
    .select("id as documentId")
    .where("kind", "=", "edition")
    .where("key", "=", id)
    .executeTakeFirstOrThrow();

function startSending(app: TestApp): void {
  const loop = startSendingLoop(app.ctx, 50);
  onTestFinished(loop.stop);
}

async function noted(app: TestApp): Promise<string[]> {
  const rows = await app.ctx.db.selectFrom("audit").select("action").orderBy("id").execute();
  return rows.map(({ action }) => action).filter((action) => action.startsWith("editions."));
}

test("an edition is begun, sent after a minute, and its page shows what became of each mail", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url, ...fast } });
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 20, ["een.example"]);
  sink.behave((address) =>
    address === "lezer-3@een.example" ? { kind: "refuse", at: "recipient", code: 550 } : { kind: "accept" },
  );
  const editor = await signIn(app, "editor");
  expect(await read(editor, to.section("newsletters"))).toContain("20 abonnees");
  const id = await write(app, editor, { newsletterId });
  const draft = await pageOf(editor, id);
  expect(draft).toContain("Wat we leerden in de haven");
  expect(draft).toContain("2 mensen lezen deze taal en krijgen de Nederlandse tekst.");
  expect(draft).toContain("Nu versturen aan 20 mensen");

  const sent = await sendNow(editor, id);
  expect(sent.headers.get("location")).toContain("done=send");
  const waiting = await pageOf(editor, id);
  expect(waiting).toContain("Nog 60 seconden");
  expect(waiting).toContain("Wat je nu nog schrijft, gaat niet mee.");
  startSending(app);
  await new Promise((done) => setTimeout(done, 300));
  expect(sink.received, "the minute is not over").toEqual([]);
  await say(app, id, { subject: { nl: "Te laat veranderd", en: "" } });
  app.advance(minutes(1));
  await finished(app.ctx.db, id);

  expect(sink.received).toHaveLength(19);
  expect(new Set(sink.received.map(({ mail }) => mail.subject))).toEqual(
    new Set(["Wat we leerden in de haven"]),
  );
  const after = await pageOf(editor, id);
  expect(after).toContain("De editie is verstuurd");
  expect(after).toContain("19 van 20 verstuurd");
  expect(after).toMatch(/data-figure="refused">\s*1\s*</);
  expect(await read(editor, `${to.one("newsletters", newsletterId)}?stand=sent`)).toContain("aan 20 mensen");

  sink.behave({ kind: "accept" });
  expect(after).toContain("Opnieuw naar 1 mens die geweigerd werd");
  await editor.post(to.part("editions", id, "resend"));
  await finished(app.ctx.db, id);
  expect(sink.received).toHaveLength(20);
  expect(sink.received.at(-1)?.envelope.to).toEqual(["lezer-3@een.example"]);
  expect(await noted(app)).toEqual(["editions.send", "editions.resend"]);
});

test("undo gives the draft back, and it can be sent anew with what was written since", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 2);
  const editor = await signIn(app, "editor");
  const id = await write(app, editor, { newsletterId });
  const { documentId } = await documentOf(app, id);
  const frozen = "Wat je nu schrijft, gaat niet mee.";
  expect(await read(editor, to.document("edition", documentId))).not.toContain(frozen);
  await sendNow(editor, id);
  expect(await read(editor, to.document("edition", documentId))).toContain(frozen);
  const undone = await editor.post(to.part("editions", id, "undo"));
  expect(undone.headers.get("location")).toContain("done=undo");
  const row = () =>
    app.ctx.db.selectFrom("editions").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  expect(await row()).toMatchObject({ state: "draft", content: null, send_at: null });
  await say(app, id, { subject: { nl: "Beter onderwerp", en: "" } });
  await sendNow(editor, id);
  expect(await row()).toMatchObject({ state: "scheduled", slug: "beter-onderwerp" });
  const again = await editor.post(to.part("editions", id, "stop"));
  expect(again.headers.get("location"), "nothing runs yet").toContain("done=late");
  await editor.post(to.part("editions", id, "cancel"));
  expect((await row()).state).toBe("cancelled");
  expect(await noted(app)).toEqual(["editions.send", "editions.undo", "editions.send", "editions.cancel"]);
});

test("a draft is thrown away with its text; what is on its way is not", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 1);
  const editor = await signIn(app, "editor");
  const gone = await write(app, editor, { newsletterId });
  app.advance(1000);
  const kept = await write(app, editor, { newsletterId });
  await sendNow(editor, kept);
  const removed = await editor.post(to.part("editions", gone, "remove"));
  expect(removed.headers.get("location")).toBe(`${to.one("newsletters", newsletterId)}?done=removed`);
  expect((await editor.get(to.one("editions", gone))).status).toBe(404);
  await expect(documentOf(app, gone)).rejects.toThrow();
  await editor.post(to.part("editions", kept, "remove"));
  expect(await pageOf(editor, kept)).toContain("Nog 60 seconden");
});

test("what somebody did not see is not sent: neither another's words nor another audience", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 2);
  const editor = await signIn(app, "editor");
  const id = await write(app, editor, { newsletterId });
  const seen = seenIn(await pageOf(editor, id));
  await say(app, id, { preheader: { nl: "Iets anders", en: "" } });
  const refused = await editor.post(to.part("editions", id, "send"), { seen });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("De editie veranderde terwijl je keek.");
  const seenThen = seenIn(await pageOf(editor, id));
  await editor.post(to.part("editions", id, "save"), { language: "nl" });
  expect((await editor.post(to.part("editions", id, "send"), { seen: seenThen })).status).toBe(422);
  expect((await sendNow(editor, id)).status).toBe(303);
});

test("an edition that says nothing, or that nobody gets, stays where it is", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  const editor = await signIn(app, "editor");
  const empty = await write(app, editor, { newsletterId, content: { subject: { nl: "", en: "" } } });
  const page = await pageOf(editor, empty);
  expect(page).toContain("Er is nog geen taal met een onderwerp en een begin.");
  expect(page).toContain("Er is niemand om de editie aan te sturen.");
  expect(seenIn(page), "no button to send").toBe("");
  const { version } = await app.ctx.db
    .selectFrom("documents")
    .select("version")
    .where("key", "=", empty)
    .executeTakeFirstOrThrow();
  await subscribers(app.ctx.db, newsletterId, 1);
  const seen = `${version}-44136fa355b3`; // the hash of no segment at all
  const forced = await editor.post(to.part("editions", empty, "send"), { seen });
  expect(forced.status).toBe(422);
  expect(await forced.text()).toContain("Er is nog geen taal met een onderwerp en een begin.");
  expect(await noted(app)).toEqual([]);
});

test("it is planned on the Dutch clock, and the moment that was typed is asked again where it is wrong", async () => {
  const app = await startTestApp({ now: new Date("2026-03-20T10:00:00Z") });
  const newsletterId = await newsletterOf(app.ctx.db);
  await app.ctx.db.deleteFrom("subscriptions").execute();
  await subscribers(app.ctx.db, newsletterId, 1);
  await app.ctx.db.updateTable("subscriptions").set({ since: app.ctx.now() }).execute();
  const editor = await signIn(app, "editor");
  const id = await write(app, editor, { newsletterId });
  const path = to.part("editions", id, "schedule");
  const form = await read(editor, path);
  expect(form).toMatch(/name="day" value="21"/);
  const moment = { seen: seenIn(form), day: "29", month: "3", year: "2026", hour: "02", minute: "30" };
  const skipped = await editor.post(path, moment);
  expect(skipped.status).toBe(422);
  expect(await skipped.text()).toContain('value="29"');
  const past = await editor.post(path, { ...moment, day: "19" });
  expect(past.status).toBe(422);
  const planned = await editor.post(path, { ...moment, hour: "09" });
  expect(planned.headers.get("location")).toContain("done=schedule");
  expect(await pageOf(editor, id)).toContain("29 maart 2026 om 09:30");
  const { send_at } = await app.ctx.db
    .selectFrom("editions")
    .select("send_at")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  expect(send_at?.toISOString()).toBe("2026-03-29T07:30:00.000Z");
  expect(await noted(app)).toEqual(["editions.schedule"]);
});

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
  expect(await pageOf(editor, id)).not.toContain("/bestaat-niet");
  const answer = await editor.post(to.part("editions", id, "checkLink"));
  expect(answer.status).toBe(200);
  const page = await answer.text();
  expect(page).toContain("2 links werken niet:");
  expect(page).toContain(`${app.origin}/bestaat-niet`);
  expect(page).toContain("Deze pagina antwoordt met een fout (404).");
  expect(page).not.toContain(`>${app.origin}/manifest<`);
  expect(asked, "an address inside is not asked").toEqual([]);
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
  expect(await pageOf(writer, id)).toContain("Versturen doet wie dit initiatief leidt.");
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
