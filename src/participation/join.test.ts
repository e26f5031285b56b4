import { expect, test } from "vitest";
import { allOfIt, linkIn } from "../../tests/support/acts.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { followUp } from "./jobs.ts";
import { withdrawOffer } from "./operations.ts";
import { listOffersOf, medianDaysToAnswer } from "./queries.ts";

const to = paths("nl");
const team = "archipel@localhost";
const typed = {
  offer: "Ik kan goed luisteren.",
  why: "Omdat het telt.",
  name: "Sam",
  email: "sam@voorbeeld.nl",
};

/** Offers by the form and confirms; the team has the mail. */
async function offer(app: TestApp, slug: string, more: Record<string, string> = {}) {
  const sent = await app.post(to.joinInitiative(slug), { ...typed, ...more });
  expect(sent.status).toBe(303);
  await app.work();
  const mails = await app.mailbox(more.email ?? typed.email);
  await app.post(linkIn(mails.at(-1)!, "/bevestigen/"), allOfIt);
  await app.work();
}
const lastTo = async (app: TestApp, address: string) => (await app.mailbox(address)).at(-1)!;
const follow = async (app: TestApp) => {
  await followUp.run(app.ctx, {});
  await app.work();
};

test("the page shows all help wanted, filtered by kind and theme in the URL, and islands show their own", async () => {
  const app = await startTestApp();
  const all = await (await app.get(to.join)).text();
  expect(all).toContain("Wijs de CXO op een praktijk");
  expect(all).toContain("Slimmernetwerk");
  const sharing = await (await app.get(`${to.join}?soort=share-knowledge`)).text();
  expect(sharing).toContain("Wijs de CXO op een praktijk");
  expect(sharing).not.toContain("een erkend vak kan worden");
  expect(await (await app.get(`${to.join}?soort=share-knowledge&thema=steden`)).text()).toContain(
    "Hier is nu niets",
  );
  expect((await app.get(`${to.join}?soort=onzin`)).status).toBe(200);
  const island = await (await app.get(to.island("slimmernetwerk").home)).text();
  expect(island).toContain("Deze hulp zoeken we");
});

test("help that is no longer wanted does not show, nor can one offer it", async () => {
  const app = await startTestApp();
  await app.ctx.db.updateTable("help_wanted").set({ until: "2020-01-01" }).execute();
  await expect
    .poll(async () => (await (await app.get(to.join)).text()).includes("geen enkel initiatief"))
    .toBe(true);
  expect((await app.get(to.joinInitiative("slimmernetwerk"))).status).toBe(404);
  expect((await app.post(to.joinInitiative("slimmernetwerk"), typed)).status).toBe(404);
});

test("an offer to two initiatives in one go comes with one mail, and each team gets its own", async () => {
  const app = await startTestApp();
  await offer(app, "slimmernetwerk", { "also-agenda-stad": "yes" });
  expect(await app.mailbox(typed.email)).toHaveLength(1);
  const subjects = (await app.mailbox(team)).map((mail) => mail.subject);
  expect(subjects.sort()).toEqual([
    "Sam wil meewerken aan Agenda Stad",
    "Sam wil meewerken aan Slimmernetwerk",
  ]);
  const mail = await lastTo(app, team);
  expect(mail.text).toContain("Ik kan goed luisteren.");
  expect(mail.text, "the address is for after a yes").not.toContain(typed.email);
});

test("the team says yes once, by a button; the person hears it and can write back", async () => {
  const app = await startTestApp();
  await offer(app, "slimmernetwerk");
  const mail = await lastTo(app, team);
  const [accept, decline] = [linkIn(mail, "/aannemen/"), linkIn(mail, "/afwijzen/")];
  expect(await (await app.get(accept)).text()).toContain("Ja zeggen tegen Sam?");
  await app.work();
  expect(await app.mailbox(typed.email)).toHaveLength(1);

  await app.post(accept, { reason: "Kom je vrijdag?" });
  await app.post(decline, { reason: "Te laat" });
  await app.work();
  const heard = (await app.mailbox(typed.email)).slice(1);
  expect(heard.map((one) => one.subject)).toEqual(["Slimmernetwerk zegt ja"]);
  expect(heard[0]).toMatchObject({ reply_to: team });
  expect(heard[0]?.text).toContain("Kom je vrijdag?");
  for (const link of [accept, decline])
    expect(await (await app.get(link)).text()).toContain("Jullie zeiden ja");
});

