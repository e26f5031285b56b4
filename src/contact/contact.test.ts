import { expect, test } from "vitest";
import { allOfIt, linkIn, subscribeAndConfirm } from "../../tests/support/acts.ts";
import { days, startTestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { removeWhatIsOld } from "../retention/jobs.ts";

const contact = paths("nl").island("op-pad-met-de-cxo").contact;
const typed = {
  kind: "example",
  text: "Kijk eens bij ons.\n<script>alert(1)</script>",
  name: "Sam, de Vries",
  email: "sam@voorbeeld.nl",
  place: "Utrecht",
  link: "https://voorbeeld.nl/groen",
};

test("a tip and a subscription from one form come with one mail, and arrive after the yes", async () => {
  const app = await startTestApp();
  expect((await app.post(contact, { ...typed, subscribe: "yes" })).status).toBe(303);
  await app.work();
  const mails = await app.mailbox();
  expect(mails.map((mail) => mail.recipient)).toEqual(["sam@voorbeeld.nl"]);
  expect(mails[0]?.text).toContain("Je voorbeeld versturen naar Op pad met de CXO");
  expect(mails[0]?.text).toContain("Je aanmelden voor");
  expect(await app.ctx.db.selectFrom("tips").selectAll().execute()).toEqual([]);

  await app.post(linkIn(mails[0]!, "/bevestigen/"), allOfIt);
  await app.work();
  const [tip] = await app.ctx.db.selectFrom("tips").selectAll().execute();
  expect(tip).toMatchObject({ kind: "example", text: typed.text, name: typed.name, organisation: null });
  const [brought] = await app.mailbox("archipel@localhost");
  expect(brought).toMatchObject({ reply_to: "sam@voorbeeld.nl", subject: "Een voorbeeld van Sam, de Vries" });
  expect(brought?.html).not.toContain("<script>alert");
  expect(brought?.text).toContain("Kijk eens bij ons.");
  expect(await app.ctx.db.selectFrom("subscriptions").selectAll().execute()).toHaveLength(1);
  const waited = await app.ctx.db.selectFrom("acts").selectAll().execute();
  expect(JSON.stringify(waited), "what waited holds nothing personal any more").not.toMatch(
    /sam@|Kijk eens|Vries/,
  );
});

test("each mistake is told at its field, and what was typed stays", async () => {
  const app = await startTestApp();
  const wrong = { kind: "", text: "x".repeat(5001), name: "", email: "sam", link: "javascript:alert(1)" };
  const answer = await app.post(contact, wrong);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expect(page).toContain("<title>5 foutmeldingen - ");
  for (const error of [
    "Kies wat je wilt sturen",
    "te lang",
    "Vul je naam in",
    "klopt niet",
    "Deze link klopt niet",
  ])
    expect(page).toContain(error);
  expect(page).toContain("x".repeat(5001));
});

test("an unknown island has no contact page", async () => {
  const app = await startTestApp();
  expect((await app.get(paths("nl").island("atlantis").contact)).status).toBe(404);
  expect((await app.post(paths("nl").island("atlantis").contact, typed)).status).toBe(404);
});

test("tips and ended subscriptions go after two years, and with them the person", async () => {
  const app = await startTestApp();
  await subscribeAndConfirm(app, "an@voorbeeld.nl");
  await app.post(linkIn((await app.mailbox("an@voorbeeld.nl"))[1]!, "/afmelden/"), {});
  await app.post(contact, typed);
  await app.work();
  await app.post(linkIn((await app.mailbox("sam@voorbeeld.nl"))[0]!, "/bevestigen/"), {});
  const people = () => app.ctx.db.selectFrom("people").select("email").execute();
  app.advance(days(729));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await people()).toHaveLength(2);
  app.advance(days(3));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await people()).toEqual([]);
  expect(await app.ctx.db.selectFrom("consents").selectAll().execute()).toEqual([]);
});
