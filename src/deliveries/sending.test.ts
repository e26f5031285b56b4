import { expect, onTestFinished, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
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
import { desk } from "../desk-paths.ts";
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

test("of an edition whose recipients are forgotten nothing can be sent again or gone on with", async () => {
  const sink = await startSmtpSink();
  sink.behave({ kind: "refuse", at: "recipient", code: 550, says: "5.7.1 no" });
  const app = await startTestApp({ env: { SMTP_URL: sink.url, ...fast } });
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 2);
  const refused = await edition(app.ctx.db, { newsletterId });
  startSending(app);
  await finished(app.ctx.db, refused);
  const stopped = await edition(app.ctx.db, { newsletterId, state: "stopped" });
  const editor = await signIn(app, "editor");
  const pageOf = async (id: string) => (await editor.get(desk("nl").one("editions", id))).text();
  const again = desk("nl").part("editions", refused, "resend");
  const goingOn = desk("nl").part("editions", stopped, "goOn");
  expect(await pageOf(refused)).toContain(`action="${again}"`);
  expect(await pageOf(stopped)).toContain(`action="${goingOn}"`);
  app.advance(days(367));
  await deliveryJobs.find(({ name }) => name === "deliveries.forget")!.run(app.ctx, {});
  const later = await signIn(app, "editor"); // the session is over, too
  for (const [id, address] of [
    [refused, again],
    [stopped, goingOn],
  ] as const) {
    expect((await later.post(address)).headers.get("location")).toContain("done=late");
    expect(await (await later.get(desk("nl").one("editions", id))).text()).not.toContain(address);
  }
  expect((await getProgress(app.ctx, refused))?.state).toBe("sent");
});
