import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { startEmbeddedPostgres } from "../../src/platform/embedded-postgres.ts";
import { newDataDir, postmasterOf, runProgram, usedDataDir } from "../support/program.ts";
import { createDatabase, dropDatabase, serverUrl } from "../support/test-database.ts";
import { asNobody, canMount, isRoot, nobody, smallDisk } from "../support/unprivileged.ts";

const built = join(process.env.TEST_DIST ?? "dist", "server/main.js");
const secret = "only-for-tests-only-for-tests-only";

type Started = Parameters<typeof runProgram>[0];

/** What an operator reads when it does not start: the output, which holds no stack and no password. */
async function refusalOf(options: Started): Promise<string> {
  const program = await runProgram(options);
  expect(await program.ended, program.output()).toBe(1);
  expect(program.output()).not.toMatch(/^\s+at |Error:|"stack"/m);
  expect(program.output()).not.toContain(secret);
  const said = program
    .output()
    .split("\n")
    .filter((line) => !line.startsWith("{"))
    .join("\n");
  return said;
}

async function newDatabase(as = ""): Promise<string> {
  const name = as === "" ? await createDatabase() : `archipel_test_${as.toLowerCase()}_${process.pid}`;
  if (as !== "") {
    const client = new pg.Client({ connectionString: serverUrl("postgres") });
    await client.connect();
    await client.query(`create database "${name}" encoding '${as}' locale 'C' template template0`);
    await client.end();
  }
  onTestFinished(async () => {
    await dropDatabase(name);
  });
  return serverUrl(name);
}

const onServer = (DATABASE_URL: string): Started => ({
  env: { DATABASE_URL, DATA_DIR: newDataDir(), SECRET_KEY: secret },
});

const changed = (url: string, parts: Partial<URL>): string => Object.assign(new URL(url), parts).href;

test.each(["SQL_ASCII", "LATIN1"])(
  "a database in %s is refused before anything is made in it",
  async (encoding) => {
    const url = await newDatabase(encoding);
    const said = await refusalOf(onServer(url));
    expect(said).toMatch(
      new RegExp(`^The database ".*" has the encoding ${encoding}, and Archipel needs UTF8: `),
    );
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    onTestFinished(() => client.end());
    expect((await client.query("select 1 from pg_tables where schemaname = 'public'")).rowCount).toBe(0);
  },
);

test("an embedded database that is not UTF-8 is refused as well", async () => {
  const DATA_DIR = await usedDataDir();
  const server = await startEmbeddedPostgres(DATA_DIR);
  const client = new pg.Client({ connectionString: server.url("postgres") });
  await client.connect();
  await client.query("alter database archipel rename to former");
  await client.query("create database archipel encoding 'SQL_ASCII' locale 'C' template template0");
  await client.end();
  await server.stop();
  expect(await refusalOf({ env: { DATA_DIR } })).toContain(
    'The database "archipel" has the encoding SQL_ASCII',
  );
  expect(postmasterOf(DATA_DIR)).toBeNull();
});

test("a database that is not there, a wrong password, an unknown role and a role without rights are told apart", async () => {
  const url = await newDatabase();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const role = `archipel_test_role_${process.pid}`;
  await admin.query(`create role ${role} login password 'geheim-geheim'`);
  onTestFinished(async () => {
    await admin.query(`drop role ${role}`);
    await admin.end();
  });
  const refused = (parts: Partial<URL>) => refusalOf(onServer(changed(url, parts)));
  expect(await refused({ pathname: "/nergens" })).toMatch(/has no database "nergens": make it/);
  expect(await refused({ password: "anders" })).toMatch(/refuses the password of "postgres"/);
  expect(await refused({ username: "niemand" })).toMatch(/refuses the password of "niemand"/);
  const poor = await refused({ username: role, password: "geheim-geheim" });
  expect(poor).toContain(`The role "${role}" may make nothing in the database`);
  expect(poor).not.toContain("geheim-geheim");
});

test("a server of DATABASE_URL whose name leads nowhere", async () => {
  const said = await refusalOf(onServer("postgres://me:geheim@nergens.invalid/archipel"));
  expect(said).toBe("The PostgreSQL server of DATABASE_URL (nergens.invalid) cannot be reached.\n");
});

