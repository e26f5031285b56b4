import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { connectTo, newDataDir, runProgram, usedDataDir } from "../support/program.ts";

const cli = [process.execPath, join(process.env.TEST_DIST ?? "dist", "server/cli.js")];

async function refused(env: Record<string, string>): Promise<string> {
  const program = await runProgram({ env });
  expect(await program.ended).toBe(1);
  expect(program.output()).not.toMatch(/^\s+at /m);
  return program.output();
}

async function starts(env: Record<string, string>): Promise<void> {
  const program = await runProgram({ env });
  await program.started();
  expect(await program.stop()).toBe(0);
}

test("a database whose key is gone does not start with a new one, until an operator says so", async () => {
  const DATA_DIR = await usedDataDir();
  const file = join(DATA_DIR, "secret.key");
  const key = readFileSync(file, "utf8");
  rmSync(file);
  const said = await refused({ DATA_DIR });
  expect(said).toContain(`${file} is missing: links in mail that was sent would not work any more.`);
  expect(said).toContain("npm run archipel -- key accept");
  expect(existsSync(file), "no new key stands in the old one's place").toBe(false);

  const asked = await runProgram({ command: cli, args: ["key", "accept"], env: { DATA_DIR } });
  expect(await asked.ended).toBe(0);
  expect(asked.output()).toContain("these stop working for good");
  const accepted = await runProgram({ command: cli, args: ["key", "accept", "--yes"], env: { DATA_DIR } });
  expect(await accepted.ended).toBe(0);
  expect(accepted.output()).toContain("The present key is the database's from now on.");
  await starts({ DATA_DIR });
  expect(readFileSync(file, "utf8")).not.toBe(key);
});

test("another key is refused, in the file and in SECRET_KEY, and the right one put back starts", async () => {
  const DATA_DIR = await usedDataDir();
  const file = join(DATA_DIR, "secret.key");
  const key = readFileSync(file, "utf8");
  const other = "another-key-another-key-another-key";
  writeFileSync(file, other);
  expect(await refused({ DATA_DIR })).toContain("is not the key that this database was used with");
  expect(await refused({ DATA_DIR, SECRET_KEY: other })).toContain("SECRET_KEY is not the key");
  writeFileSync(file, key);
  await starts({ DATA_DIR });
});

test("a database from before keys were remembered takes the present one for its own", async () => {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  const database = await connectTo(DATA_DIR);
  await database.query("delete from key_fingerprint");
  await program.stop();
  await starts({ DATA_DIR });
  rmSync(join(DATA_DIR, "secret.key"));
  expect(await refused({ DATA_DIR })).toContain("secret.key is missing");
});

test("the same database with SECRET_KEY in place of the file that holds the same key", async () => {
  const DATA_DIR = newDataDir();
  const SECRET_KEY = "only-for-tests-only-for-tests-only";
  await starts({ DATA_DIR, SECRET_KEY });
  expect(existsSync(join(DATA_DIR, "secret.key"))).toBe(false);
  writeFileSync(join(DATA_DIR, "secret.key"), SECRET_KEY);
  await starts({ DATA_DIR });
});
