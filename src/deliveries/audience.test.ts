import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import {
  dutchSubscribers,
  edition,
  expectToAddUp,
  finished,
  newsletterOf,
  senderOf,
  statesOf,
  subscribers,
  until,
} from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { days, startTestApp } from "../../tests/support/test-app.ts";
import type { Segment } from "../editions/table.ts";
import { removePerson, saveProfile } from "../people/operations.ts";
import { inTransaction } from "../platform/context.ts";
import { claimDeliveries } from "./claim.ts";
import { freezeNext } from "./freeze.ts";
import { startSendingLoop } from "./loop.ts";
import { countAudience, getProgress, streamProgress } from "./queries.ts";

const reader = (number: number) => `lezer-${number}@example.org`;
const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

test("a segment holds whom its count says, by language, moment, theme and initiative", async () => {
  const app = await startTestApp();
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, 40);
  const people = await db.selectFrom("people").select(["id", "email"]).execute();
  const personOf = (n: number) => people.find(({ email }) => email === reader(n))!.id;
  const themed = (n: number, themes: string[]) =>
    saveProfile(app.ctx, personOf(n), { themes, worksOn: "", offers: "" });
  for (const n of [1, 2, 10]) await themed(n, ["steden"]);
  await themed(3, ["zorg"]);
  const island = (await db.selectFrom("initiatives").select("id").limit(1).executeTakeFirstOrThrow()).id;
  const { id: ofIsland } = await db
    .selectFrom("newsletters")
    .select("id")
    .where("initiative_id", "=", island)
    .executeTakeFirstOrThrow();
  const now = app.ctx.now();
  const ago = (count: number) => new Date(now.getTime() - days(count));
  await db
    .insertInto("subscriptions")
    .values([
      { newsletter_id: ofIsland, person_id: personOf(4), language: "nl", since: now },
      { newsletter_id: ofIsland, person_id: personOf(5), language: "nl", since: now, ended_at: now },
    ])
    .execute();
  const offer = { initiative_id: island, name: "Sam", offer: "Hulp", offered_at: now };
  await db
    .insertInto("participations")
    .values([
      { ...offer, person_id: personOf(6) },
      { ...offer, person_id: personOf(7), withdrawn_at: now },
      { ...offer, person_id: personOf(8), answer: "declined", answered_at: now },
      { ...offer, person_id: personOf(2), answer: "accepted", answered_at: now },
    ])
    .execute();
  const change = (n: number, changes: { since?: Date; ended_at?: Date; paused_until?: Date }) =>
    db
      .updateTable("subscriptions")
      .set(changes)
      .where("person_id", "=", personOf(n))
      .where("newsletter_id", "=", newsletterId)
      .execute();
  await change(11, { since: ago(100) });
  await change(12, { since: ago(100) });
  await change(13, { ended_at: now });
  await change(14, { paused_until: new Date(now.getTime() + days(10)) });
  await change(15, { paused_until: ago(1) });
  await change(16, { since: new Date(now.getTime() + days(1)) });
  await db
    .insertInto("suppressions")
    .values({ address: reader(17), reason: "hard", since: now, detail: "5.1.1", edition_id: null })
    .execute();

  const all = numbers(1, 40).filter((n) => ![13, 14, 16].includes(n));
  const expected: [Segment, number[]][] = [
    [{}, all],
    [{ language: "en" }, [10, 20, 30, 40]],
    [{ subscribedBefore: ago(50).toISOString() }, [11, 12]],
    [{ subscribedFrom: ago(50).toISOString() }, all.filter((n) => n !== 11 && n !== 12)],
    [{ themes: ["steden"] }, [1, 2, 10]],
    [{ themes: ["steden", "zorg"] }, [1, 2, 3, 10]],
    [{ themes: ["steden"], language: "en" }, [10]],
    [{ initiatives: [island] }, [2, 4, 6]],
    [{ initiatives: [island], themes: ["steden"] }, [2]],
  ];
  for (const [segment, who] of expected) {
    const counted = await countAudience(app.ctx, newsletterId, segment);
    expect(counted, JSON.stringify(segment)).toMatchObject({
      audience: who.length,
      suppressed: who.includes(17) ? 1 : 0,
    });
    const id = await edition(db, { newsletterId, segment, at: now });
    expect(await freezeNext(app.ctx, id)).toBe("frozen");
    expect(Object.keys(await statesOf(db, id)).sort()).toEqual(who.map(reader).sort());
    expect((await getProgress(app.ctx, id))?.counts.skipped).toBe(counted.suppressed);
    await expectToAddUp(app.ctx, id);
  }
});

test("an audience of several batches is frozen once each, by two processes at once as well", async () => {
  const app = await startTestApp();
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await dutchSubscribers(db, newsletterId, 50_000);
  const id = await edition(db, { newsletterId });
  const freeze = async () => {
    for (let tries = 0; tries < 2000; tries++) {
      if ((await db.selectFrom("editions").select("state").executeTakeFirstOrThrow()).state === "sending")
        return;
      await freezeNext(app.ctx, id);
    }
  };
  await Promise.all([freeze(), freeze()]);
  expect((await getProgress(app.ctx, id))?.counts.waiting).toBe(50_000);
  await expectToAddUp(app.ctx, id);
  expect(await freezeNext(app.ctx, id)).toBe("elsewhere");
});

