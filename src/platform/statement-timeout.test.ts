import { sql } from "kysely";
import { expect, test } from "vitest";
import { startTestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";

const to = paths("nl");

test("a form that takes the database too long is given up with a page that says so, and nothing of it is kept", async () => {
  const app = await startTestApp({ env: { STATEMENT_SECONDS: "1" } });
  const form = { kind: "idea", text: "Een idee", name: "Sanne", email: "sanne@example.org" };
  const before = await counted();
  await app.ctx.db.transaction().execute(async (held) => {
    await sql`lock table confirmations in exclusive mode`.execute(held);
    const answer = await app.post(to.contact, form);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const page = await answer.text();
    expect(page).toContain("<h1>Dit duurde te lang</h1>");
    expect(page).toContain(answer.headers.get("x-request-id") ?? "a number");
  });
  await app.work();
  expect(await counted()).toEqual(before);
  expect(await app.mailbox()).toEqual([]);
  expect((await app.post(to.contact, form)).status).toBe(303);

  async function counted() {
    const { rows } = await sql`select (select count(*) from people) as people,
      (select count(*) from confirmations) as confirmations`.execute(app.ctx.db);
    return rows;
  }
});

test("what the worker does may take its time", async () => {
  const app = await startTestApp({ env: { STATEMENT_SECONDS: "1" } });
  await expect(sql`select pg_sleep(1.2)`.execute(app.ctx.db)).resolves.toBeDefined();
});
