import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { newDataDir, runProgram } from "../support/program.ts";
import { createDatabase, dropDatabase, serverUrl } from "../support/test-database.ts";

test("web and worker are two processes on one database server", async () => {
  const database = await createDatabase();
  onTestFinished(async () => {
    await dropDatabase(database);
  });
  const env = {
    DATABASE_URL: serverUrl(database),
    SECRET_KEY: "only-for-tests-only-for-tests-only",
    DATA_DIR: newDataDir(),
  };
  // Both at once on an empty database: its tables and content are made once.
  const web = await runProgram({ env, args: ["--only", "web"] });
  const worker = await runProgram({ env, args: ["--only", "worker"] });
  await Promise.all([web.started(), worker.started()]);
  expect(web.log().find((event) => event.msg === "started")).toMatchObject({ roles: ["web"] });
  expect((await web.get("/initiatieven")).status).toBe(200);
  await expect(worker.get("/healthz")).rejects.toThrow();

  const client = new pg.Client({ connectionString: serverUrl(database) });
  await client.connect();
  onTestFinished(() => client.end());
  const { rows } = await client.query("select count(*)::int as count from movement");
  expect(rows).toEqual([{ count: 1 }]);

  expect((await web.post("/nieuwsbrief", { email: "sanne@example.org", consent: "yes" })).status).toBe(303);
  await worker.until("The mail", async () => (await client.query("select 1 from mailbox")).rowCount === 1);
  await worker.until("The job's end", () => worker.output().includes('"msg":"job done"'));
  expect(web.output()).not.toContain('"msg":"job done"');
  expect(await worker.stop()).toBe(0);
  expect(await web.stop()).toBe(0);
});
