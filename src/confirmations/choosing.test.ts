import { expect, test } from "vitest";
import { allOfIt, linkIn, rejectLinkIn } from "../../tests/support/acts.ts";
import { elsewhere, ownNetworks } from "../../tests/support/mine.ts";
import { sign } from "../../tests/support/signing.ts";
import { days, hours, minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { type Language, languages } from "../platform/i18n.ts";
import { lookForDueMails } from "./jobs.ts";

const to = paths("nl");
const an = "sanne@voorbeeld.nl";
const start = () => startTestApp({ env: ownNetworks });

/** One form: a signature, the newsletter, an offer. Answers with the link of its mail. */
async function signedUp(app: TestApp): Promise<string> {
  const fields = { email: an, newsletter: "yes", "join-agenda-stad": "yes", offer: "Een zaal in Ede" };
  await sign(app, fields, { headers: elsewhere() });
  await app.work();
  return linkIn((await app.mailbox(an)).at(-1)!, "/bevestigen/");
}
const counts = async (app: TestApp) =>
  Promise.all(
    (["signatures", "subscriptions", "participations"] as const).map(
      async (table) => (await app.ctx.db.selectFrom(table).select("id").execute()).length,
    ),
  );
const boxesIn = (page: string) =>
  [...page.matchAll(/<input[^>]*type="checkbox"[^>]*name="(act-\d+)"[^>]*>/g)].map(([box, name]) => ({
    name: name!,
    ticked: /\schecked/.test(box),
  }));

test("several acts: a box each, none ticked, and a button that takes all of them", async () => {
  const app = await start();
  const link = await signedUp(app);
  const page = await (await app.get(link)).text();
  const boxes = boxesIn(page);
  expect(boxes.map(({ ticked }) => ticked)).toEqual([false, false, false]);
  expect(page).toContain("Wat hiervan deed jij?");
  expect(page).toMatch(/name="answer" value="all"[^>]*>Alles hiervan deed ik</);
  expect(page).not.toContain("Ja, dat klopt");
  const answer = await app.post(link, { answer: "all" });
  expect(answer.headers.get("location"), "who signed goes on to work with others").toContain(
    "/manifest/bedankt/",
  );
  expect(await counts(app)).toEqual([1, 1, 1]);
  expect((await app.get(answer.headers.get("location")!)).status).toBe(200);
});

test.each(languages)(
  "a press without a tick confirms nothing and says so, in %s",
  async (language: Language) => {
    const app = await start();
    const dutch = await signedUp(app);
    const link = paths(language).confirm(dutch.split("/").pop()!);
    for (const fields of [{ answer: "chosen" }, {}, { answer: "chosen", "act-99": "yes" }] as Record<
      string,
      string
    >[]) {
      const answer = await app.post(link, fields);
      expect(answer.status).toBe(422);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const page = await answer.text();
      expect(page).toContain(language === "nl" ? "<title>1 foutmelding - " : "<title>1 error - ");
      expect(page).toContain('id="confirm-errors"');
      const [, field] = /<a class="nl-link" href="#(confirm-acts)">/.exec(page) ?? [];
      expect(page).toContain(`id="${field}" name="act-1"`);
      expect(page).toContain('aria-invalid="true"');
      expect(boxesIn(page).some(({ ticked }) => ticked)).toBe(false);
    }
    expect(await counts(app)).toEqual([0, 0, 0]);
  },
);

test("what is ticked counts at once; the rest waits, by the same link, until day 21", async () => {
  const app = await start();
  const link = await signedUp(app);
  const some = await app.post(link, { "act-2": "yes", answer: "chosen" });
  expect(some.headers.get("location")).toBe(link);
  expect(await counts(app)).toEqual([0, 1, 0]);
  await app.work();
  expect((await app.mailbox(an)).at(-1)?.subject).toContain("Welkom");

  const page = await (await app.get(link)).text();
  expect(page).toContain("Gelukt, dank je wel");
  expect(page).toContain("Dit wacht nog op jouw ja");
  expect(boxesIn(page).map(({ name }) => name)).toEqual(["act-1", "act-3"]);

  const again = await app.post(link, { "act-2": "yes", answer: "chosen" });
  expect(again.status, "twice is as good as once").toBe(303);
  expect(await counts(app)).toEqual([0, 1, 0]);

  app.advance(days(20));
  const signature = await app.post(link, { "act-1": "yes", answer: "chosen" });
  expect(signature.headers.get("location"), "something is left to choose").toBe(link);
  const partly = await (await app.get(link)).text();
  expect(partly).toContain("/manifest/bedankt/");
  expect(partly, "one is left, so a button").toContain("Ja, dat klopt");
  const last = await app.post(link, {});
  expect(await counts(app)).toEqual([1, 1, 1]);
  const done = await (await app.get(last.headers.get("location")!)).text();
  expect(done).toContain("Dit hebben we gedaan");
  expect(done, "and on to what comes after signing").toContain("/manifest/bedankt/");
});

test("after 21 days what was not ticked is over, and what counts still shows", async () => {
  const app = await start();
  const link = await signedUp(app);
  app.advance(days(20));
  await app.post(link, { "act-2": "yes", answer: "chosen" });
  app.advance(days(1));
  expect(boxesIn(await (await app.get(link)).text())).toEqual([]);
  await app.post(link, allOfIt);
  expect(await counts(app)).toEqual([0, 1, 0]);
});

test("an act that two mails list counts once, and a box that was ticked too late takes nothing else along", async () => {
  const app = await start();
  const first = await signedUp(app);
  app.advance(hours(1));
  await app.post(
    to.contact,
    { kind: "idea", text: "Nieuw", name: "An", email: an },
    { headers: elsewhere() },
  );
  await lookForDueMails.run(app.ctx, {});
  await app.work();
  const second = linkIn((await app.mailbox(an)).at(-1)!, "/bevestigen/");
  expect(boxesIn(await (await app.get(second)).text())).toHaveLength(4);
  await app.post(first, allOfIt);
  const late = await app.post(second, { "act-1": "yes", answer: "chosen" });
  expect(late.status).toBe(303);
  expect(await counts(app)).toEqual([1, 1, 1]);
  expect(await app.ctx.db.selectFrom("tips").select("id").execute(), "that box was not ticked").toEqual([]);
  expect((await app.post(second, { answer: "chosen" })).status).toBe(422);
});

test("“dit was ik niet” after a part was confirmed removes the part that waits, and leaves what counts", async () => {
  const app = await start();
  const link = await signedUp(app);
  await app.post(link, { "act-2": "yes", answer: "chosen" });
  const reject = rejectLinkIn((await app.mailbox(an))[0]!);
  await app.post(reject, {});
  expect(await counts(app)).toEqual([0, 1, 0]);
  const left = await app.ctx.db.selectFrom("acts").select(["kind", "email", "name", "payload"]).execute();
  expect(left.every(({ email, name }) => email === null && name === null)).toBe(true);
  expect(JSON.stringify(left)).not.toMatch(/Sanne|Een zaal/);
  expect((await app.post(link, allOfIt)).status).toBe(303);
  expect(await counts(app)).toEqual([0, 1, 0]);
});

test("the proof of each consent has its own form and moment", async () => {
  const app = await start();
  const newsletter = (slug: string) =>
    app.post(to.island(slug).newsletter, { email: an, consent: "yes" }, { headers: elsewhere() });
  const asked = app.ctx.now();
  await newsletter("agenda-stad");
  await app.work();
  app.advance(minutes(5));
  await newsletter("city-deals");
  app.advance(hours(1));
  await lookForDueMails.run(app.ctx, {});
  await app.work();
  const link = linkIn((await app.mailbox(an)).at(-1)!, "/bevestigen/");
  await app.post(link, allOfIt);
  const proofs = await app.ctx.db
    .selectFrom("consents")
    .select(["form_url", "given_at", "confirmed_at"])
    .orderBy("given_at")
    .execute();
  const confirmed_at = app.ctx.now();
  expect(proofs).toEqual([
    { form_url: app.origin + to.island("agenda-stad").newsletter, given_at: asked, confirmed_at },
    {
      form_url: app.origin + to.island("city-deals").newsletter,
      given_at: new Date(asked.getTime() + minutes(5)),
      confirmed_at,
    },
  ]);
});
