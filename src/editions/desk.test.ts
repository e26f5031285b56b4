import { expect, onTestFinished, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { signIn } from "../../tests/support/desk.ts";
import {
  documentOf,
  noted,
  pageOf,
  read,
  say,
  seenIn,
  sendNow,
  write,
} from "../../tests/support/edition-desk.ts";
import { finished, newsletterOf, subscribers } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { startSendingLoop } from "../deliveries/loop.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");
const fast = { SEND_RATE: "5000", SEND_RATE_DOMAIN: "5000" };

/** Where the link to choose a moment leads. */
const scheduleLinkIn = (page: string) =>
  /href="([^"]+\?seen=[^"]+)"/.exec(page)?.[1]?.replaceAll("&amp;", "&") ?? "";

function startSending(app: TestApp): void {
  const loop = startSendingLoop(app.ctx, 50);
  onTestFinished(loop.stop);
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
  expect(after).toContain("Opnieuw sturen naar 1 mens bij wie de mail geweigerd werd");
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

test("what changes while somebody chooses a moment is not sent at that moment", async () => {
  const app = await startTestApp({ now: new Date("2026-03-20T10:00:00Z") });
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 1);
  await app.ctx.db.updateTable("subscriptions").set({ since: app.ctx.now() }).execute();
  const editor = await signIn(app, "editor");
  const id = await write(app, editor, { newsletterId });
  const path = to.part("editions", id, "schedule");
  expect((await editor.get(path)).headers.get("location"), "nothing was seen").toBe(to.one("editions", id));
  const link = scheduleLinkIn(await pageOf(editor, id));
  await say(app, id, { preheader: { nl: "Iets anders", en: "" } });
  const moment = { day: "29", month: "3", year: "2026", hour: "09", minute: "30" };
  const wrong = await editor.post(path, { ...moment, day: "32", seen: seenIn(await read(editor, link)) });
  const refused = await editor.post(path, { ...moment, seen: seenIn(await wrong.text()) });
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain("De editie veranderde terwijl je keek.");
  const now = seenIn(await read(editor, scheduleLinkIn(await pageOf(editor, id))));
  expect((await editor.post(path, { ...moment, seen: now })).status).toBe(303);
});

test("an edition in English only is called by its English subject, also in the welcome", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 1);
  const editor = await signIn(app, "editor");
  const content = { subject: { nl: "", en: "News from the harbour" }, intro: { nl: "", en: "Hello." } };
  const id = await write(app, editor, { newsletterId, content });
  const listed = await read(editor, to.one("newsletters", newsletterId));
  expect(listed).toMatch(/lang="en"[^>]*>\s*News from the harbour/);
  expect(listed).not.toContain("nog zonder onderwerp");
  expect(await pageOf(editor, id)).toContain("<title>News from the harbour");
  const { documentId } = await documentOf(app, id);
  expect(await read(editor, to.document("edition", documentId))).toMatch(/<h1[^>]*>\s*News from the harbour/);
  await sendNow(editor, id);
  const row = () =>
    app.ctx.db.selectFrom("editions").select("slug").where("id", "=", id).executeTakeFirstOrThrow();
  expect((await row()).slug).toBe("news-from-the-harbour");
  const { subject } = await app.ctx.db
    .selectFrom("audit")
    .select("subject")
    .where("action", "=", "editions.send")
    .executeTakeFirstOrThrow();
  expect(subject).toBe("News from the harbour");
  await app.ctx.db
    .updateTable("editions")
    .set({ state: "sent", started_at: app.ctx.now() })
    .where("id", "=", id)
    .execute();
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  const welcome = (await app.mailbox("an@voorbeeld.nl")).at(-1)?.text;
  expect(welcome).toContain("Dit stuurden we het laatst: “News from the harbour”");
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
  const form = await read(editor, scheduleLinkIn(await pageOf(editor, id)));
  expect(form).toMatch(/name="day" value="21"/);
  const moment = { seen: seenIn(form), day: "29", month: "3", year: "2026", hour: "02", minute: "30" };
  const skipped = await editor.post(path, moment);
  expect(skipped.status).toBe(422);
  const again = await skipped.text();
  expect(again).toContain('value="29"');
  expect(seenIn(again)).toBe(moment.seen);
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
