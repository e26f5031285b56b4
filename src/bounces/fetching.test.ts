import { expect, test } from "vitest";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { imapPassword, imapUser, startImapServer } from "../../tests/support/imap-server.ts";
import { bounceText, givenDelivery, personsText } from "../../tests/support/returned.ts";
import { days, freePort, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { createLog } from "../platform/log.ts";
import { removeWhatIsOld } from "../retention/jobs.ts";
import { lookInMailbox } from "./jobs.ts";

const jan = "jan@gemeente.example";

async function start(imapUrl: string) {
  const logged: string[] = [];
  const log = createLog("debug", { write: (line: string) => void logged.push(line) });
  const app = await startTestApp({ env: { IMAP_URL: imapUrl, BOUNCE_ADDRESS: "terug@localhost" }, log });
  return { app, logged, look: () => lookInMailbox.run(app.ctx, {}) };
}

const stored = (app: TestApp) =>
  app.ctx.db
    .selectFrom("inbound_mails")
    .select(["raw", "size", "state", "kind"])
    .orderBy("received_at")
    .execute();

test("what is in the mailbox is stored, removed there, and acted on", async () => {
  const server = await startImapServer();
  const { app, look } = await start(server.url());
  await subscribeAndConfirm(app, jan);
  app.advance(days(1));
  const delivery = await givenDelivery(app, jan);
  const garbage = Buffer.from(Array.from({ length: 500 }, (_, at) => (at * 7919 + 13) % 256));
  server.deliver(bounceText({ to: delivery.marks.returnPath, recipient: jan, status: "5.1.1" }));
  server.deliver(garbage);
  for (let each = 0; each < 45; each++) server.deliver(personsText("terug@archipel.example", `Mail ${each}`));
  await look();
  expect(server.count()).toBe(0);
  await app.work();
  const mails = await stored(app);
  expect(mails).toHaveLength(47);
  expect(
    mails.some(({ raw }) => raw.equals(garbage)),
    "byte by byte as it came",
  ).toBe(true);
  expect(mails.filter(({ state }) => state === "new")).toEqual([]);
  const { state } = await app.ctx.db
    .selectFrom("deliveries")
    .select("state")
    .where("id", "=", delivery.id)
    .executeTakeFirstOrThrow();
  expect(state).toBe("bounced");
});

test("of a huge mail its beginning is kept, and what it says is done", async () => {
  const server = await startImapServer();
  const { app, look } = await start(server.url());
  await subscribeAndConfirm(app, jan);
  app.advance(days(1));
  const delivery = await givenDelivery(app, jan);
  const report = bounceText({
    to: delivery.marks.returnPath,
    recipient: jan,
    status: "5.1.1",
    original: "Subject: x",
  });
  const huge = Buffer.concat([report.subarray(0, -7), Buffer.alloc(2_000_000, "Lang verhaal.\r\n")]);
  server.deliver(huge);
  await look();
  await app.work();
  const [mail] = await stored(app);
  expect(mail).toMatchObject({ size: huge.length, kind: "failure" });
  expect(mail?.raw.equals(huge.subarray(0, 262_144))).toBe(true);
  expect(server.count()).toBe(0);
});

test("a process that ends between storing and removing does nothing twice", async () => {
  const server = await startImapServer();
  const { app, look, logged } = await start(server.url());
  const mail = personsText("terug@archipel.example", "Eén keer");
  server.deliver(mail);
  server.whenRemoving("breaks off");
  await look();
  expect(server.count(), "it is still there").toBe(1);
  expect(await stored(app), "and stored, so removing came after it").toHaveLength(1);
  expect(logged.join("")).toContain("mailbox not read");
  server.whenRemoving("removes");
  await look();
  expect(server.count()).toBe(0);
  expect(await stored(app)).toHaveLength(1);
  expect(await app.work(), "and read once").toBe(1);
});

test("a mail whose content the server withholds stays there, and keeps no other away", async () => {
  const server = await startImapServer();
  const { app, look, logged } = await start(server.url());
  for (let each = 0; each < 25; each++)
    server.deliver(personsText("terug@archipel.example", each === 1 ? "Geheim" : `Mail ${each}`));
  server.withhold("Geheim");
  await look();
  expect(server.count()).toBe(1);
  expect(await stored(app)).toHaveLength(24);
  expect(logged.join("")).toContain('"withheld":1');
});

test("two workers that look at the same moment store each mail once", async () => {
  const server = await startImapServer();
  const { app, look } = await start(server.url());
  for (let each = 0; each < 30; each++) server.deliver(personsText("terug@archipel.example", `Mail ${each}`));
  await Promise.all([look(), look()]);
  await look();
  expect(server.count()).toBe(0);
  expect(await stored(app)).toHaveLength(30);
});

test("a server that keeps what it says it removed is not read over and over", async () => {
  const server = await startImapServer();
  const { app, look, logged } = await start(server.url());
  server.deliver(personsText("terug@archipel.example", "Blijft"));
  server.whenRemoving("keeps");
  await look();
  expect(logged.join("")).toContain("delete-without-effect");
  expect(await stored(app)).toHaveLength(1);
});

test("a wrong password, a server that is down, a mailbox that is not there: logged without a secret, tried again", async () => {
  const server = await startImapServer();
  const wrong = await start(server.url("een-ander-wachtwoord"));
  await wrong.look();
  const missing = await start(server.url(imapPassword, "Nergens"));
  await missing.look();
  const port = await freePort();
  const down = await start(server.url().replace(/:\d+\//, `:${port}/`));
  await down.look();
  const lines = [wrong, missing, down].map(({ logged }) =>
    logged.filter((line) => line.includes("mailbox not read")).join(""),
  );
  expect(lines[0]).toContain('"code":"login-refused"');
  expect(lines[1]).toContain('"code":"command-refused"');
  expect(lines[2]).toContain('"code":"ECONNREFUSED"');
  const all = [wrong, missing, down].flatMap(({ logged }) => logged).join("");
  for (const secret of ["een-ander-wachtwoord", imapPassword, encodeURIComponent(imapPassword), imapUser])
    expect(all).not.toContain(secret);

  const { app, look } = await start(server.url());
  server.deliver(personsText("terug@archipel.example", "Later"));
  await server.stop();
  await look();
  expect(await stored(app)).toEqual([]);
  await server.start();
  await look();
  expect(await stored(app)).toHaveLength(1);
});

test("another mailbox than INBOX; and without one, nothing is asked", async () => {
  const server = await startImapServer();
  server.deliver(personsText("terug@archipel.example", "Hier"), "Bounces");
  server.deliver(personsText("terug@archipel.example", "Niet hier"));
  const { app, look } = await start(server.url(imapPassword, "Bounces"));
  await look();
  expect([server.count("Bounces"), server.count()]).toEqual([0, 1]);
  expect(await stored(app)).toHaveLength(1);
  const asked = server.connections();
  const without = await startTestApp();
  await lookInMailbox.run(without.ctx, {});
  expect(server.connections()).toBe(asked);
});

test("stored mails go after thirty days", async () => {
  const server = await startImapServer();
  const { app, look } = await start(server.url());
  server.deliver(personsText("terug@archipel.example", "Oud"));
  await look();
  app.advance(days(29));
  server.deliver(personsText("terug@archipel.example", "Nieuw"));
  await look();
  await removeWhatIsOld.run(app.ctx, {});
  expect(await stored(app)).toHaveLength(2);
  app.advance(days(2));
  await removeWhatIsOld.run(app.ctx, {});
  expect((await stored(app)).map(({ raw }) => raw.toString())).toEqual([expect.stringContaining("Nieuw")]);
});
