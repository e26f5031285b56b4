/**
 * `npm run bench:lists -- [count] [server] [database]`: the workplace's lists with a million signatures and as many
 * subscribers over HTTP, an export of all of them, and an import of 100,000 rows while others look at pages. Prints
 * tables. Everything it starts is on 127.0.0.1 and ends with it. Run `npm run build` first. `database`: the address of one
 * that was filled like this before (filling takes minutes); it stays, with what was imported.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startEmbeddedPostgres } from "../src/platform/embedded-postgres.ts";
import { measureExport } from "./lists/export.ts";
import { fill, signIn } from "./lists/fill.ts";
import { measureImport } from "./lists/import.ts";
import { measurePages } from "./lists/pages.ts";
import { secretKey } from "./manifest/program.ts";

const count = Number(process.argv[2] ?? 1_000_000);
const main = process.argv[3] ?? "dist/server/main.js";
const filled = process.argv[4];
const port = 31_874;
const origin = `http://127.0.0.1:${port}`;

const dir = mkdtempSync(join(tmpdir(), "archipel-lists-"));
chmodSync(dir, 0o755); // as root, the database's account must be able to enter
mkdirSync(join(dir, "data"));
const server = filled
  ? { url: () => filled, stop: async () => {} }
  : await startEmbeddedPostgres(dir, ["shared_buffers=512MB"]);
/** The program tidies its memory up when it is told to, so that what it holds can be told from what it let go. */
const tidies = 'data:text/javascript,process.on("SIGUSR2", () => globalThis.gc())';
/** Web and worker apart: while the database is filled, no worker looks at it. */
const start = (role: string) =>
  spawn(process.execPath, ["--enable-source-maps", "--expose-gc", "--import", tidies, main, "--only", role], {
    env: {
      ...{ PATH: process.env.PATH, PORT: String(port), DATABASE_URL: server.url(), SECRET_KEY: secretKey },
      ...{ DATA_DIR: join(dir, "data"), LOG_LEVEL: "warn" },
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
const program = start("web");
const programs = [program];
const client = new pg.Client({ connectionString: server.url() });
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => program.kill("SIGTERM"));

try {
  await client.connect();
  while (!(await fetch(`${origin}/healthz`).catch(() => null))) {
    if (program.exitCode !== null) throw new Error("The program did not start: run npm run build first");
    await sleep(200);
  }
  if (!filled) await fill(client, count);
  const rig = { origin, program, client, count, cookie: await signIn(client) };
  await measurePages(rig);
  await measureExport(rig);
  programs.push(start("worker"));
  await measureImport(rig);
} finally {
  await client.end();
  for (const one of programs) {
    if (one.exitCode !== null) continue;
    one.kill("SIGTERM");
    await once(one, "exit");
  }
  await server.stop();
  rmSync(dir, { recursive: true, force: true });
}
