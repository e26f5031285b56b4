import { expect, test } from "vitest";
import { allOfIt, linkIn, rejectLinkIn } from "../../tests/support/acts.ts";
import { elsewhere, openMine, ownNetworks, readAs } from "../../tests/support/mine.ts";
import { days, hours, minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { hiddenFields } from "../../tests/support/trial-form.ts";
import { paths } from "../paths.ts";
import { momentInWords, translator } from "../platform/i18n.ts";
import { lookForDueMails, tidyConfirmations } from "./jobs.ts";
import { mostInMail } from "./mailing.ts";

const to = paths("nl");
const an = "an@voorbeeld.nl";
const start = () => startTestApp({ env: ownNetworks, now: new Date("2026-03-02T09:00:00Z") });
const islands = ["op-pad-met-de-cxo", "agenda-stad", "city-deals", "slimmernetwerk"];
const subscribeTo = (app: TestApp, slug: string, email = an) =>
  app.post(to.island(slug).newsletter, { email, consent: "yes" }, { headers: elsewhere() });
/** Each form comes from a network of its own, unless it is given. */
const tip = (app: TestApp, text: string, init: RequestInit = { headers: elsewhere() }) =>
  app.post(to.contact, { kind: "idea", text, name: "An", email: an }, init);

/** Everything that is due at this moment; answers with all mails to An so far. */
async function mails(app: TestApp) {
  await lookForDueMails.run(app.ctx, {});
  await app.work();
  return app.mailbox(an);
}
const confirmLink = (mail: { text: string } | undefined) => linkIn(mail!, "/bevestigen/");
const tipsArrived = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("tips").select("text").orderBy("text").execute()).map(({ text }) => text);
const waiting = (app: TestApp) =>
  app.ctx.db.selectFrom("acts").selectAll().where("email", "is not", null).execute();

test("five forms of one address in a day: two mails, and each of the five arrives whole", async () => {
  const app = await start();
  const long = "Een verhaal van vijfduizend tekens. ".repeat(200).slice(0, 5000).trim();
  const forms = [
    tip(app, "Eerste tip"),
    ...[() => tip(app, "Tweede tip"), () => tip(app, long)],
    () => subscribeTo(app, "agenda-stad"),
    () => subscribeTo(app, "city-deals"),
  ];
  const screens: (string | null)[] = [];
  for (const form of forms) {
    const answer = await (typeof form === "function" ? form() : form);
    screens.push(answer.headers.get("location"));
    await mails(app);
    app.advance(minutes(5));
  }
  expect(new Set(screens), "the same answer each time").toEqual(new Set([to.checkMail]));
  expect(await mails(app)).toHaveLength(1);
  app.advance(hours(1));
  const [first, second, ...more] = await mails(app);
  expect(more).toEqual([]);
  expect(first?.text).not.toContain("Agenda Stad");
  expect(second?.text).toContain("“Nieuwsbrief van Agenda Stad”");
  expect(second?.text).toContain("“Nieuwsbrief van City Deals”");
  expect(second?.text.match(/Je idee versturen/g), "with what waits from before").toHaveLength(3);

  await app.post(confirmLink(second), allOfIt);
  await app.work();
  expect(await tipsArrived(app)).toEqual([long, "Eerste tip", "Tweede tip"]);
  expect(await app.ctx.db.selectFrom("subscriptions").selectAll().execute()).toHaveLength(2);
  expect(await waiting(app)).toEqual([]);
});

test("a proposal of 5,000 characters is kept on a day without a mail left, and counts the next", async () => {
  const app = await start();
  for (const slug of islands.slice(0, 3)) {
    await subscribeTo(app, slug);
    await mails(app);
    app.advance(hours(1));
  }
  const story = "Wij delen wat werkt. ".repeat(300).slice(0, 5000).trim();
  const proposal = { name: "Straatwijs", kind: "initiative", tagline: "Samen", story, role: "Trekker" };
  await app.post(to.propose, { ...proposal, proposer: "An", email: an }, { headers: elsewhere() });
  app.advance(hours(20));
  expect(await mails(app)).toHaveLength(3);
  app.advance(hours(1));
  const last = (await mails(app)).at(-1);
  expect(last?.text.replace(/\s+/g, " ")).toContain(
    "Je initiatief Straatwijs aanmelden (2 maart 2026 om 13:00)",
  );
  await app.post(confirmLink(last), allOfIt);
  const kept = await app.ctx.db.selectFrom("proposals").select("story").execute();
  expect(kept).toEqual([{ story }]);
});