test("who is erased while a batch is being frozen is in no row of it, and an edition takes its rows along", async () => {
  const app = await startTestApp();
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, 3);
  const id = await edition(db, { newsletterId });
  const { id: personId } = await db
    .selectFrom("people")
    .select("id")
    .where("email", "=", reader(2))
    .executeTakeFirstOrThrow();
  let erased: Promise<unknown> = Promise.resolve();
  await inTransaction(app.ctx, async (ctx) => {
    expect(await freezeNext(ctx, id)).toBe("frozen");
    erased = removePerson(app.ctx, personId);
    expect(await Promise.race([erased, new Promise((done) => setTimeout(done, 200, "waits"))])).toBe("waits");
  });
  await erased;
  expect(Object.keys(await statesOf(db, id)).sort()).toEqual(["erased", reader(1), reader(3)]);
  await expectToAddUp(app.ctx, id);
  await db.deleteFrom("editions").where("id", "=", id).execute();
  expect(await db.selectFrom("deliveries").selectAll().execute()).toEqual([]);
});

test("an edition in one language goes to all in that one", async () => {
  const app = await startTestApp();
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, 20);
  const id = await edition(db, { newsletterId, languages: ["en"] });
  await freezeNext(app.ctx, id);
  const languages = await db.selectFrom("deliveries").select("language").distinct().execute();
  expect(languages).toEqual([{ language: "en" }]);
});

test("the rates hold, in all and per domain, over all processes together", async () => {
  const app = await startTestApp({ env: { SEND_RATE: "50", SEND_RATE_DOMAIN: "10" } });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  const domains = ["groot.example", "groot.example", "groot.example", "klein.example"];
  await subscribers(db, newsletterId, 400, domains);
  const id = await edition(db, { newsletterId });
  await freezeNext(app.ctx, id);
  const senders = [await senderOf(db), await senderOf(db), await senderOf(db)];
  const claims = () => Promise.all(senders.map((sender) => claimDeliveries(app.ctx, sender, id, 40)));
  const claimed: Awaited<ReturnType<typeof claimDeliveries>> = [];
  const of = (domain: string) => claimed.filter(({ email }) => email.endsWith(domain)).length;
  const begun = performance.now();
  /** A second's worth at once, and then as many as the time allows. */
  const allowed = () => 10 + Math.ceil((performance.now() - begun) / 100);
  claimed.push(...(await claims()).flat());
  for (const domain of ["groot.example", "klein.example"]) {
    expect(of(domain)).toBeGreaterThanOrEqual(10);
    expect(of(domain)).toBeLessThanOrEqual(allowed());
  }
  await until("Fifteen more", async () => {
    claimed.push(...(await claims()).flat());
    expect(of("groot.example")).toBeLessThanOrEqual(allowed());
    return of("groot.example") >= 25;
  });
  expect(of("klein.example")).toBeLessThanOrEqual(allowed());
  expect(new Set(claimed.map(({ id }) => id)).size, "each once").toBe(claimed.length);
});

test("a domain with its own due time later on does not keep the others waiting", async () => {
  const app = await startTestApp({ env: { SEND_RATE: "1000", SEND_RATE_DOMAIN: "1000" } });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(
    db,
    newsletterId,
    300,
    numbers(1, 300).map((n) => `domein-${n}.example`),
  );
  const id = await edition(db, { newsletterId });
  await freezeNext(app.ctx, id);
  const sender = await senderOf(db);
  const claimed = [];
  for (let tries = 0; tries < 12; tries++) claimed.push(...(await claimDeliveries(app.ctx, sender, id, 32)));
  expect(new Set(claimed.map(({ id }) => id)).size).toBe(300);
});

test("the figures come live, until the end", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url } });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, 30, ["een.example", "twee.example"]);
  const id = await edition(db, { newsletterId });
  const page = new Hono().get("/", (c) =>
    streamProgress(c, app.ctx, id, { session: "s", stillMay: async () => true, everyMs: 50 }),
  );
  const answer = await page.request("/");
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  const text = await answer.text();
  const events = [...text.matchAll(/event: (\w+)\ndata: (.*)\n/g)].map(([, event, data]) => ({
    event,
    data,
  }));
  expect(events.at(-1)).toEqual({ event: "over", data: "" });
  const figures = events.slice(0, -1).map(({ data }) => JSON.parse(data ?? ""));
  expect(figures.length).toBeGreaterThan(2);
  for (const { counts, audience } of figures)
    expect(Object.values<number>(counts).reduce((sum, count) => sum + count, 0)).toBe(audience);
  expect(figures.some(({ secondsLeft, speed }) => secondsLeft > 0 && speed > 0)).toBe(true);
  expect(figures.at(-1)).toMatchObject({ state: "sent", audience: 30, counts: { sent: 30 } });
  await finished(db, id);
});
