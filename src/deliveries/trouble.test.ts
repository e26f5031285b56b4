import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import {
  edition,
  expectToAddUp,
  finished,
  newsletterOf,
  statesOf,
  subscribers,
  until,
} from "../../tests/support/sending.ts";
import { type Behaviour, startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { hours, minutes, startTestApp } from "../../tests/support/test-app.ts";
import { startSendingLoop } from "./loop.ts";
import { sendAgainToRefused } from "./operations.ts";
import { mostTries, waitAfter } from "./policy.ts";
import { getProgress } from "./queries.ts";

/** An edition to `count` subscribers, a mail server that behaves in some way, and the loop that sends. */
async function givenSending(wanted: { count?: number; behaviour?: Behaviour; query?: string } = {}) {
  const { count = 12, behaviour = { kind: "accept" }, query = "" } = wanted;
  const sink = await startSmtpSink();
  sink.behave(behaviour);
  const env = { SMTP_URL: `${sink.url}/${query}`, SEND_RATE: "1000", SEND_RATE_DOMAIN: "1000" };
  const app = await startTestApp({ env });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, count);
  const id = await edition(db, { newsletterId });
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  const progress = async () => (await getProgress(app.ctx, id))!;
  return { app, sink, db, id, progress };
}

const reader = (number: number) => `lezer-${number}@example.org`;

test("refused for good, put off, or taken: each is one recipient's own", async () => {
  const { app, sink, db, id, progress } = await givenSending({ behaviour: { kind: "stall" } });
  sink.behave((address) => {
    if (address === reader(1))
      return { kind: "refuse", at: "recipient", code: 550, says: "5.1.1 no such user" };
    if (address === reader(2)) return { kind: "refuse", at: "data", code: 554, says: "5.7.1 spam" };
    if (address === reader(3))
      return { kind: "refuse", at: "recipient", code: 450, says: "4.2.0 greylisted" };
    return { kind: "accept" };
  });
  sink.answerStalled();
  await until(
    "All but one",
    async () => (await progress()).counts.sent >= 5 && (await progress()).counts.retry === 1,
  );
  await until(
    "The rest",
    async () => (await progress()).counts.waiting + (await progress()).counts.sending === 0,
  );
  const states = await statesOf(db, id);
  expect(states[reader(1)]).toMatchObject({ state: "refused", code: "550 5.1.1" });
  expect(states[reader(2)]).toMatchObject({ state: "refused", code: "554 5.7.1" });
  expect(states[reader(3)]).toMatchObject({ state: "retry", code: "450 4.2.0", tries: 1 });
  expect((await progress()).state).toBe("sending");
  await expectToAddUp(app.ctx, id);

  app.advance(minutes(4));
  await new Promise((done) => setTimeout(done, 300));
  expect((await statesOf(db, id))[reader(3)]).toMatchObject({ tries: 1 });
  sink.behave({ kind: "accept" });
  app.advance(minutes(2));
  await finished(db, id);
  expect((await progress()).counts).toMatchObject({ sent: 10, refused: 2 });

  await app.work(); // the address that is gone for good is suppressed by what the server said
  expect(await sendAgainToRefused(app.ctx, id)).toEqual({ kind: "done" });
  await finished(db, id);
  expect((await statesOf(db, id))[reader(1)]).toMatchObject({ state: "skipped", code: "suppressed" });
  expect((await statesOf(db, id))[reader(2)]).toMatchObject({ state: "sent" });
  await expectToAddUp(app.ctx, id);
});

test("who is put off again and again is refused after 72 hours, not before", async () => {
  const { app, db, id, progress } = await givenSending({
    count: 1,
    behaviour: { kind: "refuse", at: "recipient", code: 450 },
  });
  let passed = 0;
  for (let tries = 1; tries < mostTries; tries++) {
    await until("The try", async () => (await statesOf(db, id))[reader(1)]?.tries === tries);
    expect((await progress()).state).toBe("sending");
    passed += waitAfter(tries);
    app.advance(waitAfter(tries));
  }
  await finished(db, id);
  expect((await statesOf(db, id))[reader(1)]).toMatchObject({ state: "refused", code: "450" });
  expect(passed).toBeGreaterThanOrEqual(hours(72));
  expect(passed).toBeLessThan(hours(77));
});

test.each([
  ["answers 421", { kind: "refuse", at: "recipient", code: 421, says: "4.7.0 too busy" }],
  ["answers 421 to the whole mail", { kind: "refuse", at: "data", code: 421 }],
] as const)("a server that %s slows all down, and costs nobody a try", async (_what, behaviour) => {
  const { sink, db, id, progress } = await givenSending({ behaviour });
  await until("The hold", async () => (await progress()).heldUntil !== null);
  const { rows } = await sql<{
    slowness: number;
  }>`select slowness from send_buckets where domain = '*'`.execute(db);
  expect(rows[0]?.slowness).toBeGreaterThanOrEqual(1);
  await until("The second try", async () => sink.tries.length > 4 || (await progress()).heldUntil === null);
  sink.behave({ kind: "accept" });
  await finished(db, id);
  const states = Object.values(await statesOf(db, id));
  expect(states.every(({ state, tries, doubts }) => state === "sent" && tries === 0 && doubts === 0)).toBe(
    true,
  );
});

test("a server that is away costs nobody a try; once it is back everybody gets the mail once", async () => {
  const { sink, db, id, progress } = await givenSending();
  await sink.stop();
  await sink.start();
  await sink.stop();
  await until("The hold", async () => (await progress()).heldUntil !== null);
  await sink.start();
  await finished(db, id);
  expect(sink.received.length).toBe(12);
  expect(Object.values(await statesOf(db, id)).every(({ tries }) => tries === 0)).toBe(true);
});

test.each([
  ["drops the connection in the middle of a mail", { kind: "drop" }, ""],
  ["takes the mail and never answers", { kind: "stall" }, "?socketTimeout=400"],
] as const)(
  "a server that %s: in doubt, and sent again with the same Message-ID",
  async (_what, behaviour, query) => {
    const { app, sink, db, id, progress } = await givenSending({ behaviour, query });
    await until("The doubt", async () => (await progress()).counts.uncertain > 0);
    await until("The end of the first", async () => (await progress()).counts.sending === 0);
    const inDoubt = (await progress()).doubts;
    expect(inDoubt).toBeLessThanOrEqual(4);
    sink.behave({ kind: "accept" });
    app.advance(minutes(1));
    await finished(db, id);
    expect(new Set(sink.received.map(({ envelope }) => envelope.to[0])).size).toBe(12);
    const ids = sink.tries.map(({ mail }) => mail.messageId);
    expect(new Set(ids).size, "the same at each try").toBe(12);
    expect((await progress()).doubts, "the edition remembers it").toBe(inDoubt);
    await expectToAddUp(app.ctx, id);
  },
);
