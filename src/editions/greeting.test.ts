import { expect, onTestFinished, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { signIn } from "../../tests/support/desk.ts";
import { documentOf, read, sendNow, write } from "../../tests/support/edition-desk.ts";
import { finished, newsletterOf } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { minutes, startTestApp } from "../../tests/support/test-app.ts";
import { startSendingLoop } from "../deliveries/loop.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";

const to = desk("nl");

/** As somebody might fill in a form to see what comes of it. */
const odd = 'Jan <b>"de" $t(x)</b> {{y}} slot.unsubscribe.slot';

test("who gave a name is greeted by it in an edition, who gave none without", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url } });
  const newsletterId = await newsletterOf(app.ctx.db);
  await app.ctx.db.deleteFrom("subscriptions").execute();
  const people = { "jan@voorbeeld.nl": odd, "an@voorbeeld.nl": null };
  for (const [email, name] of Object.entries(people)) {
    const { id } = await app.ctx.db
      .insertInto("people")
      .values({ email, name, language: "nl", confirmed_at: app.ctx.now() })
      .returning("id")
      .executeTakeFirstOrThrow();
    const since = new Date(app.ctx.now().getTime() - minutes(60));
    await app.ctx.db
      .insertInto("subscriptions")
      .values({ newsletter_id: newsletterId, person_id: id, language: "nl", since })
      .execute();
  }
  const editor = await signIn(app, "editor");
  const id = await write(app, editor, { newsletterId, content: { greeting: true } });
  await sendNow(editor, id);
  const loop = startSendingLoop(app.ctx, 50);
  onTestFinished(loop.stop);
  app.advance(minutes(1));
  await finished(app.ctx.db, id);
  const mailOf = (address: string) =>
    sink.received.find(({ envelope }) => envelope.to.includes(address))?.mail ?? { html: "", text: "" };
  const jan = mailOf("jan@voorbeeld.nl");
  expect(jan.text).toContain(`Dag ${odd},\n`);
  expect(jan.html).toContain("Dag Jan &lt;b&gt;&quot;de&quot; $t(x)&lt;/b&gt; {{y}} slot.unsubscribe.slot,<");
  const an = mailOf("an@voorbeeld.nl");
  expect(an.text).toContain("\n\nDag,\n");
  expect(an.html).toContain(">Dag,<");

  const { slug } = await app.ctx.db
    .selectFrom("editions")
    .select("slug")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  const archived = await (await app.get(paths("nl").edition(slug))).text();
  expect(archived).toContain("<p>Dag,</p>");
  expect(archived).not.toContain("Jan");
});

test("the welcome greets by name, in the reader's language", async () => {
  const app = await startTestApp();
  await app.post(paths("nl").newsletter, { email: "jan@voorbeeld.nl", name: "Jan", consent: "yes" });
  await app.work();
  const [confirmation] = await app.mailbox("jan@voorbeeld.nl");
  const link = /\/bevestigen\/\S+/.exec(confirmation?.text ?? "")?.[0] ?? "";
  await app.post(link, {});
  await app.work();
  const welcome = (await app.mailbox("jan@voorbeeld.nl")).at(-1);
  expect(welcome?.text).toContain("Dag Jan,");
  expect(welcome?.html).toContain("Dag Jan,");
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  expect((await app.mailbox("an@voorbeeld.nl")).at(-1)?.text).toContain("Dag,");
});

test("an edition begins with a greeting until somebody takes the tick away; one from before has none", async () => {
  const app = await startTestApp();
  const newsletterId = await newsletterOf(app.ctx.db);
  const editor = await signIn(app, "editor", { name: "Noor" });
  await editor.post(to.part("newsletters", newsletterId, "new"));
  const { key } = await app.ctx.db
    .selectFrom("documents")
    .select("key")
    .where("kind", "=", "edition")
    .executeTakeFirstOrThrow();
  const { documentId } = await documentOf(app, key);
  const form = await read(editor, to.document("edition", documentId));
  expect(form).toMatch(/<input[^>]*name="greeting"[^>]* checked/);
  const shown = (id: string) => read(editor, `${to.part("editions", id, "preview")}?taal=nl`);
  const with_ = await write(app, editor, { newsletterId, content: { greeting: true } });
  expect(await shown(with_)).toContain("Dag Noor,");
  const before = await write(app, editor, { newsletterId });
  expect(await shown(before)).not.toContain("Dag Noor,");
});
