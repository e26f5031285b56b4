import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../src/platform/processes.ts";
import { connectTo, newDataDir, postmasterOf, runProgram, usedDataDir } from "../support/program.ts";

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s lets a running request end, then stops the database",
  async (signal) => {
    const DATA_DIR = await usedDataDir();
    const program = await runProgram({ env: { DATA_DIR } });
    await program.started();
    const database = await connectTo(DATA_DIR);
    // Someone else's lock holds the request up for as long as we want.
    await database.query("begin; lock table manifestos in access exclusive mode");
    const answer = program.get("/manifest");
    await program.until("The request's wait", async () => {
      const { rowCount } = await database.query(
        "select 1 from pg_locks where not granted and relation = 'manifestos'::regclass",
      );
      return rowCount === 1;
    });
    const postmaster = postmasterOf(DATA_DIR);
    program.kill(signal);
    await program.until("The stop", () => program.output().includes('"msg":"stopping"'));
    const knock = () =>
      program.get("/healthz").then(
        ({ status }) => `taken: ${status}`,
        () => "refused",
      );
    await expect.poll(knock).toBe("refused");
    await database.query("rollback");
    expect((await answer).status).toBe(200);
    expect(await (await answer).text()).toContain("</html>");
    expect(await program.ended).toBe(0);
    expect(program.output()).toContain('"msg":"stopped"');
    expect(isAlive(postmaster ?? 0)).toBe(false);
    expect(postmasterOf(DATA_DIR)).toBeNull();
  },
);

test("SIGTERM lets a running job end: the mail goes out once, and nothing of it is left to do", async () => {
  const mails: string[] = [];
  let arrived = () => {};
  let accept = () => {};
  const arriving = new Promise<void>((done) => {
    arrived = done;
  });
  const accepting = new Promise<void>((done) => {
    accept = done;
  });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData: async (stream, _session, done) => {
      mails.push(await text(stream));
      arrived();
      await accepting;
      done();
    },
  });
  const port = await new Promise<number>((done) => {
    const listening = server.listen(0, "127.0.0.1", () =>
      done((listening.address() as { port: number }).port),
    );
  });
  server.on("error", () => {});
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));

  const DATA_DIR = await usedDataDir();
  const env = { DATA_DIR, SMTP_URL: `smtp://127.0.0.1:${port}` };
  const program = await runProgram({ env });
  await program.started();
  await program.post("/nieuwsbrief", { email: "sanne@example.org", consent: "yes" });
  await arriving;
  program.kill("SIGTERM");
  await program.until("The stop", () => program.output().includes('"msg":"stopping"'));
  expect(program.output()).not.toContain('"msg":"job done"');
  accept();
  expect(await program.ended).toBe(0);
  expect(program.output()).toContain('"msg":"job done"');

  const next = await runProgram({ env });
  await next.started();
  const database = await connectTo(DATA_DIR);
  const { rows } = await database.query("select state from pgboss.job where name = 'confirmations.send'");
  expect(rows).toEqual([{ state: "completed" }]);
  expect(mails).toHaveLength(1);
});

test("an open connection that asks nothing does not hold the stop up", async () => {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  const idle = connect(program.port, "127.0.0.1");
  onTestFinished(() => void idle.destroy());
  idle.on("error", () => {});
  await new Promise<void>((done) => idle.once("connect", () => done()));
  await (await program.get("/healthz")).text(); // fetch keeps this connection open too
  const begun = performance.now();
  expect(await program.stop()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(20_000); // patience with who asks something is 25 s
});

test("a signal while it starts stops it as well, database and all", async () => {
  const DATA_DIR = newDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.until("The database's start", () => postmasterOf(DATA_DIR) !== null);
  const postmaster = postmasterOf(DATA_DIR) ?? 0;
  expect(await program.stop()).toBe(0);
  expect(program.output()).not.toContain('"msg":"started"');
  expect(isAlive(postmaster)).toBe(false);
});

test("the database's own log holds nothing that people typed", async () => {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  const database = await connectTo(DATA_DIR);
  const add = () =>
    database.query(
      "insert into people (email, language, confirmed_at) values ('piet@example.org', 'nl', now())",
    );
  await add();
  await expect(add()).rejects.toThrow("duplicate key");
  await program.stop();
  const log = readFileSync(`${DATA_DIR}/postgres/server.log`, "utf8");
  expect(log).toContain("duplicate key");
  expect(log).not.toContain("piet@example.org");
});