test("the page after every form says what is true for everybody", async () => {
  const app = await start();
  const nl = await (await app.get(to.checkMail)).text();
  expect(nl).toContain(
    "Meestal is de mail er binnen een minuut. Vroeg je vandaag al iets aan? Dan kan het tot een dag duren, en staat alles in één mail.",
  );
  expect(nl, "no mail may have left yet").not.toContain("We hebben je een mail gestuurd");
  const en = await (await app.get(paths("en").checkMail)).text();
  expect(en).toContain("Did you already ask for something today? Then it can take up to a day");
});

test("a mail lists each act in words with its moment, and its link confirms exactly those", async () => {
  const app = await start();
  await tip(app, "Vroeg");
  await mails(app);
  app.advance(minutes(17));
  await subscribeTo(app, "agenda-stad");
  const at = app.ctx.now();
  app.advance(hours(1));
  const mail = (await mails(app))[1]!;
  const words = mail.text.replace(/\s+/g, " ");
  expect(words).toContain(
    `Je idee versturen naar Wij, Publieke Veranderaars (${momentInWords(new Date("2026-03-02T09:00:00Z"), "nl")})`,
  );
  expect(words).toContain(`Je aanmelden voor “Nieuwsbrief van Agenda Stad” (${momentInWords(at, "nl")})`);
  expect(words, "each site that somebody was on").toContain("Op Wij, Publieke Veranderaars is met dit adres");

  await subscribeTo(app, "city-deals"); // after the mail
  const page = await (await app.get(confirmLink(mail))).text();
  expect(page).toContain("Agenda Stad");
  expect(page).not.toContain("City Deals");
  await app.post(confirmLink(mail), allOfIt);
  const names = await app.ctx.db.selectFrom("subscriptions").select("newsletter_id").execute();
  expect(names).toHaveLength(1);
  expect(await waiting(app)).toHaveLength(1);
  const next = (await mails(app)).find(({ text }) => text.includes("City Deals"));
  expect(next, "who confirmed gets the next mail at once").toBeDefined();
});

test("an act of another language or site leads back to where the last form stood", async () => {
  const app = await start();
  await subscribeTo(app, "agenda-stad");
  await mails(app);
  app.advance(minutes(1));
  const host = { host: "cxo.localhost", headers: elsewhere() };
  await app.post("/en/newsletter", { email: an, consent: "yes" }, host);
  app.advance(hours(1));
  const mail = (await mails(app))[1]!;
  expect(mail.subject).toBe("Please confirm that this was you");
  expect(mail.text).toContain(`http://cxo.localhost:${app.port}/en/confirm/`);
  expect(mail.text).toContain("Choose what you did");
});

test("who confirmed within the past day gets each next mail at once, ten a day at most", async () => {
  const app = await start();
  await tip(app, "0");
  await app.post(confirmLink((await mails(app))[0]), {});
  for (let n = 1; n <= 12; n++) {
    app.advance(minutes(1));
    const sent = await tip(app, String(n));
    // The eleventh form for one address costs a step.
    if (sent.status === 200) await takeStep(app, await sent.text());
    await app.work();
  }
  const so = (all: { subject: string }[]) => all.filter(({ subject }) => subject.startsWith("Bevestig dat"));
  expect(so(await mails(app))).toHaveLength(10);
  app.advance(hours(25));
  expect(so(await mails(app)), "what waited goes when a day has passed").toHaveLength(11);
  await app.post(confirmLink((await mails(app)).at(-1)), allOfIt);
  expect(await tipsArrived(app)).toHaveLength(13);
});

test("the day after confirming, the hour between two mails counts again", async () => {
  const app = await start();
  await tip(app, "0");
  await app.post(confirmLink((await mails(app))[0]), {});
  app.advance(days(1) + minutes(1));
  const before = (await mails(app)).length;
  await tip(app, "1");
  await tip(app, "2");
  expect(await mails(app)).toHaveLength(before + 1);
  app.advance(hours(1));
  expect(await mails(app)).toHaveLength(before + 2);
});

