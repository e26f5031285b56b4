import { expect, test } from "vitest";
import { linkIn, subscribe, subscribeAndConfirm } from "../../tests/support/acts.ts";
import {
  bounceText,
  complaintText,
  type GivenDelivery,
  givenDelivery,
  personsText,
} from "../../tests/support/returned.ts";
import { days, hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { findSuppression } from "../suppressions/queries.ts";
import { storeMail } from "./operations.ts";

const jan = "jan@gemeente.example";

async function start(...emails: string[]) {
  const app = await startTestApp({ env: { TRUST_PROXY: "1" } });
  for (const email of emails) await subscribeAndConfirm(app, email);
  app.advance(days(1));
  return app;
}

/** Lets a mail arrive and be read; answers with what was noted of it. */
async function arrive(app: TestApp, raw: Buffer) {
  await storeMail(app.ctx, { raw, size: raw.length });
  await app.work();
  return app.ctx.db
    .selectFrom("inbound_mails")
    .select(["state", "kind", "status", "delivery_id", "person_id"])
    .where("raw", "=", raw)
    .executeTakeFirstOrThrow();
}

const deliveryOf = (app: TestApp, { id }: GivenDelivery) =>
  app.ctx.db
    .selectFrom("deliveries")
    .select(["state", "code", "done_at", "unsubscribed_at"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
const active = async (app: TestApp, email: string) => {
  const rows = await app.ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .select("s.id")
    .where("p.email", "=", email)
    .where("s.ended_at", "is", null)
    .execute();
  return rows.length > 0;
};
const bounceOf = (delivery: GivenDelivery, status: string, diagnostic?: string) =>
  bounceText({
    to: delivery.marks.returnPath,
    recipient: delivery.email,
    status,
    ...(diagnostic && { diagnostic }),
  });

test("a hard bounce by its own return path: the delivery bounced, the address gets no more mail", async () => {
  const app = await start(jan);
  const delivery = await givenDelivery(app, jan);
  const sentAt = app.ctx.now();
  app.advance(hours(1));
  const noted = await arrive(app, bounceOf(delivery, "5.1.1"));
  expect(noted).toEqual({
    state: "read",
    kind: "failure",
    status: "5.1.1",
    delivery_id: delivery.id,
    person_id: delivery.personId,
  });
  expect(await deliveryOf(app, delivery)).toMatchObject({ state: "bounced", code: "5.1.1", done_at: sentAt });
  expect(await findSuppression(app.ctx, jan)).toEqual({
    reason: "hard",
    since: app.ctx.now(),
    detail: "5.1.1",
  });
  expect(await active(app, jan), "the subscription stays the person's own").toBe(true);
});

test("the same bounce twice, and a bounce of a delivery that is gone, change nothing more", async () => {
  const app = await start(jan);
  const delivery = await givenDelivery(app, jan);
  await arrive(app, bounceOf(delivery, "5.1.1"));
  const first = await findSuppression(app.ctx, jan);
  app.advance(hours(5));
  await arrive(app, bounceOf(delivery, "5.1.1"));
  expect(await findSuppression(app.ctx, jan)).toEqual(first);
  await app.ctx.db.deleteFrom("deliveries").where("id", "=", delivery.id).execute();
  expect(await arrive(app, bounceOf(delivery, "5.1.1"))).toMatchObject({ state: "read", delivery_id: null });
});

test("without the return path, a bounce counts only when it names the address and holds our Message-ID", async () => {
  const app = await start(jan, "els@kennis.example");
  const delivery = await givenDelivery(app, jan);
  const report = (recipient: string, messageId: string) =>
    bounceText({
      to: "terug@archipel.example",
      recipient,
      status: "5.1.1",
      original: `Message-ID: ${messageId}`,
    });
  const elsewhere = await arrive(app, report("somebody@example.net", delivery.marks.messageId));
  expect(elsewhere, "whose it is, is not proven").toMatchObject({ delivery_id: null, person_id: null });
  await arrive(app, report(jan, `<${"0".repeat(48)}@localhost>`));
  await arrive(app, report(jan, `<${delivery.id.replaceAll("-", "")}${"0".repeat(16)}@localhost>`));
  await arrive(app, report("els@kennis.example", delivery.marks.messageId));
  expect(await deliveryOf(app, delivery)).toMatchObject({ state: "sent" });
  expect(await app.ctx.db.selectFrom("suppressions").selectAll().execute()).toEqual([]);

  await arrive(app, report(jan.toUpperCase(), delivery.marks.messageId));
  expect(await deliveryOf(app, delivery)).toMatchObject({ state: "bounced" });
  expect(await findSuppression(app.ctx, jan)).toMatchObject({ reason: "hard" });
});

test("full for two weeks, three in a row: suppressed; once taken in between, not", async () => {
  const app = await start(jan, "els@kennis.example");
  const weekly = async (email: string, outcomes: ("full" | "taken")[]) => {
    for (const outcome of outcomes) {
      const delivery = await givenDelivery(app, email);
      app.advance(hours(2));
      if (outcome === "full") await arrive(app, bounceOf(delivery, "5.2.2"));
      app.advance(days(7) - hours(2));
    }
  };
  await weekly("els@kennis.example", ["full", "full", "taken", "full", "full"]);
  expect(await findSuppression(app.ctx, "els@kennis.example")).toBeUndefined();
  await weekly(jan, ["full", "full"]);
  expect(await findSuppression(app.ctx, jan)).toBeUndefined();
  await weekly(jan, ["full"]);
  expect(await findSuppression(app.ctx, jan)).toMatchObject({ reason: "soft", detail: "5.2.2" });
});

test("a network that blocks us ends nobody's mail, however often", async () => {
  const app = await start(jan);
  for (let week = 0; week < 5; week++) {
    await arrive(app, bounceOf(await givenDelivery(app, jan), "5.7.1", "550 5.7.1 blocked"));
    app.advance(days(7));
  }
  expect(await findSuppression(app.ctx, jan)).toBeUndefined();
});

test("a complaint ends the subscription, counts with the edition, and suppresses; a later bounce leaves it a complaint", async () => {
  const app = await start(jan);
  const delivery = await givenDelivery(app, jan);
  expect(await arrive(app, complaintText(delivery.marks.messageId))).toMatchObject({ kind: "complaint" });
  expect(await active(app, jan)).toBe(false);
  expect(await deliveryOf(app, delivery)).toMatchObject({ state: "sent", unsubscribed_at: app.ctx.now() });
  expect(await findSuppression(app.ctx, jan)).toMatchObject({ reason: "complaint" });
  await arrive(app, bounceOf(delivery, "5.1.1"));
  expect(await findSuppression(app.ctx, jan)).toMatchObject({ reason: "complaint" });
});

test("a complaint after a bounce is a complaint", async () => {
  const app = await start(jan);
  const delivery = await givenDelivery(app, jan);
  await arrive(app, bounceOf(delivery, "5.1.1"));
  await arrive(app, complaintText(delivery.marks.messageId));
  expect(await findSuppression(app.ctx, jan)).toMatchObject({ reason: "complaint" });
});

test("any mail to the unsubscribe address ends the subscription, from whatever address; quoting it does not", async () => {
  const app = await start(jan);
  const delivery = await givenDelivery(app, jan);
  const { returnPath, unsubscribe } = delivery.marks;
  await arrive(
    app,
    personsText(returnPath, "Re: Nieuws", `Mooi! > List-Unsubscribe: <mailto:${unsubscribe}>`),
  );
  expect(await active(app, jan)).toBe(true);
  expect(await arrive(app, personsText(unsubscribe.toUpperCase(), "unsubscribe"))).toMatchObject({
    kind: "unsubscribe",
  });
  expect(await active(app, jan)).toBe(false);
  expect(await deliveryOf(app, delivery)).toMatchObject({ state: "sent", unsubscribed_at: app.ctx.now() });
  expect(await findSuppression(app.ctx, jan)).toBeUndefined();
});

test("who subscribes again and confirms gets mail again, and an old bounce does not undo that", async () => {
  const app = await start(jan);
  const delivery = await givenDelivery(app, jan);
  await arrive(app, complaintText(delivery.marks.messageId));
  app.advance(hours(3));
  await subscribe(app, jan);
  await app.work();
  const mails = await app.mailbox(jan);
  await app.post(linkIn(mails.at(-1)!, "/bevestigen/"), {});
  expect(await findSuppression(app.ctx, jan)).toBeUndefined();
  await app.work();
  expect((await app.mailbox(jan)).at(-1)?.subject).toContain("Welkom");
  await arrive(app, bounceOf(delivery, "5.1.1"));
  expect(await findSuppression(app.ctx, jan)).toBeUndefined();
});

test("who is still subscribed and gets no mail any more comes back the same way", async () => {
  const app = await start(jan);
  const delivery = await givenDelivery(app, jan);
  await arrive(app, bounceOf(delivery, "5.1.1"));
  app.advance(hours(3));
  await subscribe(app, jan);
  await app.work();
  await app.post(linkIn((await app.mailbox(jan)).at(-1)!, "/bevestigen/"), {});
  expect(await findSuppression(app.ctx, jan)).toBeUndefined();
  await arrive(app, bounceOf(delivery, "5.1.1"));
  expect(await findSuppression(app.ctx, jan), "that one left before").toBeUndefined();
  app.advance(hours(1));
  await arrive(app, bounceOf(await givenDelivery(app, jan), "5.1.1"));
  expect(await findSuppression(app.ctx, jan)).toMatchObject({ reason: "hard" });
});

test("a mail that makes reading fail is kept, marked, and stops no other", async () => {
  const app = await start(jan);
  const delivery = await givenDelivery(app, jan);
  const nested = Buffer.from(
    `Content-Type: multipart/mixed; boundary=a\r\n\r\n${"--a\r\n\r\n\r\n".repeat(1500)}`,
  );
  expect(await arrive(app, nested)).toMatchObject({ state: "unreadable", kind: null });
  await arrive(app, bounceOf(delivery, "5.1.1"));
  expect(await deliveryOf(app, delivery)).toMatchObject({ state: "bounced" });
});
