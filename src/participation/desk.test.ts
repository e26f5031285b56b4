import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { startScriptedSmtp } from "../../tests/support/scripted-smtp.ts";
import { days, startTestApp } from "../../tests/support/test-app.ts";
import { givenOffer } from "../../tests/support/work.ts";
import { desk } from "../desk-paths.ts";

const to = desk("nl");

test("a lead answers an offer from the workplace, also after its links have expired", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative({ name: "Straatwijs" });
  const offer = await givenOffer(app, own.id, "Bo de Boer");
  app.advance(days(40));
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  expect(await (await lead.get(to.section("offers"))).text()).toContain("Bo de Boer wil meedoen");
  await lead.post(to.part("offers", offer.id, "accept"), { reason: "Kom je dinsdag?" });
  await lead.post(to.part("offers", offer.id, "decline"), { reason: "Toch niet." });
  await app.work();
  const mails = await app.mailbox(offer.email);
  expect(mails, "answered once").toHaveLength(1);
  expect(mails[0]?.text).toContain("Kom je dinsdag?");
  expect(await (await lead.get(to.section("offers"))).text()).toContain("Er wacht niemand");
});

test("an answer to what was answered or withdrawn meanwhile says so, and shows what was typed", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const taken = await givenOffer(app, own.id);
  const accept = (reason: string) => lead.post(to.part("offers", taken.id, "accept"), { reason });
  await accept("Kom je dinsdag?");
  expect((await accept("Kom je dinsdag?")).status, "pressed twice").toBe(303);
  const again = await (
    await lead.post(to.part("offers", taken.id, "decline"), { reason: "Toch niet." })
  ).text();
  expect(again).toContain("Hier was al op geantwoord. Jouw antwoord is niet verstuurd.");
  expect(again).toContain("Toch niet.");
  expect(again).not.toContain("Je antwoord gaat nu per mail.");
  const gone = await givenOffer(app, own.id);
  await app.ctx.db
    .updateTable("participations")
    .set({ withdrawn_at: app.ctx.now() })
    .where("id", "=", gone.id)
    .execute();
  const late = await (await lead.post(to.part("offers", gone.id, "accept"), { reason: "Graag!" })).text();
  expect(late).toContain("Dit aanbod is ingetrokken. Jouw antwoord is niet verstuurd.");
  expect(late).toContain("Graag!");
  await app.work();
  expect(await app.mailbox(gone.email)).toEqual([]);
});

test("an answer that cannot be delivered waits for the team again, until it left or is settled", async () => {
  let refused = true;
  const smtp = await startScriptedSmtp({
    answer: (verb) => (verb === "RCPT" && refused ? "550 5.1.1 no such user" : undefined),
  });
  const app = await startTestApp({ env: { SMTP_URL: smtp.url } });
  const own = await app.given.initiative();
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const offer = await givenOffer(app, own.id);
  const waits = async () => (await (await lead.get(to.section("offers"))).text()).includes("Bo de Boer");
  const told = async () =>
    (await (await lead.get(to.one("offers", offer.id))).text()).includes("kwam niet aan");
  await lead.post(to.part("offers", offer.id, "accept"));
  expect(await waits()).toBe(false);
  await app.work();
  expect([await waits(), await told()]).toEqual([true, true]);
  await lead.post(to.part("offers", offer.id, "resend"));
  expect([await waits(), await told()]).toEqual([false, false]);
  await app.work();
  expect([await waits(), await told()]).toEqual([true, true]);
  await lead.post(to.part("offers", offer.id, "done"));
  expect([await waits(), await told()]).toEqual([false, false]);
  refused = false;
  expect((await lead.post(to.part("offers", offer.id, "resend"))).headers.get("location")).not.toContain(
    "done=",
  );
});

test("a long list of offers goes on where the page ended", async () => {
  const app = await startTestApp({ starter: "none" });
  const own = await app.given.initiative();
  for (let number = 1; number <= 31; number++) {
    await givenOffer(app, own.id, `Nummer ${number}.`);
    app.advance(1000);
  }
  const lead = await signIn(app, "lead", { initiativeId: own.id });
  const first = await (await lead.get(to.section("offers"))).text();
  expect(first).toContain("Nummer 30.");
  expect(first).not.toContain("Nummer 31.");
  const next = /href="([^"]*after=[^"]*)"/.exec(first)?.[1] ?? "";
  const second = await (await lead.get(next)).text();
  expect(second).toContain("Nummer 31.");
  expect(second).not.toContain("Nummer 30.");
});

test("another initiative's lead sees and answers nothing of it", async () => {
  const app = await startTestApp();
  const own = await app.given.initiative();
  const other = await app.given.initiative();
  const offer = await givenOffer(app, own.id);
  const stranger = await signIn(app, "lead", { initiativeId: other.id });
  expect((await stranger.get(to.one("offers", offer.id))).status).toBe(403);
  expect((await stranger.post(to.part("offers", offer.id, "accept"))).status).toBe(403);
  expect(await (await stranger.get(to.section("offers"))).text()).not.toContain("wil meedoen");
});