test("what waited for its hour goes as soon as the first mail is confirmed", async () => {
  const app = await start();
  await subscribeTo(app, "agenda-stad");
  const [first] = await mails(app);
  await tip(app, "Wacht op zijn uur");
  expect(await mails(app)).toHaveLength(1);
  await app.post(confirmLink(first), {});
  await app.work();
  const second = (await app.mailbox(an)).find(({ text }) => text.includes("Je idee versturen"));
  expect(second, "without waiting for the hour").toBeDefined();
  expect(second?.text).toContain("Ja, dat klopt");
});

test("a stranger cannot use up somebody's day: their own form is in the next mail, for a step at most", async () => {
  const app = await start();
  // Three mails, with an hour between them: all that an address gets in a day.
  for (let n = 0; n < 3; n++) {
    await tip(app, `Vreemd ${n}`);
    await mails(app);
    app.advance(hours(1));
  }
  // And on it goes, from one network: with a step for each, a minute's wait as long as no script solves it.
  const network = { headers: { "x-forwarded-for": "203.0.113.5" } };
  for (let n = 3; n < 40; n++) {
    const answer = await tip(app, `Vreemd ${n}`, network);
    expect([200, 303], "never refused").toContain(answer.status);
    if (answer.status === 200) await takeStep(app, await answer.text(), network);
  }
  const own = { headers: { "x-forwarded-for": "198.51.100.7" } };
  const mine = await tip(app, "Van mij", own);
  expect(mine.status).toBe(200);
  await takeStep(app, await mine.text(), own);
  expect((await waiting(app)).map(({ payload }) => payload.text)).toContain("Van mij");

  app.advance(days(1));
  const last = (await mails(app)).at(-1);
  const page = await (await app.get(confirmLink(last))).text();
  const boxes = [...page.matchAll(/name="(act-\d+)"/g)].map(([, name]) => name!);
  expect(boxes).toHaveLength(41);
  await app.post(confirmLink(last), { [boxes.at(-1)!]: "yes", answer: "chosen" });
  expect(await tipsArrived(app)).toEqual(["Van mij"]);
});

test("a flood keeps the newest on top: what one did last is in the next mail, the rest in those after it", async () => {
  const app = await start();
  const { requestConfirmation } = await import("./operations.ts");
  const { tipAct } = await import("../contact/operations.ts");
  const ask = (text: string) =>
    requestConfirmation(app.ctx, {
      ...{ email: an, name: "An", language: "nl", origin: app.origin, siteName: "Proef" },
      acts: [
        tipAct({ to: null, kind: "idea", text, name: "An", organisation: null, place: null, link: null }),
      ],
      formUrl: app.origin + to.contact,
    });
  await ask("eerste");
  await mails(app);
  for (let n = 0; n < mostInMail + 20; n++) await ask(`vloed ${n}`);
  app.advance(minutes(1));
  await ask("van mij");
  app.advance(hours(1));
  const second = (await mails(app))[1];
  const listed = await app.ctx.db
    .selectFrom("confirmation_acts as l")
    .innerJoin("acts as a", "a.id", "l.act_id")
    .select("a.payload")
    .where("l.confirmation_id", "=", idOf(app, confirmLink(second)))
    .execute();
  expect(listed).toHaveLength(mostInMail);
  expect(listed.map(({ payload }) => payload.text)).toContain("van mij");
  expect(second!.html.length, "Gmail cuts at 102 kB").toBeLessThan(100_000);
  await app.post(confirmLink(second), allOfIt);
  await app.work();
  await app.post(
    confirmLink((await mails(app)).filter(({ subject }) => subject.startsWith("Bevestig dat")).at(-1)),
    allOfIt,
  );
  expect(await tipsArrived(app)).toHaveLength(mostInMail + 22);
});

test("one reminder speaks for all acts that wait, and each act goes after its own 21 days", async () => {
  const app = await start();
  await tip(app, "Dag 0");
  await mails(app);
  app.advance(days(2));
  await tip(app, "Dag 2");
  await mails(app);
  app.advance(days(5));
  const reminded = await mails(app);
  expect(reminded).toHaveLength(3);
  expect(reminded[2]?.subject).toContain("Weet je het nog");
  expect(reminded[2]?.text.match(/Je idee versturen/g)).toHaveLength(2);
  app.advance(days(3));
  expect(await mails(app), "one").toHaveLength(3);

  app.advance(days(11));
  await tidyConfirmations.run(app.ctx, {});
  expect((await waiting(app)).map(({ payload }) => payload.text)).toEqual(["Dag 2"]);
  const page = await (await app.get(confirmLink(reminded[2]))).text();
  expect(page, "one is left, so a button").toContain("Ja, dat klopt");
  await app.post(confirmLink(reminded[2]), {});
  expect(await tipsArrived(app)).toEqual(["Dag 2"]);
});

