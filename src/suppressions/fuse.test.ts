import { expect, onTestFinished, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { bounceText } from "../../tests/support/returned.ts";
import { startScriptedSmtp } from "../../tests/support/scripted-smtp.ts";
import {
  edition,
  finished,
  newsletterOf,
  statesOf,
  subscribers,
  until,
} from "../../tests/support/sending.ts";
import { hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { storeMail } from "../bounces/operations.ts";
import { startSendingLoop } from "../deliveries/loop.ts";
import { returnPathOf } from "../deliveries/verp.ts";
import { desk } from "../desk-paths.ts";
import { lookAtHeldProviders } from "./jobs.ts";
import { noteRefusal } from "./operations.ts";

const big = "grotepost.example";
const small = "klein.example";
const listed = `550 5.1.1 no such user here`;

/** An edition to as many at each provider, and a mail server that answers what `says` says of an address. */
async function givenSending(says: (address: string) => string | undefined, count = 90) {
  const script = { says };
  const server = await startScriptedSmtp({
    answer: (verb, line) => (verb === "RCPT" ? script.says(/<(.+)>/.exec(line)?.[1] ?? "") : undefined),
  });
  const env = { SMTP_URL: server.url, SEND_RATE: "2000", SEND_RATE_DOMAIN: "2000", SEND_CONNECTIONS: "4" };
  const app = await startTestApp({ env });
  const { db } = app.ctx;
  const newsletterId = await newsletterOf(db);
  await subscribers(db, newsletterId, count, [big, small]);
  const id = await edition(db, { newsletterId });
  const lines = () => server.connections.flatMap((connection) => connection.lines);
  return { app, db, id, script, lines, send: () => onTestFinished(startSendingLoop(app.ctx, 50).stop) };
}

const suppressed = async (app: TestApp) =>
  (await app.ctx.db.selectFrom("suppressions").select("address").execute()).map(({ address }) => address);
const openHolds = (app: TestApp) =>
  app.ctx.db.selectFrom("provider_holds").selectAll().where("opened_at", "is", null).execute();
const statesAt = async (app: TestApp, id: string, provider: string) =>
  Object.entries(await statesOf(app.ctx.db, id))
    .filter(([address]) => address.endsWith(`@${provider}`))
    .map(([, { state }]) => state);

test("a provider that says of all its subscribers in one edition that they are unknown suppresses nobody", async () => {
  const { app, db, id, script, lines, send } = await givenSending((to) =>
    to.endsWith(big) ? listed : undefined,
  );
  const owner = await signIn(app, "owner");
  const editor = await signIn(app, "editor");
  send();
  await until("The other provider", async () =>
    (await statesAt(app, id, small)).every((state) => state === "sent"),
  );
  await until("The hold", async () => {
    await app.work();
    return (await openHolds(app)).length === 1;
  });
  await app.work();
  expect(await suppressed(app)).toEqual([]);
  expect(
    lines().some((line) => line.includes(`Subject: Mail naar ${big} wacht`)),
    "owners got a mail",
  ).toBe(true);

  const at = desk("nl");
  const read = async (who: typeof owner, path: string) => (await who.get(path)).text();
  expect(await read(owner, at.one("editions", id))).toContain(`Mail naar ${big} wacht`);
  expect(await read(owner, at.home)).toContain(`Mail naar ${big} wacht`);
  expect(await read(editor, at.home)).not.toContain(big);
  const [hold] = await openHolds(app);
  expect(await read(owner, at.section("suppressions"))).toContain(`Geef ${big} vrij`);
  expect((await editor.post(at.part("suppressions", hold!.id, "open"))).status).toBe(403);

  script.says = () => undefined;
  const answer = await owner.post(at.part("suppressions", hold!.id, "open"));
  expect(answer.headers.get("location")).toContain("done=opened");
  await finished(db, id);
  expect((await statesAt(app, id, big)).every((state) => state === "sent")).toBe(true);
  expect(await suppressed(app)).toEqual([]);
  const noted = await db
    .selectFrom("audit")
    .select("subject")
    .where("action", "=", "suppressions.open")
    .execute();
  expect(noted).toEqual([{ subject: big }]);
});

test("after a day ten addresses are tried: while they are refused it stays held, once they are taken all get it", async () => {
  const { app, db, id, script, send } = await givenSending((to) => (to.endsWith(big) ? listed : undefined));
  send();
  await until("The hold", async () => {
    await app.work();
    return (await openHolds(app)).length === 1;
  });
  const look = () => lookAtHeldProviders.run(app.ctx, {});
  const sample = async () => (await openHolds(app))[0]?.sample?.length ?? 0;
  app.advance(hours(23));
  await look();
  expect(await sample()).toBe(0);
  app.advance(hours(2));
  await look();
  expect(await sample()).toBe(10);
  const outcome = async (state: string) =>
    (await statesAt(app, id, big)).filter((one) => one === state).length;
  const settled = async (done: () => Promise<boolean>) =>
    until("The sample", async () => {
      await app.work();
      return done();
    });
  const tried = (await openHolds(app))[0]?.sample ?? [];
  const all = (await statesAt(app, id, big)).length;
  await settled(async () => {
    const { count } = await db
      .selectFrom("hard_answers")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("delivery_id", "in", tried)
      .executeTakeFirstOrThrow();
    return Number(count) === 10;
  });
  app.advance(hours(2));
  await look();
  expect(await sample(), "refused again").toBe(0);
  expect(await openHolds(app)).toHaveLength(1);

  script.says = () => undefined;
  app.advance(hours(25));
  await look();
  await settled(async () => (await outcome("sent")) === 10);
  expect(await outcome("sent"), "ten and no more").toBe(10);
  app.advance(hours(2));
  await look();
  expect(await openHolds(app)).toEqual([]);
  await finished(db, id);
  expect(await outcome("sent")).toBe(all);
  expect(await suppressed(app)).toEqual([]);
});

test("bounces that come by mail count too, by the server that the report names", async () => {
  const { app, db, id, send } = await givenSending(() => undefined, 60);
  send();
  await finished(db, id);
  const rows = await db
    .selectFrom("deliveries as d")
    .innerJoin("people as p", "p.id", "d.person_id")
    .select(["d.id", "p.email"])
    .where("d.edition_id", "=", id)
    .execute();
  for (const [at, { id, email }] of rows.slice(0, 24).entries()) {
    const report = bounceText({
      to: returnPathOf(app.ctx, id),
      recipient: email,
      status: "5.1.1",
      diagnostic: listed,
    })
      .toString()
      .replace(/^Final-Recipient:/m, `Remote-MTA: dns; mx${at % 3}.poort.example\nFinal-Recipient:`);
    await storeMail(app.ctx, { raw: Buffer.from(report), size: report.length });
  }
  await app.work();
  expect((await openHolds(app)).map(({ provider }) => provider)).toEqual(["poort.example"]);
  expect(await suppressed(app)).toEqual([]);
});

test("a few dead addresses among many are given up as ever", async () => {
  const { app, db, id, send } = await givenSending((to) => (/-(2|4|6)@/.test(to) ? listed : undefined), 60);
  send();
  await finished(db, id);
  await app.work();
  expect((await suppressed(app)).length).toBe(3);
  expect(await openHolds(app)).toEqual([]);
});

test("a person who releases a provider that goes on saying so has the last word: those addresses are given up", async () => {
  const { app, db, id, send } = await givenSending((to) => (to.endsWith(big) ? listed : undefined), 60);
  const owner = await signIn(app, "owner");
  send();
  await until("The hold", async () => {
    await app.work();
    return (await openHolds(app)).length === 1;
  });
  await owner.post(desk("nl").part("suppressions", (await openHolds(app))[0]!.id, "open"));
  await finished(db, id);
  await app.work();
  expect(await openHolds(app)).toEqual([]);
  expect((await suppressed(app)).length).toBe((await statesAt(app, id, big)).length);
});

test("workers that read answers at the same moment hold a provider once, and leave nobody suppressed", async () => {
  const { app, db, id } = await givenSending(() => undefined, 60);
  const people = await db
    .selectFrom("people")
    .select(["id", "email"])
    .where("email", "like", `%@${big}`)
    .execute();
  const deliveries = await db
    .insertInto("deliveries")
    .values(
      people.map((person) => ({
        ...{ edition_id: id, person_id: person.id, language: "nl" as const, domain: big },
        ...{ state: "refused" as const, code: "550 5.1.1", due_at: app.ctx.now(), done_at: app.ctx.now() },
      })),
    )
    .returning("id")
    .execute();
  expect(deliveries.length).toBeGreaterThan(25);
  await Promise.all(deliveries.map(({ id }) => noteRefusal(app.ctx, id, "550 5.1.1")));
  expect(await openHolds(app)).toHaveLength(1);
  expect(await suppressed(app)).toEqual([]);
});
