import { expect, onTestFailed, test } from "vitest";
import { z } from "zod";
import { desk } from "../../src/desk-paths.ts";
import { signIn } from "../support/desk.ts";
import { holding } from "../support/holding.ts";
import { newDataDir, runProgram } from "../support/program.ts";
import { newsletterOf, until } from "../support/sending.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { serverUrl } from "../support/test-database.ts";

const count = 3000;
const addressOf = (at: number) => `rij-${at}@example.org`;

/** An import that was checked and told to run; nobody works on it yet. */
async function givenAnImport(app: TestApp) {
  const owner = await signIn(app, "owner");
  const rows = Array.from({ length: count }, (_, at) => `${addressOf(at + 1)};Naam ${at + 1}`);
  const form = new FormData();
  form.append("kind", "subscribers");
  form.append("newsletter", await newsletterOf(app.ctx.db));
  form.append("file", new File([["e-mail;naam", ...rows].join("\n")], "lijst.csv"));
  const sent = await app.request(desk("nl").section("imports"), {
    ...{ method: "POST", body: form, headers: owner.headers },
  });
  const path = sent.headers.get("location") ?? "";
  await owner.post(`${path}/kolommen`, {
    ...{ "column-0": "email", "column-1": "name", by: "Owner", day: "31", month: "1", year: "2024" },
    statement: "Zij meldden zich aan met het formulier op onze vorige site.",
  });
  await app.work();
  expect((await owner.post(`${path}/uitvoeren`)).status).toBe(303);
  return path.split("/").at(-1) ?? "";
}

test("an import whose worker is killed in the middle of a batch goes on, and has everybody once", async () => {
  const app = await startTestApp();
  const { db, jobs } = app.ctx;
  const id = await givenAnImport(app);
  const worker = async () => {
    const env = {
      ...{ DATABASE_URL: serverUrl(app.database), DATA_DIR: newDataDir() },
      SECRET_KEY: "only-for-tests-only-for-tests-only",
    };
    const program = await runProgram({ env, args: ["--only", "worker"] });
    onTestFailed(() => void process.stderr.write(program.output()));
    await program.started();
    return program;
  };
  const stateOf = () =>
    db
      .selectFrom("imports")
      .select(["state", "position", "counts"])
      .where("id", "=", id)
      .executeTakeFirstOrThrow();
  // The same address, not committed: the second batch waits for it.
  const hold = await holding(
    serverUrl(app.database),
    "insert into people (email, language, confirmed_at) values ($1, 'nl', now())",
    [addressOf(2500)],
  );
  const program = await worker();
  await until("The second batch", () => hold.waits("insert into people"));
  program.kill("SIGKILL");
  await program.ended;
  await hold.release();
  expect(await stateOf()).toMatchObject({ state: "running", position: 2001, counts: { done: 2000 } });

  await worker();
  // As if a minute had passed: then the job of every minute takes it up.
  const earlier = new Date(Date.now() - 60_000);
  await db.updateTable("imports").set({ worked_at: earlier }).where("id", "=", id).execute();
  await jobs.enqueue({ name: "imports.take-up", data: z.object({}) }, {});
  await until("The end", async () => (await stateOf()).state === "done");
  expect((await stateOf()).counts).toEqual({ done: count });
  const { rows, people } = await db
    .selectFrom("subscriptions as s")
    .innerJoin("people as p", "p.id", "s.person_id")
    .innerJoin("consents as c", "c.person_id", "p.id")
    .where("p.email", "like", "rij-%")
    .where("c.form_url", "=", `import:${id}`)
    .select(({ fn }) => [
      fn.countAll<number>().as("rows"),
      fn.count<number>("p.email").distinct().as("people"),
    ])
    .executeTakeFirstOrThrow();
  expect({ rows, people }).toEqual({ rows: count, people: count });
  expect(await app.mailbox()).toEqual([]);
});
