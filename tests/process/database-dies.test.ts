import { execFileSync } from "node:child_process";
import { renameSync, rmSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { isAlive, processesOf } from "../../src/platform/processes.ts";
import {
  clusterOf,
  connectTo,
  type Program,
  postmasterOf,
  runProgram,
  usedDataDir,
} from "../support/program.ts";
import { canMount, smallDisk } from "../support/unprivileged.ts";

async function running() {
  const DATA_DIR = await usedDataDir();
  const program = await runProgram({ env: { DATA_DIR } });
  await program.started();
  return { program, DATA_DIR, postmaster: postmasterOf(DATA_DIR) ?? 0 };
}

/** Seconds until a page answers that is never kept. */
async function secondsUntilPages(program: Program, begun = performance.now()): Promise<number> {
  await program.until(
    "A page",
    async () => (await program.get("/doe-mee?thema=x")).status === 200 && (await program.get("/readyz")).ok,
    40,
  );
  return (performance.now() - begun) / 1000;
}

/** `fetch` sends no Host of one's own. */
const statusAt = (program: Program, path: string, host: string) =>
  new Promise<number | undefined>((done, fail) => {
    const address = { host: "127.0.0.1", port: program.port, path, headers: { host } };
    get(address, (answer) => done(answer.resume().statusCode)).once("error", fail);
  });

const subscribe = (program: Program, email: string) =>
  program.post("/nieuwsbrief", { email, consent: "yes" });

async function mailTo(program: Program, dataDir: string, email: string): Promise<void> {
  const database = await connectTo(dataDir);
  await program.until("The mail", async () => {
    const { rowCount } = await database.query("select 1 from mailbox where recipient = $1", [email]);
    return rowCount === 1;
  });
}

// SIGKILL: the OOM killer, or kill -9. SIGQUIT: PostgreSQL's "immediate shutdown". SIGINT: somebody stops it by hand.
test.each(["SIGKILL", "SIGQUIT", "SIGINT"] as const)(
  "pages answer again within 30 s after the database ended by %s, and mail goes out",
  async (signal) => {
    const { program, DATA_DIR, postmaster } = await running();
    expect((await subscribe(program, "sanne@example.org")).status).toBe(303);
    await mailTo(program, DATA_DIR, "sanne@example.org");
    process.kill(postmaster, signal);
    const begun = performance.now();
    await program.until("The end", () => !isAlive(postmaster));
    const seconds = await secondsUntilPages(program, begun);
    expect(seconds).toBeLessThan(30);
    expect(postmasterOf(DATA_DIR)).not.toBe(postmaster);
    expect((await subscribe(program, "piet@example.org")).status).toBe(303);
    await mailTo(program, DATA_DIR, "piet@example.org");
    expect(await program.stop()).toBe(0);
    expect(postmasterOf(DATA_DIR)).toBeNull();
    expect(program.output()).not.toContain("[object Object]");
  },
);

test("with the database away, kept pages answer, others say so at once in both languages, and health tells", async () => {
  const { program, DATA_DIR, postmaster } = await running();
  const kept = await (await program.get("/")).text();
  const control = join(clusterOf(DATA_DIR), "global/pg_control");
  renameSync(control, `${control}.away`); // so that it stays away for a while
  process.kill(postmaster, "SIGKILL");
  await program.until("The end", async () => (await program.get("/readyz")).status === 503);
  expect(await (await program.get("/readyz")).json()).toEqual({ database: "failed", jobs: "failed" });
  for (const host of ["localhost", "eiland.example", "anders.example:8080"]) {
    const answers = ["/healthz", "/readyz", "/metrics"].map((path) => statusAt(program, path, host));
    expect(await Promise.all(answers), host).toEqual([200, 503, 200]);
  }
  const home = await program.get("/");
  expect([home.status, await home.text()]).toEqual([200, kept]);

  const begun = performance.now();
  const away = await program.get("/en/initiatives");
  const page = await away.text();
  expect(away.status).toBe(503);
  expect(Number(away.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(page).toContain('<html lang="en"');
  expect(page).toContain("We’ll be right back");
  expect(page).toContain("We zijn zo terug");
  const form = await subscribe(program, "sanne@example.org");
  expect(form.status).toBe(503);
  expect(await form.text()).toContain("Heb je net iets verstuurd?");
  expect(performance.now() - begun, "nobody waits").toBeLessThan(4000);

  renameSync(`${control}.away`, control);
  expect(await secondsUntilPages(program)).toBeLessThan(30);
  expect((await program.get("/en/initiatives")).status).toBe(200);
  expect(await program.stop()).toBe(0);
});

test("a change after the restart shows in pages that were kept before it", async () => {
  const { program, DATA_DIR, postmaster } = await running();
  await program.get("/");
  process.kill(postmaster, "SIGKILL");
  await program.until("The end", () => !isAlive(postmaster));
  await secondsUntilPages(program);
  const database = await connectTo(DATA_DIR);
  await database.query("update movement set name = jsonb_set(name, '{nl}', '\"Na de herstart\"')");
  await program.until("The change", async () =>
    (await (await program.get("/")).text()).includes("Na de herstart"),
  );
});

test("a database that hangs keeps nobody waiting, and all goes on when it wakes up", async () => {
  const { program, DATA_DIR } = await running();
  await program.get("/");
  const all = processesOf(clusterOf(DATA_DIR));
  const signal = (name: NodeJS.Signals) => {
    for (const pid of all.filter(isAlive)) process.kill(pid, name);
  };
  onTestFinished(() => signal("SIGCONT"));
  signal("SIGSTOP");
  const begun = performance.now();
  const answers = await Promise.all(
    ["/healthz", "/readyz", "/metrics", "/", "/en/initiatives"].map((path) => program.get(path)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 503, 200, 200, 503]);
  expect(performance.now() - begun).toBeLessThan(10_000);
  signal("SIGCONT");
  expect(await secondsUntilPages(program)).toBeLessThan(30);
});

test("a helper in the middle of a long statement does not keep the next server from starting", async () => {
  const { program, DATA_DIR, postmaster } = await running();
  const database = await connectTo(DATA_DIR);
  const long = database.query("select count(*) from generate_series(1, 1e12::bigint)").then(
    () => "ended",
    () => "broken off",
  );
  await program.until("The statement", async () => {
    const other = await connectTo(DATA_DIR);
    const { rowCount } = await other.query(
      "select 1 from pg_stat_activity where state = 'active' and query like '%1e12%' and pid <> pg_backend_pid()",
    );
    return rowCount === 1;
  });
  process.kill(postmaster, "SIGKILL");
  await program.until("The end", () => !isAlive(postmaster));
  expect(await secondsUntilPages(program)).toBeLessThan(30);
  expect(await long).toBe("broken off");
});

test("killed three times in a row it comes back three times", async () => {
  const { program, DATA_DIR } = await running();
  for (let nth = 1; nth <= 3; nth++) {
    const postmaster = postmasterOf(DATA_DIR) ?? 0;
    process.kill(postmaster, "SIGKILL");
    await program.until("The end", () => !isAlive(postmaster));
    expect(await secondsUntilPages(program)).toBeLessThan(30);
  }
  const second = await runProgram({ env: { DATA_DIR } });
  expect(await second.ended, "it is still this process's own").toBe(1);
  expect(second.output()).toContain("Another Archipel is already running");
  expect(await program.stop()).toBe(0);
});

test("a database that does not come back ends the program with a sentence and a status, without a stack", async () => {
  const { program, DATA_DIR, postmaster } = await running();
  const control = join(clusterOf(DATA_DIR), "global/pg_control");
  renameSync(control, `${control}.gone`);
  process.kill(postmaster, "SIGKILL");
  const begun = performance.now();
  expect(await program.ended).toBe(1);
  expect(performance.now() - begun).toBeLessThan(60_000);
  const said = program
    .output()
    .split("\n")
    .filter((line) => !line.startsWith("{"))
    .slice(-2);
  expect(said[0]).toMatch(/^The embedded database ended and does not come back: .*pg_control/);
});

test("a stop while the database is away ends the program, and no server stays behind", async () => {
  const { program, DATA_DIR, postmaster } = await running();
  process.kill(postmaster, "SIGKILL");
  const begun = performance.now();
  expect(await program.stop(), program.output()).toBe(0);
  expect(performance.now() - begun).toBeLessThan(40_000);
  const left = postmasterOf(DATA_DIR);
  expect(left !== null && isAlive(left)).toBe(false);
});

describe.runIf(canMount)("when the disk is full", () => {
  test("pages answer all the same, or the program ends and says so; with room again it starts", async () => {
    const disk = smallDisk(300);
    const DATA_DIR = join(disk, "data");
    execFileSync("cp", ["-Rp", await usedDataDir(), DATA_DIR]);
    const program = await runProgram({ env: { DATA_DIR } });
    await program.started();
    try {
      execFileSync("dd", ["if=/dev/zero", `of=${disk}/filler`, "bs=4k"], { stdio: "pipe" });
    } catch {
      // it is full now
    }
    const postmaster = postmasterOf(DATA_DIR) ?? 0;
    process.kill(postmaster, "SIGKILL");
    await program.until("The end", () => !isAlive(postmaster));
    const pages = secondsUntilPages(program).then(
      () => "pages",
      () => program.ended, // what asks when it has ended is refused
    );
    const outcome = await Promise.race([pages, program.ended]);
    rmSync(`${disk}/filler`);
    if (outcome === "pages") expect(await program.stop()).toBe(0);
    else {
      expect(outcome).toBe(1);
      expect(program.output()).toMatch(
        /^The embedded database ended and does not come back: .* is full: make room/m,
      );
    }
    const next = await runProgram({ env: { DATA_DIR } });
    await next.started();
    expect(await next.stop()).toBe(0);
  });
});

test("a stop by hand that waits for our sessions is ended, and the database started again", async () => {
  const { program, DATA_DIR, postmaster } = await running();
  process.kill(postmaster, "SIGTERM"); // PostgreSQL's "smart shutdown"
  await program.until("The end", () => !isAlive(postmaster));
  expect(await secondsUntilPages(program)).toBeLessThan(30);
  expect(postmasterOf(DATA_DIR)).not.toBe(postmaster);
});
