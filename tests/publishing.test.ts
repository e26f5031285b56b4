import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { paths } from "../src/paths.ts";
import { createLog, type Log } from "../src/platform/log.ts";
import { startTestApp, type TestApp } from "./support/test-app.ts";
import { serverUrl } from "./support/test-database.ts";

const to = paths("nl");

async function twoProcesses(log?: Log) {
  const app = await startTestApp({ starter: "none" });
  const island = await app.given.initiative({ slug: "eiland", name: "Het eiland", host: "eiland.example" });
  const other = await startTestApp({ starter: "none", beside: app, ...(log && { log }) });
  return { app, other, island };
}

const titleAt = async (app: TestApp) =>
  /<h1[^>]*>(.*?)<\/h1>/s.exec(await (await app.get(to.island("eiland").home)).text())?.[1];

const rename = (app: TestApp, name: string) =>
  app.ctx.db
    .updateTable("initiatives")
    .set({ name: JSON.stringify({ nl: name }) })
    .execute();

/** PostgreSQL passes a notice on at once, but not in no time: asks until the page says so. */
const expectTitle = (app: TestApp, words: string) =>
  expect.poll(() => titleAt(app), { timeout: 10_000 }).toContain(words);

/** Someone on the database server itself. */
async function operator() {
  const client = new pg.Client({ connectionString: serverUrl("postgres") });
  await client.connect();
  onTestFinished(() => client.end());
  return {
    cutListeners: (database: string) =>
      client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'archipel content'",
        [database],
      ),
    countListeners: async (database: string) => {
      const { rows } = await client.query(
        "select count(*)::int as count from pg_stat_activity where datname = $1 and application_name = 'archipel content'",
        [database],
      );
      return rows[0]?.count as number;
    },
    admit: (database: string, yes: boolean) =>
      client.query(`alter database "${database}" allow_connections ${yes}`),
  };
}

/** Requests that were answered from memory so far. */
async function fromMemory(app: TestApp): Promise<number> {
  const text = await (await app.get("/metrics")).text();
  const counts = text.matchAll(/archipel_http_requests_total\{[^}]*cached="yes"[^}]*\} (\d+)/g);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}

test("a change made in one process shows on the next request in every process, though pages are kept", async () => {
  const { app, other } = await twoProcesses();
  for (const one of [app, other]) {
    expect(await titleAt(one)).toContain("Het eiland");
    const before = await fromMemory(one);
    await titleAt(one);
    expect(await fromMemory(one)).toBe(before + 1);
  }
  await rename(app, "Eiland in zicht");
  await expectTitle(app, "Eiland in zicht");
  await expectTitle(other, "Eiland in zicht");
});

test("a host name that an initiative gets works at once in every process", async () => {
  const { app, other } = await twoProcesses();
  const movement = await (await other.get("/", "nieuw.example")).text();
  await app.ctx.db.updateTable("initiatives").set({ host: "nieuw.example" }).execute();
  const island = async () => (await other.get("/", "nieuw.example")).text();
  await expect.poll(island, { timeout: 10_000 }).not.toBe(movement);
  expect(await island()).toContain("Het eiland");
});

test("what changes while the connection for notices is cut shows as well, and later changes too", async () => {
  const { app, other } = await twoProcesses();
  const { cutListeners, countListeners } = await operator();
  await titleAt(other);
  await cutListeners(app.database);
  await rename(app, "Tijdens de storing");
  await expectTitle(other, "Tijdens de storing");
  await expect.poll(() => countListeners(app.database), { timeout: 10_000 }).toBe(2);
  await titleAt(other);
  await rename(app, "Na de storing");
  await expectTitle(other, "Na de storing");
});

test("when listening again fails at first, pages stay fresh, and are kept again once it works", async () => {
  const failures: string[] = [];
  const log = createLog("warn", { write: (line) => void failures.push(line) });
  const { app, other } = await twoProcesses(log);
  const { admit, cutListeners, countListeners } = await operator();
  await titleAt(other);
  await admit(app.database, false);
  await cutListeners(app.database);
  await expect.poll(() => failures.length, { timeout: 20_000 }).toBeGreaterThan(2); // tries to listen
  expect(await countListeners(app.database)).toBe(0);
  await rename(app, "Zonder oren");
  expect(await titleAt(other)).toContain("Zonder oren");
  const before = await fromMemory(other);
  await titleAt(other);
  expect(await fromMemory(other)).toBe(before); // nothing is kept that could grow stale unnoticed
  await admit(app.database, true);
  const keptSince = async () => {
    const first = await fromMemory(other);
    await titleAt(other);
    await titleAt(other);
    return (await fromMemory(other)) - first;
  };
  await expect.poll(keptSince, { timeout: 20_000 }).toBeGreaterThan(0);
  await rename(app, "Weer met oren");
  await expectTitle(other, "Weer met oren");
});
