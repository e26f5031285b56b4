import { sql } from "kysely";
import { expect, onTestFinished, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
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
import { desk } from "../desk-paths.ts";
import { startSendingLoop } from "./loop.ts";
import { sendAgainToRefused } from "./operations.ts";
import { mostTries, waitAfter } from "./policy.ts";
import { getProgress } from "./queries.ts";

type Wanted = { count?: number; behaviour?: Behaviour; query?: string; login?: string };

/** An edition to `count` subscribers, a mail server that behaves in some way, and the loop that sends. */
async function givenSending(wanted: Wanted = {}) {
  const { count = 12, behaviour = { kind: "accept" }, query = "", login = "" } = wanted;
  const sink = await startSmtpSink();
  sink.behave(behaviour);
  const env = {
    SMTP_URL: `${sink.url.replace("://", `://${login}`)}/${query}`,
    SEND_RATE: "1000",
    SEND_RATE_DOMAIN: "1000",
  };
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
  const { app, sink, db, id, progress } = await givenSending({ behaviour });
  await until("The hold", async () => (await progress()).heldUntil !== null);
  const { rows } = await sql<{
    slowness: number;
  }>`select slowness from send_buckets where domain = '*'`.execute(db);
  expect(rows[0]?.slowness).toBeGreaterThanOrEqual(1);
  await until("The end of the hold", async () => (await progress()).heldUntil === null);
  sink.behave({ kind: "accept" });
  app.advance(minutes(1));
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

test("a recipient whose own server sends us away keeps nobody waiting, and ends after 72 hours", async () => {
  const { app, sink, db, id, progress } = await givenSending({
    behaviour: { kind: "refuse", at: "recipient", code: 421, says: "4.4.2 gone" },
  });
  sink.behave((address) =>
    address === reader(1)
      ? { kind: "refuse", at: "recipient", code: 421, says: "4.4.2 gone" }
      : { kind: "accept" },
  );
  await until("The others", async () => (await progress()).counts.sent === 11);
  const { rows } = await sql<{
    slowness: number;
  }>`select slowness from send_buckets where domain = '*'`.execute(db);
  expect(rows[0]?.slowness, "nobody was slowed down").toBe(0);
  const mine = async () => (await statesOf(db, id))[reader(1)];
  app.advance(minutes(4));
  await until("The first try that counts", async () => (await mine())?.tries === 1);
  expect(await mine()).toMatchObject({ state: "retry", code: "421 4.4.2" });
  for (let tries = 1; tries < mostTries; tries++) {
    app.advance(waitAfter(tries));
    await until("The next", async () => (await mine())?.tries === tries + 1);
  }
  await finished(db, id);
  expect(await mine()).toMatchObject({ state: "refused", code: "421 4.4.2" });
  await expectToAddUp(app.ctx, id);
});

test("a server that sends everybody away is tried for 72 hours, and then the edition ends", async () => {
  const { app, db, id, progress } = await givenSending({
    count: 2,
    behaviour: { kind: "refuse", at: "recipient", code: 421 },
  });
  const tries = async () => Object.values(await statesOf(db, id)).map((one) => one.tries);
  let passed = 0;
  const pass = (milliseconds: number) => {
    passed += milliseconds;
    app.advance(milliseconds);
  };
  await until("The first", async () => {
    const states = Object.values(await statesOf(db, id));
    return states.filter(({ state, code }) => state === "waiting" && code === "421").length === 2;
  });
  pass(minutes(4));
  for (let counted = 1; counted < mostTries; counted++) {
    await until("The try", async () => (await tries()).every((tried) => tried === counted));
    pass(waitAfter(counted));
  }
  await finished(db, id);
  expect((await progress()).counts).toMatchObject({ refused: 2 });
  expect(passed).toBeGreaterThanOrEqual(hours(72));
  expect(passed).toBeLessThan(hours(77));
});

test("a mail server that is away for 72 hours ends the edition, and no address is blamed", async () => {
  const { app, sink, db, id } = await givenSending({ count: 1 });
  await sink.stop();
  await until("The try", async () => (await statesOf(db, id))[reader(1)]?.code === "ECONNREFUSED");
  app.advance(hours(73));
  await finished(db, id);
  expect((await statesOf(db, id))[reader(1)]).toMatchObject({
    ...{ state: "refused", code: "given up: ECONNREFUSED", tries: 0 },
  });
  await app.work();
  expect(await db.selectFrom("suppressions").selectAll().execute()).toEqual([]);
});

test("a server that never answers gets a mail three times; who wants it sent once more has to say so", async () => {
  const { app, sink, db, id, progress } = await givenSending({
    count: 2,
    behaviour: { kind: "stall" },
    query: "?socketTimeout=300",
  });
  for (const doubts of [2, 4]) {
    await until("The doubt", async () => (await progress()).doubts === doubts);
    app.advance(minutes(10));
  }
  await finished(db, id);
  expect(await progress()).toMatchObject({ state: "sent", counts: { unanswered: 2 }, doubts: 6 });
  expect(sink.tries).toHaveLength(6);
  await expectToAddUp(app.ctx, id);

  const editor = await signIn(app, "editor");
  const to = desk("nl");
  const read = async () => (await editor.get(to.one("editions", id))).text();
  const page = await read();
  expect(page).toContain("Zonder antwoord");
  expect(page).toContain("Ja, nog eens naar 2 mensen");
  sink.behave({ kind: "accept" });
  const answer = await editor.post(to.part("editions", id, "repeat"));
  expect(answer.headers.get("location")).toContain("done=repeat");
  await finished(db, id);
  expect((await progress()).counts).toMatchObject({ sent: 2, unanswered: 0 });
  expect(await read()).not.toContain("nog eens naar");
  await expectToAddUp(app.ctx, id);
});

test("a mail server that refuses our password: the page says whom to ask, and with which number", async () => {
  const { app, sink, db, id } = await givenSending({
    behaviour: { kind: "refuse", at: "login", code: 535, says: "5.7.8 wrong password" },
    login: "post:geheim@",
  });
  const editor = await signIn(app, "editor");
  const page = async () => (await editor.get(desk("nl").one("editions", id))).text();
  const words = "De mailserver weigert ons (535 5.7.8). Vraag het aan de beheerder.";
  await until("The refusal", async () => (await page()).includes(words));
  expect(await page()).toMatch(/data-held[^>]* hidden/);
  sink.behave({ kind: "accept" });
  await finished(db, id);
  expect(await page()).toMatch(/data-refusal[^>]* hidden/);
  expect(
    Object.values(await statesOf(db, id)).every(({ state, tries }) => state === "sent" && tries === 0),
  ).toBe(true);
});
