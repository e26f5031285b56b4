import { expect, test } from "vitest";
import { linkIn, rejectLinkIn, subscribe, subscribeAndConfirm } from "../../tests/support/acts.ts";
import { days, hours, minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { lookForDueMails, tidyConfirmations } from "../confirmations/jobs.ts";
import { paths } from "../paths.ts";

const to = paths("nl");
const subscriptions = (app: TestApp) =>
  app.ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .select(["p.email", "p.name", "s.ended_at"])
    .orderBy("p.email")
    .execute();
const look = async (app: TestApp) => {
  await lookForDueMails.run(app.ctx, {});
  return app.work();
};

test("a visitor subscribes, confirms by mail and is welcomed, with the proof of consent kept", async () => {
  const app = await startTestApp();
  const sent = await app.post(to.newsletter, { email: " Jan@Voorbeeld.NL ", name: "Jan", consent: "yes" });
  expect(sent.status).toBe(303);
  expect(sent.headers.get("location")).toBe(to.checkMail);
  expect(await subscriptions(app)).toEqual([]);

  await app.work();
  const [mail] = await app.mailbox("jan@voorbeeld.nl");
  expect(mail?.subject).toContain("Bevestig");
  const link = linkIn(mail!, "/bevestigen/");
  const page = await app.get(link);
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(await page.text()).toContain("Je aanmelden voor");
  expect(await subscriptions(app), "looking confirms nothing: mail scanners do that").toEqual([]);

  const confirmed = await app.post(link, {});
  expect(confirmed.status).toBe(303);
  expect(await (await app.get(link)).text()).toContain("Gelukt");
  expect(await subscriptions(app)).toEqual([{ email: "jan@voorbeeld.nl", name: "Jan", ended_at: null }]);
  const [consent] = await app.ctx.db.selectFrom("consents").selectAll().execute();
  expect(consent).toMatchObject({
    text: "Ja, stuur mij de nieuwsbrief en bewaar daarvoor mijn mailadres",
    form_url: `${app.origin}${to.newsletter}`,
  });

  await app.work();
  const welcome = (await app.mailbox("jan@voorbeeld.nl"))[1]!;
  expect(welcome.subject).toContain("Welkom");
  expect(welcome.headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  expect(welcome.headers["List-Unsubscribe"], "nobody reads mail to leave").toMatch(/^<http[^>]+>$/);
  expect(welcome.headers["List-Id"]).toMatch(/^<[0-9a-f-]{36}\.nieuwsbrief\.localhost>$/);
  expect(welcome.text).toContain("/afmelden/");
});

test("confirming twice, also at the same moment, counts once", async () => {
  const app = await startTestApp();
  await subscribe(app, "an@voorbeeld.nl");
  await app.work();
  const link = linkIn((await app.mailbox())[0]!, "/bevestigen/");
  await Promise.all(Array.from({ length: 10 }, () => app.post(link, {})));
  await app.work();
  expect(await subscriptions(app)).toHaveLength(1);
  expect(await app.mailbox()).toHaveLength(2);
});

test("without consent or with a wrong address nothing happens, and what was typed stays", async () => {
  const app = await startTestApp();
  const answer = await app.post(to.newsletter, { email: "jan@", name: "Jan <b>de</b> Wit" });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("<title>2 foutmeldingen - ");
  expect(page).toContain('value="jan@"');
  expect(page).toContain("Jan &lt;b&gt;de&lt;/b&gt; Wit");
  expect(page).toContain("Dit e-mailadres klopt niet");
  expect(page).toContain("Zet een vinkje");
  expect(await app.work()).toBe(0);
});

test("who is subscribed already sees the same, and hears so by mail", async () => {
  const app = await startTestApp();
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  app.advance(hours(2));
  const again = await subscribe(app, "an@voorbeeld.nl");
  const stranger = await subscribe(app, "nieuw@voorbeeld.nl");
  expect([again.status, again.headers.get("location")]).toEqual([
    stranger.status,
    stranger.headers.get("location"),
  ]);
  await app.work();
  const mails = await app.mailbox("an@voorbeeld.nl");
  expect(mails).toHaveLength(3);
  expect(mails[2]?.text).toMatch(/Je hoeft\s+niets te doen/);
  expect(mails[2]?.text).not.toContain("/bevestigen/");
});

test("the same form again within the hour sends nothing; after the hour the same link once more", async () => {
  const app = await startTestApp();
  for (let times = 0; times < 4; times++) await subscribe(app, "an@voorbeeld.nl");
  await app.work();
  expect(await app.mailbox()).toHaveLength(1);
  await subscribe(app, "an@voorbeeld.nl");
  await look(app);
  expect(await app.mailbox()).toHaveLength(1);
  app.advance(minutes(61));
  await look(app);
  const mails = await app.mailbox();
  expect(mails).toHaveLength(2);
  expect(linkIn(mails[1]!, "/bevestigen/")).toBe(linkIn(mails[0]!, "/bevestigen/"));
  expect(mails[1]?.message_id).not.toBe(mails[0]?.message_id);
});

test("forms at the same moment send one mail", async () => {
  const app = await startTestApp();
  await Promise.all(Array.from({ length: 5 }, () => subscribe(app, "an@voorbeeld.nl")));
  await app.work();
  expect(await app.mailbox()).toHaveLength(1);
});

test("another form of the same address waits its hour, and a day holds three mails", async () => {
  const app = await startTestApp();
  const islands = ["op-pad-met-de-cxo", "agenda-stad", "city-deals", "slimmernetwerk"];
  const counts = [];
  for (const slug of islands) {
    await subscribe(app, "an@voorbeeld.nl", to.island(slug).newsletter);
    await look(app);
    counts.push((await app.mailbox()).length);
    app.advance(hours(1));
  }
  app.advance(hours(20));
  await look(app);
  counts.push((await app.mailbox()).length);
  expect(counts).toEqual([1, 2, 3, 3, 4]);
});

test("one reminder after seven days; after 21 days the link is over and the acts are gone", async () => {
  const app = await startTestApp();
  await subscribe(app, "an@voorbeeld.nl");
  await app.work();
  app.advance(days(6));
  await look(app);
  expect(await app.mailbox()).toHaveLength(1);
  app.advance(days(1));
  await look(app);
  await look(app);
  const mails = await app.mailbox();
  expect(mails).toHaveLength(2);
  expect(mails[1]?.subject).toContain("Weet je het nog");
  const link = linkIn(mails[1]!, "/bevestigen/");
  expect((await app.get(link)).status).toBe(200);

  app.advance(days(14));
  expect((await app.get(link)).status).toBe(404);
  await app.post(link, {});
  expect(await subscriptions(app)).toEqual([]);
  await tidyConfirmations.run(app.ctx, {});
  expect(await app.ctx.db.selectFrom("acts").selectAll().execute()).toEqual([]);
  expect(await app.ctx.db.selectFrom("confirmations").selectAll().execute()).toEqual([]);
});

test("“dit was ik niet” removes everything and keeps mail away for a day", async () => {
  const app = await startTestApp();
  await subscribe(app, "an@voorbeeld.nl");
  await subscribe(app, "an@voorbeeld.nl", to.island("agenda-stad").newsletter);
  await app.work();
  const [mail] = await app.mailbox();
  const reject = rejectLinkIn(mail!);
  expect(await (await app.get(reject)).text()).toContain("Was jij dit niet?");
  await app.post(reject, {});
  expect(await (await app.get(reject)).text()).toContain("Alles is verwijderd");
  await app.post(linkIn(mail!, "/bevestigen/"), {});
  expect(await subscriptions(app)).toEqual([]);
  const left = await app.ctx.db.selectFrom("acts").select(["email", "name", "payload"]).execute();
  const empty = { email: null, name: null, payload: {} };
  expect(left, "also what no mail listed yet").toEqual([empty, empty]);

  app.advance(hours(23));
  await subscribe(app, "an@voorbeeld.nl");
  await look(app);
  expect(await app.mailbox()).toHaveLength(1);
  app.advance(hours(2));
  await subscribe(app, "an@voorbeeld.nl");
  await look(app);
  expect(await app.mailbox()).toHaveLength(2);
});

test("a made-up or altered link leads nowhere", async () => {
  const app = await startTestApp();
  await subscribe(app, "an@voorbeeld.nl");
  await app.work();
  const link = linkIn((await app.mailbox())[0]!, "/bevestigen/");
  const altered = `${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`;
  expect((await app.get(altered)).status).toBe(404);
  await app.post(altered, {});
  expect(await subscriptions(app)).toEqual([]);
  const token = link.split("/").pop()!;
  expect((await app.get(to.unsubscribe(token))).status, "a token serves one purpose").toBe(404);
});

test("unsubscribing asks first, works without signing in, and sticks", async () => {
  const app = await startTestApp();
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  const link = linkIn((await app.mailbox())[1]!, "/afmelden/");
  expect(await (await app.get(link)).text()).toContain("Ja, meld me af");
  expect((await subscriptions(app))[0]?.ended_at).toBeNull();
  const posted = await app.post(link, {}, { headers: { accept: "text/html,*/*" } });
  expect(posted.status).toBe(303);
  expect(await (await app.get(link)).text()).toContain("Je bent afgemeld");
  expect((await subscriptions(app))[0]?.ended_at).not.toBeNull();
});

test("a mail provider's one click ends the subscription without a page (RFC 8058)", async () => {
  const app = await startTestApp();
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  const link = linkIn((await app.mailbox())[1]!, "/afmelden/");
  const answer = await app.post(link, { "List-Unsubscribe": "One-Click" });
  expect([answer.status, await answer.text()]).toEqual([200, "ended"]);
  expect((await subscriptions(app))[0]?.ended_at).not.toBeNull();
});

test("on an island's own host the links of its mail stay on that host", async () => {
  const app = await startTestApp();
  const form = await app.get("/nieuwsbrief", "cxo.localhost");
  expect(await form.text()).toContain('action="/nieuwsbrief"');
  await subscribe(app, "an@voorbeeld.nl", "/nieuwsbrief", "cxo.localhost");
  await app.work();
  const [mail] = await app.mailbox();
  expect(mail?.from_name).toBe("Op pad met de CXO");
  expect(mail?.text).toContain(`http://cxo.localhost:${app.port}/bevestigen/`);
});

test("in English the form, the mail and its links are English", async () => {
  const app = await startTestApp();
  await subscribe(app, "ann@example.org", paths("en").newsletter);
  await app.work();
  const [mail] = await app.mailbox();
  expect(mail?.subject).toBe("Please confirm that this was you");
  expect(mail?.text).toContain(`${app.origin}/en/confirm/`);
});

test("where a mailbox is read, a mail program can leave by mail from the welcome on", async () => {
  const env = { IMAP_URL: "imap://post:geheim@localhost:1", BOUNCE_ADDRESS: "terug@localhost" };
  const app = await startTestApp({ env });
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  const welcome = (await app.mailbox("an@voorbeeld.nl")).at(-1)!;
  expect(welcome.headers["List-Unsubscribe"]).toMatch(
    /^<http[^>]+>, <mailto:terug\+u[0-9a-f]+@localhost\?subject=unsubscribe>$/,
  );
});
