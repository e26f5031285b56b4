import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import {
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
import { startTestApp } from "../../tests/support/test-app.ts";
import { serverUrl } from "../../tests/support/test-database.ts";
import type { Tables } from "../database.ts";
import { desk } from "../desk-paths.ts";
import { connect } from "../platform/database.ts";
import { claimDeliveries } from "./claim.ts";
import { freezeNext } from "./freeze.ts";
import { startSendingLoop } from "./loop.ts";
import { getProgress } from "./queries.ts";
import { takeUpFromTheDead } from "./senders.ts";

async function given(count: number, env: Record<string, string> = {}) {
  const sink = await startSmtpSink();
  const app = await startTestApp({
    env: { SMTP_URL: sink.url, SEND_RATE: "1000", SEND_RATE_DOMAIN: "1000", ...env },
  });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, count);
  const id = await edition(db, { newsletterId });
  const counts = async () => (await getProgress(app.ctx, id))!.counts;
  return { app, sink, db, newsletterId, id, counts };
}

test("a claim on its way while others take its sender for dead leaves nobody behind", async () => {
  const { app, db, id, counts } = await given(20);
  await freezeNext(app.ctx, id);
  const sender = await senderOf(db, new Date("2020-01-01"));
  const holder = new pg.Client({ connectionString: serverUrl(app.database) });
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query("begin");
  await holder.query("select from send_buckets where domain = '*' for update");
  const claim = claimDeliveries(app.ctx, sender, id, 10);
  const waiting = async (count: number) => {
    await holder.query("select pg_stat_clear_snapshot()"); // within a transaction it would show the same for ever
    const { rows } = await holder.query(
      "select count(*)::int as count from pg_locks where not granted and pid in (select pid from pg_stat_activity where datname = current_database())",
    );
    return rows[0].count >= count;
  };
  await until("The claim's wait", () => waiting(1));
  const takenUp = takeUpFromTheDead(app.ctx);
  const seen = Promise.race([
    takenUp.then(() => true),
    until("The other's wait", () => waiting(2)).then(() => true),
  ]);
  await seen;
  await holder.query("commit");
  const claimed = await claim;
  expect(await takenUp).toBe(1);
  expect(await counts()).toMatchObject({ waiting: 20, sending: 0 });
  expect(await claimDeliveries(app.ctx, sender, id, 10), "under a number that is gone").toEqual([]);

  // Who holds the lost claim asks before each hand-over, and hears that it is over.
  expect(claimed.length).toBeLessThanOrEqual(10);
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  await finished(db, id);
  expect(await counts()).toMatchObject({ sent: 20 });
});

test("what stands claimed under a number that is gone is taken up, so that the edition ends", async () => {
  const { app, sink, db, id } = await given(12);
  await freezeNext(app.ctx, id);
  await db.updateTable("deliveries").set({ state: "sending", claimed_by: 999 }).execute();
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  await finished(db, id);
  expect(sink.received).toHaveLength(12);
  expect(Object.values(await statesOf(db, id)).every(({ doubts }) => doubts === 0)).toBe(true);
  await expectToAddUp(app.ctx, id);
});

test("an edition that cannot be sent does not keep the others waiting", async () => {
  const { app, sink, db, newsletterId, id } = await given(3);
  const at = new Date(Date.now() - 60_000);
  await edition(db, { newsletterId, languages: [], at }); // nobody's language, so nothing can be frozen
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  const later = await edition(db, { newsletterId });
  await finished(db, id);
  await finished(db, later);
  expect(sink.received).toHaveLength(6);
});

test("with a rate in all, a small edition does not wait for the end of a large one", async () => {
  const { app, db, id, counts } = await given(200, { SEND_RATE: "20" });
  const small = await newsletterOf(db, "op-pad-met-de-cxo");
  await subscribersOf(small);
  onTestFinished(startSendingLoop(app.ctx, 50).stop);
  await until("The large one's beginning", async () => (await counts()).sent > 0);
  const other = await edition(db, { newsletterId: small });
  await finished(db, other);
  expect((await counts()).sent).toBeLessThan(150);
  expect((await getProgress(app.ctx, id))?.state).toBe("sending");

  /** Five of the large one's readers read the small one, too. */
  async function subscribersOf(newsletterId: string) {
    const people = await db
      .selectFrom("people")
      .select("id")
      .where("email", "like", "lezer-%")
      .limit(5)
      .execute();
    const since = new Date(Date.now() - 86_400_000);
    for (const { id: person_id } of people)
      await db
        .insertInto("subscriptions")
        .values({ newsletter_id: newsletterId, person_id, language: "nl", since })
        .execute();
  }
});

test("ending while the database is away ends, also where mails wait for leave to go out", async () => {
  const { app, sink, counts } = await given(40);
  const { pool, db: books } = connect<Tables>(serverUrl(app.database), 5);
  const loop = startSendingLoop(app.ctx, 50, books, 300);
  sink.behave({ kind: "stall" });
  await until("The hand-over", async () => sink.tries.length === 4);
  const away = pool.end(); // nothing can be written from here on
  sink.behave({ kind: "accept" });
  sink.answerStalled();
  await until("The answers", async () => sink.received.length === 4);
  await loop.stop();
  await app.ctx.postOffice.close();
  await away;
  expect(sink.tries, "nothing went out that was not written before").toHaveLength(4);
  expect(await counts()).toMatchObject({ uncertain: 4, sending: 0, waiting: 36 });
});

test("somebody who looks at an edition that is being sent does not hold up a stop", async () => {
  const { app, sink, id } = await given(8);
  sink.behave({ kind: "stall" });
  const sending = startSendingLoop(app.ctx, 50);
  await until("The hand-over", async () => sink.tries.length === 4);
  const editor = await signIn(app, "editor");
  const headers = { ...editor.headers, accept: "text/event-stream" };
  const answer = await fetch(`http://127.0.0.1:${app.port}${desk("nl").part("editions", id, "progress")}`, {
    headers: { ...headers, host: `localhost:${app.port}` },
  });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  const reader = answer.body!.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain("event: progress");
  sink.answerStalled();
  sink.behave({ kind: "accept" });
  await sending.stop();
  const begun = performance.now();
  await app.stop();
  expect(performance.now() - begun).toBeLessThan(10_000);
});