test("the reminder keeps to the caps: it waits while the address had its mails", async () => {
  const app = await start();
  await tip(app, "Dag 0");
  await mails(app);
  app.advance(days(7) - minutes(1));
  await subscribeTo(app, "agenda-stad");
  expect(await mails(app)).toHaveLength(2);
  app.advance(minutes(2));
  expect(await mails(app), "within the hour").toHaveLength(2);
  app.advance(hours(1));
  expect(await mails(app)).toHaveLength(3);
});

test("“dit was ik niet” removes all that waits, of whichever mail or none, and a form of the day after is kept", async () => {
  const app = await start();
  await subscribeTo(app, "agenda-stad");
  await mails(app);
  app.advance(hours(1));
  await subscribeTo(app, "city-deals");
  const [first] = await mails(app);
  await tip(app, "Nog in geen mail");
  expect(await waiting(app)).toHaveLength(3);
  const reject = rejectLinkIn(first!);
  expect(await (await app.get(reject)).text()).toContain("ook als het niet in deze mail stond");
  await app.post(reject, {});
  expect(await waiting(app)).toEqual([]);
  for (const mail of await mails(app)) {
    expect(await (await app.get(confirmLink(mail))).text()).toContain("Alles is verwijderd");
    await app.post(confirmLink(mail), allOfIt);
  }
  expect(await app.ctx.db.selectFrom("people").selectAll().execute()).toEqual([]);

  await tip(app, "Na het nee");
  app.advance(hours(23));
  expect(await mails(app)).toHaveLength(2);
  app.advance(hours(1));
  const after = await mails(app);
  expect(after, "kept, and mailed when the day is over").toHaveLength(3);
  await app.post(confirmLink(after[2]), {});
  expect(await tipsArrived(app)).toEqual(["Na het nee"]);
});

test("what was done before is told beside what is new, which is the only thing to confirm", async () => {
  const app = await start();
  await subscribeTo(app, "agenda-stad");
  await app.post(confirmLink((await mails(app))[0]), {});
  await app.work();
  const form = { kind: "idea", text: "Nieuw", name: "An", email: an, subscribe: "yes" };
  await app.post(to.island("agenda-stad").contact, form, { headers: elsewhere() });
  const mail = (await mails(app)).at(-1)!;
  expect(mail.text).toContain("Dit had je al geregeld");
  expect(mail.text).toContain("/afmelden/");
  expect(mail.text).toContain("Ja, dat klopt");
  await app.post(confirmLink(mail), {});
  expect(await tipsArrived(app)).toEqual(["Nieuw"]);
  expect(await waiting(app)).toEqual([]);
});

test("what waits is shown at /mijn, one by one, with its moment and when its mail goes", async () => {
  const app = await start();
  await tip(app, "Eerste");
  await mails(app);
  app.advance(minutes(10));
  await subscribeTo(app, "agenda-stad");
  const cookie = await openMine(app, an);
  const page = await (await readAs(app, cookie, to.mine)).text();
  const t = translator("nl");
  expect(page).toContain("Je idee versturen naar Wij, Publieke Veranderaars (2 maart 2026 om 10:00)");
  expect(page).toContain("Je aanmelden voor “Nieuwsbrief van Agenda Stad” (2 maart 2026 om 10:10)");
  expect(page).toContain(t("mine:fact.plannedAt"));
  const ids = [...page.matchAll(/name="id" value="([^"]+)"/g)].map(([, id]) => id!);
  expect(ids).toHaveLength(2);
  const init = { headers: { cookie, ...elsewhere() } };
  await app.post(to.minePart("waiting"), { id: ids[0]! }, init);
  expect((await waiting(app)).map(({ kind }) => kind)).toEqual(["tip"]);
});

/** Sends a form again after the minute's wait, as a visitor without JavaScript. */
async function takeStep(app: TestApp, page: string, init: RequestInit = { headers: elsewhere() }) {
  expect(page).toContain("Nog één stap");
  app.advance(minutes(1));
  const sent = await app.post(to.contact, hiddenFields(page), init);
  expect(sent.headers.get("location")).toBe(to.checkMail);
}

const idOf = (app: TestApp, link: string) => app.ctx.keys.readToken("confirmation", link.split("/").pop()!)!;
