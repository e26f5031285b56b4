import { expect, test } from "vitest";
import { signIn } from "../../tests/support/desk.ts";
import { imapPassword, startImapServer } from "../../tests/support/imap-server.ts";
import { days, hours, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { technical } from "../paths.ts";
import { lookInMailbox } from "./jobs.ts";

const home = desk("nl").home;
const told = "lukt het niet om te lezen wat per mail terugkomt";

async function start() {
  const server = await startImapServer();
  const env = { IMAP_URL: server.url(), BOUNCE_ADDRESS: "terug@localhost" };
  const app = await startTestApp({ env, now: new Date("2026-05-03T08:00:00Z") });
  return { app, server, look: () => lookInMailbox.run(app.ctx, {}) };
}

const lastRead = async (app: TestApp) =>
  Number(
    /^archipel_mailbox_read_timestamp_seconds (\S+)$/m.exec(
      await (await app.get(technical.metrics)).text(),
    )?.[1],
  );

test("when the mailbox cannot be read for hours, who answers for mail reads it, with the reason; once read, not", async () => {
  const { app, server, look } = await start();
  const readAs = async (role: "owner" | "moderator" | "editor") =>
    (await (await signIn(app, role)).get(home)).text();
  expect(await lastRead(app)).toBe(0);
  await look();
  const good = app.ctx.now().getTime() / 1000;
  expect(await lastRead(app)).toBe(good);
  await server.stop();
  app.advance(hours(1));
  await look();
  expect(await readAs("owner"), "an hour is nothing yet").not.toContain(told);
  app.advance(hours(6));
  await look();
  for (const role of ["owner", "moderator"] as const) {
    const page = await readAs(role);
    expect(page).toContain(`Sinds 3 mei 2026 ${told}`);
    expect(page).toContain("De melding was: ECONNREFUSED.");
    expect(page).not.toContain(imapPassword);
  }
  expect(await readAs("editor")).not.toContain(told);
  expect(await lastRead(app)).toBe(good);

  await server.start();
  await look();
  expect(await readAs("owner")).not.toContain(told);
  expect(await lastRead(app)).toBe(app.ctx.now().getTime() / 1000);
});

test("a mailbox that nobody looks into any more is said too, and one that was never read", async () => {
  const { app, server, look } = await start();
  await server.stop();
  await look();
  app.advance(hours(7));
  expect(await (await (await signIn(app, "owner")).get(home)).text()).toContain(told);
  await server.start();
  await look();
  app.advance(days(1)); // no worker runs
  const page = await (await (await signIn(app, "owner")).get(home)).text();
  expect(page).toContain(told);
  expect(page).not.toContain("De melding was");
});
