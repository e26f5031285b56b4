import { expect, onTestFinished, test } from "vitest";
import {
  edition,
  expectToAddUp,
  finished,
  newsletterOf,
  statesOf,
  subscribers,
} from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { days, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { deliveryJobs } from "./jobs.ts";
import { startSendingLoop } from "./loop.ts";
import { getProgress } from "./queries.ts";

const fast = { SEND_RATE: "5000", SEND_RATE_DOMAIN: "5000" };

function startSending(app: TestApp) {
  const loop = startSendingLoop(app.ctx, 50);
  onTestFinished(loop.stop);
  return loop;
}

test("everybody gets the edition once, in their own language, and the sums add up", async () => {
  const sink = await startSmtpSink();
  const app = await startTestApp({ env: { SMTP_URL: sink.url, ...fast } });
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 60, ["een.example", "twee.example"]);
  const id = await edition(app.ctx.db, { newsletterId });
  startSending(app);
  await finished(app.ctx.db, id);
  const addresses = sink.received.map(({ envelope }) => envelope.to[0]);
  expect(new Set(addresses).size).toBe(60);
  expect(addresses).toHaveLength(60);
  const english = sink.received.filter(({ mail }) => mail.subject === "News for you");
  expect(english.map(({ envelope }) => envelope.to[0]).sort()).toEqual(
    [10, 20, 30, 40, 50, 60].map((n) => `lezer-${n}@een.example`).sort(),
  );
  expect(new Set(sink.received.map(({ mail }) => mail.messageId)).size).toBe(60);
  await expectToAddUp(app.ctx, id);
  expect(await getProgress(app.ctx, id)).toMatchObject({
    state: "sent",
    audience: 60,
    counts: { sent: 60, waiting: 0, sending: 0, retry: 0, uncertain: 0, refused: 0, skipped: 0, bounced: 0 },
    doubts: 0,
  });
  expect(Object.values(await statesOf(app.ctx.db, id)).every(({ state }) => state === "sent")).toBe(true);
});

test("a year later nobody's delivery is known any more, and the sums still are", async () => {
  const app = await startTestApp({ env: fast });
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 10);
  const id = await edition(app.ctx.db, { newsletterId });
  startSending(app);
  await finished(app.ctx.db, id);
  const forget = deliveryJobs.find(({ name }) => name === "deliveries.forget")!;
  const rows = () => app.ctx.db.selectFrom("deliveries").select("id").execute();
  app.advance(days(364));
  await forget.run(app.ctx, {});
  expect(await rows()).toHaveLength(10);
  app.advance(days(3));
  await forget.run(app.ctx, {});
  expect(await rows()).toEqual([]);
  expect(await getProgress(app.ctx, id)).toMatchObject({ audience: 10, counts: { sent: 10 } });
});
