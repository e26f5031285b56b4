import { expect, test } from "vitest";
import { linkIn, subscribe, subscribeAndConfirm } from "../../tests/support/acts.ts";
import { openMine, ownNetworks } from "../../tests/support/mine.ts";
import { givenDelivery } from "../../tests/support/returned.ts";
import { signAndConfirm } from "../../tests/support/signing.ts";
import { days, hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { lookForDueMails } from "../confirmations/jobs.ts";
import { eraseEverything } from "../mine/operations.ts";
import { followUp } from "../participation/jobs.ts";
import { removeWhatIsOld } from "../retention/jobs.ts";
import { noteRefusal, suppress } from "./operations.ts";
import { findSuppression, isSuppressed, listSuppressions, type SuppressionPlace } from "./queries.ts";
import type { SuppressionReason } from "./table.ts";

const an = "an@voorbeeld.nl";
const start = () => startTestApp({ env: ownNetworks });
const stop = (app: TestApp, address: string, reason: SuppressionReason = "complaint") =>
  suppress(app.ctx, { address, reason, detail: null, editionId: null });
const subjects = async (app: TestApp) => {
  await app.work();
  return (await app.mailbox(an)).map(({ subject }) => subject);
};

test("what is asked for still comes: confirmations and codes; what the program tells by itself does not", async () => {
  const app = await start();
  await signAndConfirm(app, { email: "piet@voorbeeld.nl" });
  await app.work();
  const thanks = (await app.mailbox("piet@voorbeeld.nl")).at(-1)!.subject;
  await stop(app, an);
  await signAndConfirm(app, { email: an });
  const mails = await subjects(app);
  expect(mails, "the confirmation, and no thanks").toHaveLength(1);
  expect(mails).not.toContain(thanks);
  await openMine(app, an);
  expect(await subjects(app), "the code").toHaveLength(2);
  expect(await isSuppressed(app.ctx, an), "none of that is subscribing").toBe(true);
});

test("a reminder to confirm is not sent to who wants none", async () => {
  const app = await start();
  await subscribe(app, an);
  await subscribe(app, "piet@voorbeeld.nl");
  await app.work();
  await stop(app, an);
  app.advance(days(7));
  await lookForDueMails.run(app.ctx, {});
  expect(await subjects(app)).toHaveLength(1);
  expect(await app.mailbox("piet@voorbeeld.nl")).toHaveLength(2);
});

test("word that a team stays silent goes to who wants mail, and the team hears of both", async () => {
  const app = await start();
  const { id } = await app.given.initiative();
  for (const email of [an, "piet@voorbeeld.nl"]) {
    const person = await app.ctx.db
      .insertInto("people")
      .values({ email, language: "nl", confirmed_at: app.ctx.now() })
      .returning("id")
      .executeTakeFirstOrThrow();
    await app.ctx.db
      .insertInto("participations")
      .values({
        initiative_id: id,
        person_id: person.id,
        name: "Sam",
        offer: "Ik help.",
        offered_at: app.ctx.now(),
      })
      .execute();
  }
  await stop(app, an);
  app.advance(days(15));
  await followUp.run(app.ctx, {});
  await app.work();
  expect(await app.mailbox(an)).toEqual([]);
  expect(await app.mailbox("piet@voorbeeld.nl")).toHaveLength(1);
  const others = (await app.mailbox()).filter(({ recipient }) => !recipient.endsWith("voorbeeld.nl"));
  expect(others.length, "a reminder and an escalation for each").toBe(4);
});

test("confirming a subscription lifts it, and the welcome comes", async () => {
  const app = await start();
  await stop(app, an);
  await subscribeAndConfirm(app, an);
  expect(await isSuppressed(app.ctx, an)).toBe(false);
  expect((await subjects(app)).at(-1)).toContain("Welkom");
});

test("only looking at the confirmation, or filling in somebody's address, lifts nothing", async () => {
  const app = await start();
  await stop(app, an);
  await subscribe(app, an);
  await app.work();
  await app.get(linkIn((await app.mailbox(an))[0]!, "/bevestigen/"));
  expect(await isSuppressed(app.ctx, an)).toBe(true);
});

test("a refusal at sending counts as a bounce does", async () => {
  const app = await start();
  await subscribeAndConfirm(app, an);
  app.advance(hours(1));
  const refused = async (code: string) => {
    const delivery = await givenDelivery(app, an);
    await app.ctx.db
      .updateTable("deliveries")
      .set({ state: "refused", code })
      .where("id", "=", delivery.id)
      .execute();
    return noteRefusal(app.ctx, delivery.id, code);
  };
  expect(await refused("550 5.7.1")).toEqual({ kind: "noted" });
  expect(await refused("550")).toEqual({ kind: "noted" });
  app.advance(days(8));
  expect(await refused("452 4.2.2")).toEqual({ kind: "noted" });
  app.advance(days(8));
  expect(await refused("452 4.2.2")).toEqual({ kind: "suppressed", reason: "soft" });
  await subscribeAndConfirm(app, an);
  app.advance(hours(1));
  expect(await refused("452 4.2.2"), "what failed before counts no more").toEqual({ kind: "noted" });
  expect(await refused("550 5.1.1")).toEqual({ kind: "suppressed", reason: "hard" });
  expect(await noteRefusal(app.ctx, crypto.randomUUID(), "550 5.1.1")).toEqual({ kind: "nobody" });
});

test("after erasing only a hash is left, and it holds when the address comes back, until it subscribes", async () => {
  const app = await start();
  await signAndConfirm(app, { email: an });
  await stop(app, an);
  const since = app.ctx.now();
  const person = () =>
    app.ctx.db.selectFrom("people").select("id").where("email", "=", an).executeTakeFirstOrThrow();
  app.advance(days(1));
  expect(await eraseEverything(app.ctx, (await person()).id)).toEqual({ kind: "erased" });
  expect(await app.ctx.db.selectFrom("suppressions").selectAll().execute()).toEqual([]);
  const left = await app.ctx.db.selectFrom("erased_suppressions").selectAll().execute();
  expect(left).toEqual([
    { address_hash: expect.stringMatching(/^[0-9a-f]{32}$/), reason: "complaint", since },
  ]);

  app.advance(days(1));
  await signAndConfirm(app, { email: an });
  expect(await findSuppression(app.ctx, an)).toEqual({ reason: "complaint", since, detail: null });
  expect(await app.ctx.db.selectFrom("erased_suppressions").selectAll().execute()).toEqual([]);
  app.advance(days(1));
  await subscribeAndConfirm(app, an);
  expect(await isSuppressed(app.ctx, an)).toBe(false);
});

test("at night addresses of nobody known become hashes, and hashes go after two years", async () => {
  const app = await start();
  await signAndConfirm(app, { email: an });
  await stop(app, an);
  for (let each = 0; each < 600; each++) await stop(app, `weg-${each}@voorbeeld.nl`, "hard");
  await removeWhatIsOld.run(app.ctx, {});
  const kept = await app.ctx.db.selectFrom("suppressions").select("address").execute();
  expect(kept).toEqual([{ address: an }]);
  const hashes = async () =>
    (await app.ctx.db.selectFrom("erased_suppressions").selectAll().execute()).length;
  expect(await hashes()).toBe(600);
  app.advance(days(729));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await hashes()).toBe(600);
  app.advance(days(2));
  await removeWhatIsOld.run(app.ctx, {});
  expect(await hashes()).toBe(0);
  expect(await isSuppressed(app.ctx, an), "as long as the person is known").toBe(true);
});

test("all of them can be read page by page, newest first, each once", async () => {
  const app = await start();
  for (let each = 0; each < 25; each++) {
    await stop(app, `adres-${String(each).padStart(2, "0")}@voorbeeld.nl`, each % 2 ? "hard" : "soft");
    if (each % 5 === 4) app.advance(hours(1)); // five at each moment
  }
  const seen: string[] = [];
  let after: SuppressionPlace | undefined;
  for (let more = true; more; ) {
    const rows = await listSuppressions(app.ctx, { limit: 7, ...(after && { after }) });
    seen.push(...rows.map(({ address }) => address));
    after = rows.at(-1);
    more = rows.length === 7;
  }
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
  expect(seen.slice(0, 6)).toEqual([20, 21, 22, 23, 24, 15].map((each) => `adres-${each}@voorbeeld.nl`));
});
