import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { isAlive } from "../../src/platform/processes.ts";
import { connectTo, newDataDir, postmasterOf, runProgram, usedDataDir } from "../support/program.ts";

test("a first start shows where to look, and all that it shows is there", async () => {
  const program = await runProgram({ env: { DATA_DIR: newDataDir() } });
  await program.started();
  for (const path of ["/", "/en", "/postvak", "/healthz", "/readyz"]) {
    expect([path, (await program.get(path)).status]).toEqual([path, 200]);
  }
  expect(program.output()).toContain(`Site      ${program.origin}\n`);
  expect(program.output()).toContain(`Mailbox   ${program.origin}/postvak\n`);
  const firstOwner = /No owner yet\. Become the first at:\n {2}(http\S+)\n/.exec(program.output())?.[1] ?? "";
  expect((await program.get(new URL(firstOwner).pathname)).status).toBe(200);
});

test("a wrong configuration is refused with all its problems, before anything is made", async () => {
  const program = await runProgram({
    env: { PORT: "many", STARTER: "some", TRUST_PROXY: "-1", DATA_DIR: "/nowhere/at/all" },
  });
  expect(await program.ended).toBe(1);
  expect(program.output()).toBe(
    [
      "The configuration has problems:",
      "  - PORT must be a whole number",
      "  - STARTER must be seeds or none",
      "  - TRUST_PROXY must be a whole number\n",
    ].join("\n"),
  );
});

test("production refuses unsafe settings", async () => {
  const program = await runProgram({ env: { NODE_ENV: "production" } });
  expect(await program.ended).toBe(1);
  for (const name of ["BASE_URL", "SMTP_URL", "MAIL_FROM"])
    expect(program.output()).toMatch(new RegExp(`^ {2}- ${name} .*production`, "m"));
});

test("an unknown role is explained", async () => {
  const program = await runProgram({ args: ["--only", "database"] });
  expect(await program.ended).toBe(1);
  expect(program.output()).toBe("Usage: start [--only web|worker]\n");
});

test("a port in use is named, and the database does not stay behind", async () => {
  const other = createServer();
  const port = await new Promise<number>((done) => {
    other.listen(0, "127.0.0.1", () => done((other.address() as { port: number }).port));
  });
  onTestFinished(() => void other.close());
  const DATA_DIR = newDataDir();
  const program = await runProgram({ env: { DATA_DIR, PORT: String(port) } });
  expect(await program.ended).toBe(1);
  expect(program.output()).toBe(`Port ${port} on 127.0.0.1 is in use: choose another PORT.\n`);
  expect(postmasterOf(DATA_DIR)).toBeNull();
});

test("a database server that is not there is named without its password", async () => {
  const program = await runProgram({
    env: { DATA_DIR: newDataDir(), DATABASE_URL: "postgres://me:secret@127.0.0.1:1/archipel" },
  });
  expect(await program.ended).toBe(1);
  expect(program.output()).toBe("The PostgreSQL server of DATABASE_URL (127.0.0.1:1) cannot be reached.\n");
});

test("a data folder that cannot be made is named", async () => {
  const program = await runProgram({ env: { DATA_DIR: "package.json/data" } });
  expect(await program.ended).toBe(1);
  expect(program.output()).toMatch(/^DATA_DIR \S*package\.json\/data cannot be used as a folder \(ENOTDIR/);
});

test("the log holds JSON lines with a request's number, and neither an address nor a name", async () => {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  const email = "willemijn@example.org";
  const sent = await program.post("/nieuwsbrief", { email, name: "Willemijn Proef", consent: "yes" });
  expect(sent.status).toBe(303);
  const requestId = sent.headers.get("x-request-id");
  const database = await connectTo(DATA_DIR);
  await program.until("The mail", async () => {
    const { rowCount } = await database.query("select 1 from mailbox where recipient = $1", [email]);
    return rowCount === 1;
  });
  await program.until("The job's end", () => program.output().includes('"msg":"job done"'));
  expect(await program.stop()).toBe(0);
  const [request] = program.log().filter((event) => event.request === requestId);
  expect(request).toMatchObject({ level: "info", method: "POST", status: 303, msg: "request" });
  expect(program.log().map((event) => event.msg)).toEqual(
    expect.arrayContaining(["started", "request", "job done", "stopping", "stopped"]),
  );
  expect(program.output()).not.toMatch(/willemijn|127\.0\.0\.1/i);
  const banner = program
    .output()
    .split("\n")
    .filter((line) => !line.startsWith("{"));
  expect(banner.join("\n").trim().split("\n")).toHaveLength(8);
  expect(banner.join("\n")).toContain("/aanmelden/eerste-eigenaar/");
  const events = program.log().map((event) => JSON.stringify(event));
  expect(events.join("\n"), "the link is for who starts it, not for the log").not.toContain(
    "eerste-eigenaar",
  );
});

test("in production the output is the log, and once the link for the first owner", async () => {
  const DATA_DIR = newDataDir();
  const program = await runProgram({
    env: {
      DATA_DIR,
      NODE_ENV: "production",
      BASE_URL: "https://movement.example",
      SMTP_URL: "smtp://127.0.0.1:1",
      MAIL_FROM: "post@movement.example",
    },
  });
  await program.started();
  expect((await program.get("/postvak")).status).toBe(404);
  expect(await program.stop()).toBe(0);
  const lines = program.output().trim().split("\n").filter(Boolean);
  const other = lines.filter((line) => !line.startsWith("{"));
  expect(other).toHaveLength(2);
  expect(other[1]).toContain("https://movement.example/aanmelden/eerste-eigenaar/");
  for (const line of lines.filter((line) => line.startsWith("{")))
    expect(JSON.parse(line)).toHaveProperty("msg");
});

test("npm passes arguments on, and a signal to npm stops everything before npm ends", async () => {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({
    command: ["npm", "start", "--"],
    args: ["--only", "web"],
    env: { DATA_DIR },
  });
  await program.started();
  expect(program.log().find((event) => event.msg === "started")).toMatchObject({ roles: ["web"] });
  const postmaster = postmasterOf(DATA_DIR);
  expect(isAlive(postmaster ?? 0)).toBe(true);
  expect(await program.stop()).toBe(0);
  expect(program.output()).toContain('"msg":"stopped"');
  expect(isAlive(postmaster ?? 0)).toBe(false);
});
