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
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { minutes, startTestApp } from "../../tests/support/test-app.ts";
import { eraseEverything } from "../mine/operations.ts";
import { unsubscribe } from "../newsletters/operations.ts";
import { startSendingLoop } from "./loop.ts";
import { cancel, goOn, startSending, stopSending, undo, unsubscribeThrough } from "./operations.ts";
import { countdown, getProgress } from "./queries.ts";

const reader = (number: number) => `lezer-${number}@example.org`;

async function givenDraft(count = 40, env: Record<string, string> = {}) {
  const sink = await startSmtpSink();
  const app = await startTestApp({
    env: { SMTP_URL: sink.url, SEND_RATE: "1000", SEND_RATE_DOMAIN: "1000", ...env },
  });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, count);
  const id = await edition(db, { newsletterId, state: "draft", at: app.ctx.now() });
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  const progress = async () => (await getProgress(app.ctx, id))!;
  const begin = async () => {
    expect(await startSending(app.ctx, id)).toMatchObject({ kind: "scheduled" });
    app.advance(minutes(1));
  };
  const someSent = async () => {
    sink.behave({ kind: "stall" });
    await begin();
    await until("The first", async () => sink.tries.length === 4);
  };
  const subscriptionOf = async (number: number) =>
    db
      .selectFrom("subscriptions as s")
      .innerJoin("people as p", "p.id", "s.person_id")
      .select(["s.id", "s.person_id"])
      .where("p.email", "=", reader(number))
      .executeTakeFirstOrThrow();
  return { app, sink, db, id, newsletterId, progress, begin, someSent, subscriptionOf };
}

/** Time for several turns of the loop. */
const aWhile = () => new Promise((done) => setTimeout(done, 400));

test("a minute passes before the first mail, in which it can be undone", async () => {
  const { app, sink, db, id, begin, progress } = await givenDraft(3);
  const { ctx } = app;
  expect(await countdown(ctx, id)).toBeNull();
  const sendAt = new Date(ctx.now().getTime() + minutes(1));
  expect(await startSending(ctx, id)).toEqual({ kind: "scheduled", sendAt });
  expect(await startSending(ctx, id), "twice is once").toEqual({ kind: "not-now", state: "scheduled" });
  app.advance(minutes(0.5));
  expect(await countdown(ctx, id)).toBe(minutes(0.5));
  expect(await undo(ctx, id)).toEqual({ kind: "done" });
  app.advance(minutes(5));
  await aWhile();
  expect((await progress()).state).toBe("draft");
  expect(sink.tries).toEqual([]);

  await begin();
  await finished(db, id);
  expect(await undo(ctx, id)).toEqual({ kind: "not-now", state: "sent" });
  expect(sink.received).toHaveLength(3);
});

test("a schedule begins at its moment", async () => {
  const { app, sink, db, id } = await givenDraft(3);
  const at = new Date(app.ctx.now().getTime() + minutes(90));
  expect(await startSending(app.ctx, id, at)).toEqual({ kind: "scheduled", sendAt: at });
  app.advance(minutes(89));
  await aWhile();
  expect(sink.tries).toEqual([]);
  app.advance(minutes(1));
  await finished(db, id);
  expect(sink.received).toHaveLength(3);
});

test("without a letter nothing is sent, and an unknown edition is none", async () => {
  const { app, db, newsletterId } = await givenDraft(1);
  const bare = await edition(db, { newsletterId, state: "draft", languages: [] });
  expect(await startSending(app.ctx, bare)).toEqual({ kind: "no-letter" });
  const nowhere = "00000000-0000-4000-8000-000000000000";
  for (const operation of [startSending, undo, stopSending, goOn, cancel])
    expect(await operation(app.ctx, nowhere)).toEqual({ kind: "not-found" });
  expect(await getProgress(app.ctx, nowhere)).toBeUndefined();
});

test("stopped, only what was at the server goes; going on, everybody gets it once", async () => {
  const { app, sink, db, id, someSent, progress } = await givenDraft();
  await someSent();
  expect(await stopSending(app.ctx, id)).toEqual({ kind: "done" });
  sink.behave({ kind: "accept" });
  sink.answerStalled();
  await until("The rest's return", async () => (await progress()).counts.sending === 0);
  await aWhile();
  expect((await progress()).counts).toMatchObject({ sent: 4, waiting: 36 });
  await expectToAddUp(app.ctx, id);
  expect(await goOn(app.ctx, id)).toEqual({ kind: "done" });
  await finished(db, id);
  expect(sink.received).toHaveLength(40);
  await expectToAddUp(app.ctx, id);
});

test("cancelled, who has not got it is skipped, and the sums still add up", async () => {
  const { app, sink, db, id, someSent, progress } = await givenDraft();
  await someSent();
  expect(await cancel(app.ctx, id)).toEqual({ kind: "done" });
  sink.answerStalled();
  await finished(db, id);
  expect(await progress()).toMatchObject({ state: "cancelled", counts: { sent: 4, skipped: 36 } });
  await expectToAddUp(app.ctx, id);
  expect(await goOn(app.ctx, id)).toEqual({ kind: "not-now", state: "cancelled" });
});

