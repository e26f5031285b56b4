import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { givenDelivery, personsText } from "../../tests/support/returned.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { addressWith, markOf } from "../platform/marks.ts";
import { storeMail } from "./operations.ts";

const jan = "jan@gemeente.example";

async function start() {
  const app = await startTestApp({ env: { TRUST_PROXY: "1" } });
  await subscribeAndConfirm(app, jan);
  app.advance(days(1));
  return app;
}

async function writeTo(app: TestApp, address: string) {
  const raw = personsText(address, "unsubscribe");
  await storeMail(app.ctx, { raw, size: raw.length });
  await app.work();
}

const endedAt = async (app: TestApp) => {
  const { ended_at } = await app.ctx.db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .select("s.ended_at")
    .where("p.email", "=", jan)
    .executeTakeFirstOrThrow();
  return ended_at;
};
const leftThrough = async (app: TestApp) =>
  (
    await app.ctx.db.selectFrom("deliveries").select("id").where("unsubscribed_at", "is not", null).execute()
  ).map(({ id }) => id);

test("the address to unsubscribe in a mail of years ago still works, when nobody knows of that mail any more", async () => {
  const app = await start();
  const old = await givenDelivery(app, jan);
  await app.ctx.db.deleteFrom("deliveries").where("id", "=", old.id).execute();
  app.advance(days(800));
  await writeTo(app, old.marks.unsubscribe);
  expect(await endedAt(app)).toEqual(app.ctx.now());
});

test("it is counted with the newest edition that the reader got", async () => {
  const app = await start();
  const old = await givenDelivery(app, jan);
  app.advance(days(7));
  const newest = await givenDelivery(app, jan);
  await writeTo(app, old.marks.unsubscribe);
  expect(await endedAt(app)).toEqual(app.ctx.now());
  expect(await leftThrough(app)).toEqual([newest.id]);
});

test("the address that earlier editions had, of the delivery, works on", async () => {
  const app = await start();
  const { id } = await givenDelivery(app, jan);
  await writeTo(app, addressWith(app.ctx, `u${markOf(app.ctx, "delivery-unsubscribe", id)}`));
  expect(await endedAt(app)).toEqual(app.ctx.now());
  expect(await leftThrough(app)).toEqual([id]);
});