test("the team says no with a reason", async () => {
  const app = await startTestApp();
  await offer(app, "slimmernetwerk");
  await app.post(linkIn(await lastTo(app, team), "/afwijzen/"), { reason: "We zijn al met genoeg." });
  await app.work();
  const heard = await lastTo(app, typed.email);
  expect(heard.subject).toBe("Een antwoord van Slimmernetwerk");
  expect(heard.text).toContain("We zijn al met genoeg.");
  expect(heard.reply_to).toBeNull();
});

test("silence: the team is reminded after 7 days, movement and person hear it after 14, links end after 30", async () => {
  const app = await startTestApp();
  await offer(app, "slimmernetwerk");
  const accept = linkIn(await lastTo(app, team), "/aannemen/");
  const subjects = async (address: string) => (await app.mailbox(address)).map((mail) => mail.subject);
  app.advance(days(6));
  await follow(app);
  expect(await subjects(team)).toHaveLength(1);
  app.advance(days(1));
  await follow(app);
  await follow(app);
  expect((await subjects(team)).slice(1)).toEqual(["Sam wacht nog op je antwoord"]);
  app.advance(days(7));
  await follow(app);
  await follow(app);
  expect((await subjects(team)).slice(2)).toEqual(["Geen antwoord op een aanbod aan Slimmernetwerk"]);
  expect((await subjects(typed.email)).slice(1)).toEqual(["Nog geen antwoord van Slimmernetwerk"]);
  app.advance(days(16));
  expect(await (await app.get(accept)).text()).toContain("Deze link is verlopen");
  await app.post(accept, {});
  await app.work();
  expect(await subjects(typed.email)).toHaveLength(2);
});

test("a withdrawn offer can't be answered; the team hears of it; another person can't withdraw it", async () => {
  const app = await startTestApp();
  await offer(app, "slimmernetwerk");
  const { id, person_id } = await app.ctx.db
    .selectFrom("participations")
    .select(["id", "person_id"])
    .executeTakeFirstOrThrow();
  const stranger = "00000000-0000-4000-8000-000000000000";
  expect(await withdrawOffer(app.ctx, stranger, id)).toEqual({ kind: "not-found" });
  const accept = linkIn(await lastTo(app, team), "/aannemen/");
  expect(await withdrawOffer(app.ctx, person_id, id)).toEqual({ kind: "withdrawn" });
  await app.work();
  expect((await lastTo(app, team)).subject).toBe("Sam trekt het aanbod in");
  await app.post(accept, {});
  expect((await listOffersOf(app.ctx, person_id))[0]).toMatchObject({ answer: null });
  expect(await (await app.get(accept)).text()).toContain("Dit aanbod is ingetrokken");
});

test("the same offer twice is one offer", async () => {
  const app = await startTestApp();
  await offer(app, "slimmernetwerk");
  app.advance(days(2));
  await app.post(to.joinInitiative("slimmernetwerk"), typed);
  await app.work();
  expect((await lastTo(app, typed.email)).text).toMatch(/Je hebt je\s+al aangeboden/);
  expect(await app.ctx.db.selectFrom("participations").selectAll().execute()).toHaveLength(1);
});

test("mistakes are told and nothing typed is lost", async () => {
  const app = await startTestApp();
  const answer = await app.post(to.joinInitiative("slimmernetwerk"), {
    offer: "",
    name: "",
    email: "sam",
    why: "<b>omdat</b>",
    "also-agenda-stad": "yes",
  });
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("<title>3 foutmeldingen - ");
  expect(page).toContain("&lt;b&gt;omdat&lt;/b&gt;");
  expect(page).toMatch(/name="also-agenda-stad"[^>]*checked/);
});

test("from five answers on, the page tells how long an answer takes", async () => {
  const app = await startTestApp();
  const { id } = await app.ctx.db
    .selectFrom("initiatives")
    .select("id")
    .where("slug", "=", "slimmernetwerk")
    .executeTakeFirstOrThrow();
  for (const [at, took] of [1, 2, 3, 9, 30].entries()) {
    if (at === 4) expect(await medianDaysToAnswer(app.ctx)).toEqual(new Map());
    await app.given.answeredOffer({ initiativeId: id, days: took });
  }
  expect(await medianDaysToAnswer(app.ctx)).toEqual(new Map([[id, 3]]));
  expect(await (await app.get(`${to.join}?soort=think-along`)).text()).toContain(
    "Antwoordt meestal na 3 dagen",
  );
});
