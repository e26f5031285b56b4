import { expect, test } from "vitest";
import { allOfIt, linkIn, rejectLinkIn } from "../../tests/support/acts.ts";
import { elsewhere, ownNetworks } from "../../tests/support/mine.ts";
import { hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";
import { inTransaction } from "../platform/context.ts";
import { lookForDueMails } from "./jobs.ts";
import { requestConfirmation } from "./operations.ts";

const to = paths("nl");
const an = "an@voorbeeld.nl";
const start = () => startTestApp({ env: ownNetworks });
const tip = (app: TestApp, text: string) =>
  app.post(to.contact, { kind: "idea", text, name: "An", email: an }, { headers: elsewhere() });
const arrived = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("tips").select("text").orderBy("text").execute()).map(({ text }) => text);
const waiting = (app: TestApp) =>
  app.ctx.db.selectFrom("acts").select("id").where("email", "is not", null).execute();
async function lastLink(app: TestApp) {
  await lookForDueMails.run(app.ctx, {});
  await app.work();
  return linkIn((await app.mailbox(an)).at(-1)!, "/bevestigen/");
}

test("forms at the same instant are all kept, with one mail now and the rest in the next", async () => {
  const app = await start();
  const texts = Array.from({ length: 8 }, (_, n) => `tip ${n}`);
  await Promise.all(texts.map((text) => tip(app, text)));
  await app.work();
  expect(await app.mailbox(an)).toHaveLength(1);
  expect(await waiting(app)).toHaveLength(8);
  app.advance(hours(1));
  await app.post(await lastLink(app), allOfIt);
  expect(await arrived(app)).toEqual(texts);
});

test("the same form at the same instant is one act", async () => {
  const app = await start();
  await Promise.all(Array.from({ length: 8 }, () => tip(app, "dezelfde")));
  expect(await waiting(app)).toHaveLength(1);
  await app.work();
  expect(await app.mailbox(an)).toHaveLength(1);
});

test("two links that list one act, pressed together, make it count once", async () => {
  const app = await start();
  await tip(app, "een");
  const first = await lastLink(app);
  await tip(app, "twee");
  app.advance(hours(1));
  const second = await lastLink(app);
  expect(second).not.toBe(first);
  await Promise.all([first, second, first, second].map((link) => app.post(link, allOfIt)));
  expect(await arrived(app)).toEqual(["een", "twee"]);
});

test("yes and “dit was ik niet” at the same instant: one of them wins, with nothing in between", async () => {
  const app = await start();
  for (let round = 0; round < 8; round++) {
    const email = `an-${round}@voorbeeld.nl`;
    const form = { email, name: "An", kind: "idea", text: `tip ${round}`, subscribe: "yes" };
    await app.post(to.contact, form, { headers: elsewhere() });
    await app.work();
    const mail = (await app.mailbox(email))[0]!;
    await Promise.all([app.post(linkIn(mail, "/bevestigen/"), allOfIt), app.post(rejectLinkIn(mail), {})]);
    const acts = await app.ctx.db.selectFrom("acts").selectAll().execute();
    expect(acts.every(({ email }) => email === null)).toBe(true);
    const confirmed = acts.filter((act) => act.confirmed_at !== null).length;
    expect(confirmed % 2, "both acts or none").toBe(0);
    expect(await arrived(app)).toHaveLength(confirmed / 2);
  }
});

test("a form that comes while the one before is confirmed gets its mail at once", async () => {
  const app = await start();
  await tip(app, "een");
  const link = await lastLink(app);
  await Promise.all([app.post(link, {}), tip(app, "twee")]);
  const mails = async () => {
    await app.work();
    return (await app.mailbox(an)).filter(({ subject }) => subject.startsWith("Bevestig dat"));
  };
  expect(await mails()).toHaveLength(2);
  await app.post(await lastLink(app), allOfIt);
  expect(await arrived(app)).toEqual(["een", "twee"]);
});

test("act and mail are kept together or not at all", async () => {
  const app = await start();
  const stopped = inTransaction(app.ctx, async (ctx) => {
    await requestConfirmation(ctx, {
      ...{ email: an, name: null, language: "nl", acts: [{ kind: "tip", payload: { text: "weg" } }] },
      ...{ origin: app.origin, siteName: "Proef", formUrl: app.origin + to.contact },
    });
    throw new Error("the process stopped here");
  });
  await expect(stopped).rejects.toThrow("stopped here");
  expect(await waiting(app)).toEqual([]);
  expect(await app.work()).toBe(0);
  await tip(app, "blijft");
  // Nothing ran yet: the mail stands on the queue that the act was kept with.
  const jobs = await app.ctx.db.selectFrom("confirmations").select("mailed_at").execute();
  expect(jobs).toEqual([{ mailed_at: null }]);
  await app.work();
  expect(await app.mailbox(an)).toHaveLength(1);
});
