import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { bounceText, givenDelivery, personsText } from "../../tests/support/returned.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { findSuppression } from "../suppressions/queries.ts";
import { storeMail } from "./operations.ts";
import { listInboundMailsOf } from "./queries.ts";

/** What came back because of somebody else than the subscriber: of us, of a colleague behind the address, of a friend. */

const info = "info@gemeente.example";

async function start() {
  const app = await startTestApp({ env: { TRUST_PROXY: "1" } });
  await subscribeAndConfirm(app, info);
  app.advance(days(1));
  return app;
}

async function arrive(app: TestApp, raw: Buffer) {
  await storeMail(app.ctx, { raw, size: raw.length });
  await app.work();
}

const stateOf = (app: TestApp, { id }: { id: string }) =>
  app.ctx.db
    .selectFrom("deliveries")
    .select(["state", "code"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();

test.each([
  ["5.1.0", "550 5.1.0 Sender rejected"],
  ["5.0.0", "550 Sender address rejected: Domain not found (in reply to MAIL FROM command)"],
  ["5.1.1", "550 Sender verify failed: unknown user"],
])("a provider that does not want our sender (%s %s) ends nobody's mail, however often", async (...said) => {
  const [status, diagnostic] = said;
  const app = await start();
  for (let week = 0; week < 4; week++) {
    const delivery = await givenDelivery(app, info);
    const to = delivery.marks.returnPath;
    await arrive(app, bounceText({ to, recipient: info, status, diagnostic }));
    expect(await stateOf(app, delivery)).toEqual({ state: "bounced", code: "5.1.8" });
    app.advance(days(7));
  }
  expect(await findSuppression(app.ctx, info)).toBeUndefined();
});

test("a member of a shared mailbox who left does not end it at once; after weeks without anybody it does", async () => {
  const app = await start();
  const memberGone = async () => {
    const delivery = await givenDelivery(app, info);
    const to = delivery.marks.returnPath;
    await arrive(app, bounceText({ to, recipient: "vertrokken@gemeente.example", status: "5.1.1" }));
    expect(await stateOf(app, delivery)).toEqual({ state: "bounced", code: "5.1.1" });
  };
  await memberGone();
  app.advance(days(7));
  await memberGone();
  expect(await findSuppression(app.ctx, info)).toBeUndefined();
  app.advance(days(7));
  await memberGone();
  expect(await findSuppression(app.ctx, info)).toMatchObject({ reason: "soft" });
});

test("a server that names nobody but us, in words, means the address itself", async () => {
  const app = await start();
  const { marks } = await givenDelivery(app, info);
  const words = `A mail from ${marks.returnPath} could not be delivered: no such user here.`;
  const told = personsText(marks.returnPath, "Undeliverable mail", words).toString();
  await arrive(app, Buffer.from(told.replace("jan@example.net", "MAILER-DAEMON@mx.gemeente.example")));
  expect(await findSuppression(app.ctx, info)).toMatchObject({ reason: "hard" });
});

test("a friend who answers a passed on mail is not among the subscriber's own data", async () => {
  const app = await start();
  const { marks, personId } = await givenDelivery(app, info);
  const answer = personsText("terug@archipel.example", "Re: Nieuws", "Alleen voor jou: mijn nieuwe nummer.");
  const headers = `In-Reply-To: ${marks.messageId}\r\n`;
  await arrive(app, Buffer.concat([Buffer.from(headers), answer]));
  expect(await listInboundMailsOf(app.ctx, personId)).toEqual([]);
  await arrive(app, personsText(marks.returnPath, "Re: Nieuws", "Dank!"));
  expect(await listInboundMailsOf(app.ctx, personId)).toHaveLength(1);
});

test.each([
  ["Undeliverable? Stop er maar mee", "De bezorging is mislukt, rejected, quota exceeded."],
  ["Automatic reply: unsubscribe", ""],
  ["Please verify that you are human", "Confirm your address."],
  ["Delivery delayed", "Your message is delayed and will be retried."],
])('a mail to the address for unsubscribing ends it, also when it reads "%s"', async (subject, text) => {
  const app = await start();
  const { marks, personId } = await givenDelivery(app, info);
  await arrive(app, personsText(marks.unsubscribe, subject, text));
  const { ended_at } = await app.ctx.db
    .selectFrom("subscriptions")
    .select("ended_at")
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  expect(ended_at).toEqual(app.ctx.now());
});

test("a server's report to that address ends nothing", async () => {
  const app = await start();
  const { marks, personId } = await givenDelivery(app, info);
  await arrive(app, bounceText({ to: marks.unsubscribe, recipient: info, status: "5.1.1" }));
  const { ended_at } = await app.ctx.db
    .selectFrom("subscriptions")
    .select("ended_at")
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  expect(ended_at).toBeNull();
});
