import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { ownNetworks } from "../../tests/support/mine.ts";
import { bounceText, complaintText, givenDelivery } from "../../tests/support/returned.ts";
import { days, hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { storeMail } from "../bounces/operations.ts";
import { preferencesToken } from "../newsletters/operations.ts";
import { paths } from "../paths.ts";
import { changeAddress } from "../people/operations.ts";
import { hideSuppressions, noteRefusal, suppress } from "./operations.ts";
import { findSuppression } from "./queries.ts";

/** What ends the account of an address: a mail that arrived, another address, and asking for mail again. */

const an = "an@voorbeeld.nl";
const later = "an@nieuw.example";

async function start() {
  const app = await startTestApp({ env: ownNetworks });
  await subscribeAndConfirm(app, an);
  app.advance(days(1));
  return app;
}

async function arrive(app: TestApp, raw: Buffer) {
  await storeMail(app.ctx, { raw, size: raw.length });
  await app.work();
}

type Given = Awaited<ReturnType<typeof givenDelivery>>;
const comesBack = (app: TestApp, { marks, email }: Given, status: string) =>
  arrive(app, bounceText({ to: marks.returnPath, recipient: email, status }));

test("who left an address behind is not suppressed at the new one for what becomes of mail to the old one", async () => {
  const app = await start();
  const [hard, soft, complaint] = [
    await givenDelivery(app, an),
    await givenDelivery(app, an),
    await givenDelivery(app, an),
  ];
  app.advance(days(1));
  await changeAddress(app.ctx, hard.personId, later);
  await comesBack(app, hard, "5.1.1");
  await comesBack(app, soft, "5.2.2");
  await arrive(app, complaintText(complaint.marks.messageId));
  for (const address of [an, later]) expect(await findSuppression(app.ctx, address)).toBeUndefined();
});

test("a mail to the new address that comes back counts", async () => {
  const app = await start();
  const { personId } = await givenDelivery(app, an);
  app.advance(days(1));
  await changeAddress(app.ctx, personId, later);
  app.advance(hours(1));
  await comesBack(app, await givenDelivery(app, later), "5.1.1");
  expect(await findSuppression(app.ctx, later)).toMatchObject({ reason: "hard" });
});

test("what held for the new address before it was forgotten holds again", async () => {
  const app = await start();
  const { personId } = await givenDelivery(app, an);
  await suppress(app.ctx, { address: later, reason: "complaint", detail: null, editionId: null });
  await hideSuppressions(app.ctx, [later]);
  expect(await findSuppression(app.ctx, later)).toBeUndefined();
  await changeAddress(app.ctx, personId, later);
  expect(await findSuppression(app.ctx, later)).toMatchObject({ reason: "complaint" });
});

test("who comes back by the preference page stays, whatever an older mail or one full mailbox says", async () => {
  const app = await start();
  const late = await givenDelivery(app, an);
  app.advance(hours(1));
  for (let week = 0; week < 3; week++) {
    await comesBack(app, await givenDelivery(app, an), "5.2.2");
    app.advance(days(7));
  }
  expect(await findSuppression(app.ctx, an)).toMatchObject({ reason: "soft" });
  const { id } = await app.ctx.db
    .selectFrom("subscriptions")
    .select("id")
    .where("person_id", "=", late.personId)
    .executeTakeFirstOrThrow();
  await app.post(paths("nl").preferences(preferencesToken(app.ctx, id)), { do: "back" });
  expect(await findSuppression(app.ctx, an)).toBeUndefined();

  await comesBack(app, late, "5.1.1");
  expect(await findSuppression(app.ctx, an), "that one left before").toBeUndefined();
  app.advance(hours(1));
  await comesBack(app, await givenDelivery(app, an), "5.2.2");
  expect(await findSuppression(app.ctx, an), "one full mailbox").toBeUndefined();
  app.advance(hours(1));
  await comesBack(app, await givenDelivery(app, an), "5.1.1");
  expect(await findSuppression(app.ctx, an)).toMatchObject({ reason: "hard" });
});

test("a long row of blocked and full ones is read to its end", async () => {
  const app = await start();
  const refuse = async (code: string) => {
    const { id } = await givenDelivery(app, an);
    await app.ctx.db.updateTable("deliveries").set({ state: "refused", code }).where("id", "=", id).execute();
    return noteRefusal(app.ctx, id, code);
  };
  await refuse("452 4.2.2");
  app.advance(days(7));
  await refuse("452 4.2.2");
  for (let hour = 0; hour < 70; hour++) {
    app.advance(hours(2));
    await refuse("550 5.7.1");
  }
  app.advance(days(7));
  expect(await refuse("452 4.2.2")).toEqual({ kind: "suppressed", reason: "soft" });
});
