import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
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