test("who leaves, pauses, is erased or suppressed while sending gets nothing more", async () => {
  const { app, sink, db, id, someSent, subscriptionOf } = await givenDraft(60);
  await someSent();
  const inHand = new Set(sink.tries.map(({ envelope }) => envelope.to[0]));
  // Some of these are claimed already and wait for a connection, others are not.
  const others = Array.from({ length: 60 }, (_, at) => at + 1).filter((n) => !inHand.has(reader(n)));
  const [ended, paused, erased, suppressed] = [0, 1, 2, 3].map((rest) =>
    others.filter((_, at) => at % 4 === rest).slice(0, 10),
  ) as [number[], number[], number[], number[]];
  for (const n of ended) await unsubscribe(app.ctx, (await subscriptionOf(n)).id);
  for (const n of paused)
    await db
      .updateTable("subscriptions")
      .set({ paused_until: new Date(app.ctx.now().getTime() + minutes(60)) })
      .where("id", "=", (await subscriptionOf(n)).id)
      .execute();
  for (const n of erased) await eraseEverything(app.ctx, (await subscriptionOf(n)).person_id);
  for (const n of suppressed)
    await db
      .insertInto("suppressions")
      .values({
        address: reader(n),
        reason: "complaint",
        since: app.ctx.now(),
        detail: null,
        edition_id: null,
      })
      .execute();
  sink.behave({ kind: "accept" });
  sink.answerStalled();
  await finished(db, id);
  expect(sink.received).toHaveLength(20);
  const got = new Set(sink.received.map(({ envelope }) => envelope.to[0]));
  for (const n of [...ended, ...paused, ...erased, ...suppressed]) expect(got.has(reader(n))).toBe(false);
  const states = await statesOf(db, id);
  for (const n of ended) expect(states[reader(n)]).toMatchObject({ state: "skipped", code: "ended" });
  for (const n of paused) expect(states[reader(n)]).toMatchObject({ state: "skipped", code: "paused" });
  for (const n of suppressed)
    expect(states[reader(n)]).toMatchObject({ state: "skipped", code: "suppressed" });
  expect(states.erased).toMatchObject({ state: "skipped", code: "erased" });
  const { counts, audience } = (await getProgress(app.ctx, id))!;
  expect([audience, counts.sent, counts.skipped]).toEqual([60, 20, 40]);
  await expectToAddUp(app.ctx, id);
});

test("each mail says how to leave, in every way; who leaves by it is counted with the edition", async () => {
  const { app, sink, db, id, begin, progress } = await givenDraft(2, {
    MAIL_FROM: "nieuws@archipel.example",
    BOUNCE_ADDRESS: "terug@archipel.example",
    IMAP_URL: "imaps://terug:geheim@post.archipel.example",
  });
  await begin();
  await finished(db, id);
  const [one, other] = sink.received;
  const { envelope, mail, header } = one!;
  expect(envelope.from).toMatch(/^terug\+[0-9a-f]{48}@archipel\.example$/);
  expect(envelope.from).not.toBe(other!.envelope.from);
  expect(mail.messageId).toMatch(/^<[0-9a-f]{48}@archipel\.example>$/);
  expect(mail.from).toMatchObject({ address: "nieuws@archipel.example" });
  expect(header("list-id")).toMatch(/^<[0-9a-f-]{36}\.nieuwsbrief\.archipel\.example>$/);
  expect(header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(header("precedence")).toBe("bulk");
  expect(header("auto-submitted")).toBeUndefined();
  const [, link, address] =
    /^<(\S+)>,\s*<mailto:(\S+)\?subject=unsubscribe>$/.exec(header("list-unsubscribe") ?? "") ?? [];
  expect(address).toMatch(/^terug\+u[0-9a-f]{48}@archipel\.example$/);
  expect(mail.text).toContain(link);
  expect(mail.html).toContain(link);

  const path = new URL(link ?? "").pathname;
  expect(await (await app.get(path)).text()).toContain("Ja, meld me af");
  const answer = await app.post(path, { "List-Unsubscribe": "One-Click" });
  expect([answer.status, await answer.text()]).toEqual([200, "ended"]);
  await app.work();
  expect((await progress()).unsubscribed).toBe(1);
  const deliveries = await db.selectFrom("deliveries").select(["id", "unsubscribed_at"]).execute();
  const rest = deliveries.find(({ unsubscribed_at }) => unsubscribed_at === null)!;
  expect(deliveries.filter(({ unsubscribed_at }) => unsubscribed_at !== null)).toHaveLength(1);
  expect(await unsubscribeThrough(app.ctx, rest.id)).toEqual({ kind: "ended" });
  await app.work();
  expect((await progress()).unsubscribed).toBe(2);
  await expectToAddUp(app.ctx, id);
});

test("without a mail server editions come into the built-in mailbox", async () => {
  const { app, db, id, begin } = await givenDraft(3, { SMTP_URL: "" });
  await begin();
  await finished(db, id);
  const mails = await app.mailbox();
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual([1, 2, 3].map(reader));
  expect(mails[0]?.text).toContain("Lezer");
  expect(mails[0]?.headers["List-Unsubscribe"]).toContain("/afmelden/");
});
