import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { contentOf, newDatabase, newFolder, onDatabase } from "../support/backup.ts";
import { clusterOf, connectTo, newDataDir, runProgram, usedDataDir } from "../support/program.ts";

const cli = join(process.env.TEST_DIST ?? "dist", "server/cli.js");

/** Runs a command of the built program to its end. */
async function run(env: Record<string, string>, ...args: string[]) {
  const program = await runProgram({ env, command: [process.execPath, cli], args });
  return { code: await program.ended, output: program.output() };
}

/** The address of the embedded database of a program that runs. */
function urlOf(dataDir: string): string {
  const cluster = clusterOf(dataDir);
  const password = readFileSync(join(cluster, "archipel-password"), "utf8");
  const port = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[3];
  return `postgres://postgres:${password}@127.0.0.1:${port}/archipel`;
}

const secret = "only-for-tests-only-for-tests-only";

/** What processes write by themselves while they run. */
function atRest(content: Record<string, unknown>): Record<string, unknown> {
  const { senders: _senders, "(sequences)": _sequences, send_buckets: _buckets, ...rest } = content;
  return rest;
}

test("a program that runs is backed up, moves to a server of one's own, and back into an embedded database", async () => {
  const first = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR: first } });
  await program.started();
  await program.post("/nieuwsbrief", { email: "vera@example.org", name: "Vera", consent: "yes" });
  const file = join(newFolder(), "one.tar");
  const made = await run({ DATA_DIR: first }, "backup", file, "--with-key");
  expect(made).toEqual({ code: 0, output: expect.stringMatching(/^Backed up \d+ rows/) });
  expect((await program.get("/")).status).toBe(200);
  const content = atRest(await contentOf(urlOf(first)));

  const { url } = await newDatabase();
  const second = newDataDir();
  const onServer = { DATA_DIR: second, DATABASE_URL: url };
  const moved = await run(onServer, "restore", file, "--erased", "none");
  expect(moved).toEqual({ code: 0, output: expect.stringContaining("Restored the backup of") });
  expect(readFileSync(join(second, "secret.key"))).toEqual(readFileSync(join(first, "secret.key")));
  const there = atRest(await contentOf(url));
  delete there.held_jobs;
  delete content.held_jobs;
  expect(there).toEqual(content);

  const onward = await runProgram({ env: onServer });
  await onward.started();
  expect((await onward.get("/")).status).toBe(200);
  expect(await onward.stop()).toBe(0);
  const again = join(newFolder(), "two.tar");
  expect((await run(onServer, "backup", again, "--with-key")).code).toBe(0);
  const third = newDataDir();
  const back = await run({ DATA_DIR: third }, "restore", again, "--erased", "none");
  expect(back).toEqual({ code: 0, output: expect.stringContaining("Restored the backup of") });
  const last = await runProgram({ env: { DATA_DIR: third } });
  await last.started();
  const { rows } = await (await connectTo(third)).query("select email from acts where email is not null");
  expect(rows).toEqual([{ email: "vera@example.org" }]);
  expect(await last.stop()).toBe(0);
  expect(await program.stop()).toBe(0);
});

test("the program does not start on a database that is newer, or that another migration made, and says why", async () => {
  const { url } = await newDatabase();
  const env = { DATA_DIR: newDataDir(), DATABASE_URL: url, STARTER: "none" };
  const first = await runProgram({ env });
  await first.started();
  await first.stop();
  await onDatabase(url, (client) =>
    client.query(
      "update migration_hashes set hash = repeat('0', 64) where name = '0003-signing-and-joining'",
    ),
  );
  const other = await runProgram({ env });
  expect(await other.ended).toBe(1);
  expect(other.output()).toMatch(
    /^This database was made by another migration "0003-signing-and-joining" [^\n]*\n$/,
  );
  await onDatabase(url, async (client) => {
    await client.query("delete from migration_hashes");
    await client.query("insert into kysely_migration values ('9999-later', '2030-01-01')");
  });
  const newer = await runProgram({ env });
  expect(await newer.ended).toBe(1);
  expect(newer.output()).toMatch(
    /^This database is of a newer Archipel: it has the migration "9999-later", [^\n]*\n$/,
  );
  const held = await run(env, "held");
  expect(held).toEqual({ code: 1, output: newer.output() });
});

/** The most memory that a process had, in MB, read until it ends. */
async function mostMemory(pid: number, ended: Promise<unknown>): Promise<number> {
  let [most, going] = [0, true];
  void ended.then(() => {
    going = false;
  });
  while (going) {
    try {
      const [, size] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
      most = Math.max(most, Number(size ?? 0) / 1024);
    } catch {
      break; // it has ended
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  return most;
}

test("a large table takes no more memory than a small one; killed half-way, a restore leaves an empty database", async () => {
  const { url } = await newDatabase();
  const dataDir = newDataDir();
  const env = { DATA_DIR: dataDir, DATABASE_URL: url, SECRET_KEY: secret, STARTER: "none" };
  expect((await run(env, "held")).code).toBe(0); // migrates
  const runs = async (on: Record<string, string>, ...args: string[]) => {
    const program = await runProgram({ env: on, command: [process.execPath, cli], args });
    const memory = await mostMemory(program.pid, program.ended);
    expect([await program.ended, program.output()]).toEqual([0, expect.anything()]);
    return memory;
  };
  const folder = newFolder();
  const small = await runs(env, "backup", join(folder, "small.tar"));
  await onDatabase(url, (client) =>
    client.query(`insert into inbound_mails (digest, raw, size, received_at)
      select n::text, decode(repeat(md5(n::text), 1000), 'hex'), 16000, now() from generate_series(1, 8000) as n`),
  );
  const file = join(folder, "large.tar");
  const large = await runs(env, "backup", file);
  expect(statSync(file).size).toBeGreaterThan(240 * 1024 * 1024);
  expect(
    large - small,
    "what is on its way, and what is not yet collected: no more for a larger file",
  ).toBeLessThan(160);

  const target = await newDatabase();
  const there = { ...env, DATABASE_URL: target.url, DATA_DIR: newDataDir() };
  const broken = await runProgram({
    env: there,
    command: [process.execPath, cli],
    args: ["restore", file, "--erased", "none"],
  });
  await broken.until("The copying", () =>
    onDatabase(target.url, async (client) => {
      const { rows } = await client.query(
        "select from pg_stat_progress_copy where datname = current_database() and tuples_processed > 500",
      );
      return rows.length > 0;
    }),
  );
  broken.kill("SIGKILL");
  await broken.ended;
  await broken.until("The end of its connection", () =>
    onDatabase(target.url, async (client) => {
      const { rows } = await client.query(
        "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'",
      );
      return rows.length === 0;
    }),
  );
  await onDatabase(target.url, async (client) => {
    const { rows } = await client.query(
      "select relname from pg_class where relnamespace = 'public'::regnamespace",
    );
    expect(rows).toEqual([]);
  });
  const restored = await runs(there, "restore", file, "--erased", "none");
  expect(restored - small).toBeLessThan(160);
  await onDatabase(target.url, async (client) => {
    const { rows } = await client.query("select count(*) from inbound_mails");
    expect(rows).toEqual([{ count: 8000 }]);
  });
});