test("a HOST that is no name, and one that is another machine's", async () => {
  const DATABASE_URL = await newDatabase();
  const env = { DATABASE_URL, DATA_DIR: newDataDir(), SECRET_KEY: secret };
  expect(await refusalOf({ env: { ...env, HOST: "nergens.invalid" } })).toMatch(
    /^HOST nergens\.invalid is no name that leads to an address: /,
  );
  expect(await refusalOf({ env: { ...env, HOST: "192.0.2.1" } })).toBe(
    "HOST 192.0.2.1 is not an address of this machine.\n",
  );
});

test("a secret key that was never written to its end is not taken for a key", async () => {
  const DATA_DIR = newDataDir();
  writeFileSync(join(DATA_DIR, "secret.key"), "");
  const said = await refusalOf({ env: { DATA_DIR } });
  expect(said).toContain(`${DATA_DIR}/secret.key holds no whole key`);
});

describe.runIf(isRoot)("as a user without rights", () => {
  const command = [...asNobody, process.execPath, built];

  test("a DATA_DIR that is another's, or on the way to which something is closed", async () => {
    const DATA_DIR = newDataDir();
    const said = await refusalOf({ command, env: { DATA_DIR } });
    expect(said).toContain(`DATA_DIR ${DATA_DIR} must be user ${nobody}'s to read and write`);
    expect(await refusalOf({ command, env: { DATA_DIR: join(DATA_DIR, "new") } })).toContain("chown -R");
  });

  test("a secret key that only root may read", async () => {
    const DATA_DIR = newDataDir();
    chownSync(DATA_DIR, nobody, nobody);
    writeFileSync(join(DATA_DIR, "secret.key"), secret, { mode: 0o600 });
    const DATABASE_URL = await newDatabase();
    const said = await refusalOf({ command, env: { DATA_DIR, DATABASE_URL } });
    expect(said).toContain(`${DATA_DIR}/secret.key`);
    expect(said).toContain("chown -R");
  });

  test("data that root copied", async () => {
    const DATA_DIR = newDataDir();
    chownSync(DATA_DIR, nobody, nobody);
    const first = await runProgram({ command, env: { DATA_DIR } });
    await first.started();
    expect(await first.stop()).toBe(0);
    const copy = newDataDir();
    execFileSync("cp", ["-r", `${DATA_DIR}/.`, copy]);
    const said = await refusalOf({ command, env: { DATA_DIR: copy } });
    expect(said).toContain("chown -R");
    execFileSync("chown", ["-R", String(nobody), copy]);
    const next = await runProgram({ command, env: { DATA_DIR: copy } });
    await next.started();
    expect(await next.stop()).toBe(0);
  });
});

test.runIf(isRoot)("data that root copied with cp -r starts as root", async () => {
  const DATA_DIR = newDataDir();
  execFileSync("cp", ["-r", `${await usedDataDir()}/.`, DATA_DIR]);
  execFileSync("chmod", ["-R", "go+rX", DATA_DIR]); // as with cp on a disk that knows no modes
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  expect((await program.get("/")).status).toBe(200);
  expect(await program.stop()).toBe(0);
});

describe.runIf(canMount)("on a full disk", () => {
  const full = /^The disk that holds .* is full: make room and start again\.|^The disk is full/;

  test("a first start says so, and a later one, with room, works", async () => {
    const disk = smallDisk(20);
    expect(await refusalOf({ env: { DATA_DIR: join(disk, "data") } })).toMatch(full);
    execFileSync("mount", ["-o", "remount,size=300m", disk]);
    const program = await runProgram({ env: { DATA_DIR: join(disk, "data") } });
    await program.started();
    expect(await program.stop()).toBe(0);
  });

  test("so does a start of a database that was there", async () => {
    const disk = smallDisk(300);
    const DATA_DIR = join(disk, "data");
    mkdirSync(DATA_DIR);
    chmodSync(DATA_DIR, 0o755);
    execFileSync("cp", ["-Rp", `${await usedDataDir()}/.`, DATA_DIR]);
    try {
      execFileSync("dd", ["if=/dev/zero", `of=${disk}/filler`, "bs=1M"], { stdio: "pipe" });
    } catch {
      // it is full now
    }
    expect(await refusalOf({ env: { DATA_DIR } })).toMatch(full);
  });
});
