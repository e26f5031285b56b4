import { expect, onTestFinished, test } from "vitest";
import { edition, newsletterOf, statesOf, subscribers, until } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { days, hours, startTestApp } from "../../tests/support/test-app.ts";
import { findSuppression } from "../suppressions/queries.ts";
import { startSendingLoop } from "./loop.ts";

const full = "lezer-1@example.org";
const greylisted = "lezer-2@example.org";
const fine = "lezer-3@example.org";

test("a mailbox that puts off three editions over fourteen days until we give up gets no more mail", async () => {
  const sink = await startSmtpSink();
  sink.behave((address) => {
    if (address === full) return { kind: "refuse", at: "recipient", code: 452, says: "4.2.2 mailbox full" };
    if (address === greylisted) return { kind: "refuse", at: "recipient", code: 450, says: "4.7.1 policy" };
    return { kind: "accept" };
  });
  const app = await startTestApp({ env: { SMTP_URL: sink.url } });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, 3);
  onTestFinished(startSendingLoop(app.ctx, 20).stop);
  for (let week = 0; week < 3; week++) {
    expect(await findSuppression(app.ctx, full), `before edition ${week + 1}`).toBeUndefined();
    const begun = app.ctx.now().getTime();
    const id = await edition(db, { newsletterId, at: app.ctx.now() });
    const triesOf = async (address: string) => (await statesOf(db, id))[address]?.tries ?? 0;
    let seen = 0;
    await until("Giving up", async () => {
      const states = await statesOf(db, id);
      if (states[full]?.state === "refused" && states[greylisted]?.state === "refused") return true;
      const tries = Math.min(await triesOf(full), await triesOf(greylisted));
      if (tries > seen) app.advance(hours(5));
      seen = Math.max(seen, tries);
      return false;
    });
    expect((await statesOf(db, id))[full]).toMatchObject({ code: "452 4.2.2" });
    await app.work();
    app.advance(days(7) - (app.ctx.now().getTime() - begun));
  }
  expect(await findSuppression(app.ctx, full)).toMatchObject({ reason: "soft", detail: "452 4.2.2" });
  expect(await findSuppression(app.ctx, greylisted), "the fault was ours").toBeUndefined();
  expect(await findSuppression(app.ctx, fine)).toBeUndefined();
});
