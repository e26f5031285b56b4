import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../src/platform/processes.ts";
import { databaseAccount } from "../../src/platform/system-account.ts";
import {
  connectTo,
  newDataDir,
  type Program,
  postmasterOf,
  runProgram,
  usedDataDir,
} from "../support/program.ts";

/** A visitor's whole act: the form, the real mail, the button. */
async function subscribe(program: Program, dataDir: string, email: string): Promise<void> {
  const form = await program.post("/nieuwsbrief", { email, consent: "yes" });
  expect(form.status).toBe(303);
  const database = await connectTo(dataDir);
  let link = "";
  await program.until("The mail", async () => {
    const { rows } = await database.query("select text from mailbox where recipient = $1", [email]);
    link = /\/bevestigen\/[\w-]+/.exec(rows[0]?.text ?? "")?.[0] ?? "";
    return link !== "";
  });
  expect((await program.post(link, {})).status).toBe(303);
}

async function subscribers(dataDir: string): Promise<string[]> {
  const database = await connectTo(dataDir);
  const { rows } = await database.query<{ email: string }>(
    "select email from subscriptions join people on people.id = person_id where ended_at is null order by email",
  );
  return rows.map(({ email }) => email);
}

async function killHard(program: Program): Promise<void> {
  program.kill("SIGKILL");
  await program.ended;
}

test("after kill -9 the next start takes the running database over, with every confirmed act", async () => {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  await subscribe(program, DATA_DIR, "sanne@example.org");
  await subscribe(program, DATA_DIR, "piet@example.org");
  const postmaster = postmasterOf(DATA_DIR) ?? 0;
  await killHard(program);
  expect(isAlive(postmaster)).toBe(true);

  const next = await runProgram({ env: { DATA_DIR } });
  await next.started();
  expect(next.output()).toContain("took over the database");
  expect(postmasterOf(DATA_DIR)).toBe(postmaster);
  expect(await subscribers(DATA_DIR)).toEqual(["piet@example.org", "sanne@example.org"]);
  await subscribe(next, DATA_DIR, "anna@example.org"); // web and worker both work
  expect(await next.stop()).toBe(0);
  expect(isAlive(postmaster)).toBe(false);
});

test("after kill -9 of program and database the next start has every confirmed act", async () => {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  await subscribe(program, DATA_DIR, "sanne@example.org");
  const postmaster = postmasterOf(DATA_DIR) ?? 0;
  program.kill("SIGKILL");
  process.kill(postmaster, "SIGKILL");
  await program.ended;

  const next = await runProgram({ env: { DATA_DIR } });
  await next.started();
  expect(postmasterOf(DATA_DIR)).not.toBe(postmaster);
  expect(await subscribers(DATA_DIR)).toEqual(["sanne@example.org"]);
  expect(await next.stop()).toBe(0);
});

test("another process that got the killed database's number is not mistaken for it", async () => {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  const file = join(DATA_DIR, "postgres/postmaster.pid");
  const note = readFileSync(file, "utf8");
  expect(await program.stop()).toBe(0);
  const other = spawn("sleep", ["60"], { stdio: "ignore", cwd: "/", ...(databaseAccount() ?? {}) });
  onTestFinished(() => void other.kill("SIGKILL"));
  writeFileSync(file, note.replace(/^\d+/, String(other.pid)));

  const next = await runProgram({ env: { DATA_DIR } });
  await next.started();
  expect(isAlive(other.pid ?? 0)).toBe(true);
  expect(await next.stop()).toBe(0);
  expect(isAlive(other.pid ?? 0)).toBe(true);
});

// In milliseconds after the new cluster's folder appears: at once, in the middle of initdb, about at its end.
test.each([0, 150, 400])(
  "a kill %i ms into the very first start leaves nothing that the next start trips over",
  async (wait) => {
    const DATA_DIR = newDataDir();
    const program = await runProgram({ env: { DATA_DIR } });
    await program.until("The first folder", () => readdirSync(DATA_DIR).length > 0);
    await new Promise((done) => setTimeout(done, wait));
    await killHard(program);

    const next = await runProgram({ env: { DATA_DIR } });
    await next.started();
    expect((await next.get("/")).status).toBe(200);
    expect(readdirSync(DATA_DIR).filter((name) => name.includes("making"))).toEqual([]);
    expect(existsSync(join(DATA_DIR, "postgres/PG_VERSION"))).toBe(true);
    expect(await next.stop()).toBe(0);
  },
);
