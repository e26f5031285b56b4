import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { isAlive } from "../../src/platform/processes.ts";
import { freePort } from "./test-app.ts";

export type Program = Awaited<ReturnType<typeof runProgram>>;

type Options = {
  env?: Record<string, string>;
  args?: string[];
  /** The command; by default the built program itself. */
  command?: string[];
  cwd?: string;
};

/** As built; a folder of one's own by TEST_DIST. */
const builtProgram = join(process.env.TEST_DIST ?? "dist", "server/main.js");

/** Of our own environment only what a program needs to run at all: the test runner sets BASE_URL, NODE_ENV and more. */
const { PATH = "", HOME = "/" } = process.env;
const environment = { PATH, HOME };

/** An empty folder for a program's data, open to all, removed after the test with the server that runs in it. */
export function newDataDir(): string {
  const dir = mkdtempSync(join(tmpdir(), "archipel-process-"));
  chmodSync(dir, 0o755);
  onTestFinished(async () => {
    const pid = postmasterOf(dir);
    if (pid && isAlive(pid)) {
      process.kill(pid, "SIGQUIT");
      while (isAlive(pid)) await sleep(20);
    }
    rmSync(dir, { recursive: true, force: true });
  });
  return dir;
}

/**
 * A folder in which the built program was started and stopped before, with its starter content: a copy of the one that
 * whoever asks first makes. For what isn't about the first start.
 */
export async function usedDataDir(): Promise<string> {
  const template = join(inject("templates"), "data");
  const made = `${template}.made`;
  if (claim(template)) {
    chmodSync(template, 0o755);
    const program = await runProgram({ env: { DATA_DIR: template } });
    await program.started();
    await program.stop();
    writeFileSync(made, "");
  }
  while (!existsSync(made)) await sleep(50);
  const dir = newDataDir();
  execFileSync("cp", ["-Rp", `${template}/.`, dir]); // keeps whose each file is
  return dir;
}

/** Whether this process is the first to make the folder. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Where the cluster of a data folder is. */
export function clusterOf(dataDir: string): string {
  const pointer = join(dataDir, "postgres-location");
  return existsSync(pointer) ? readFileSync(pointer, "utf8") : join(dataDir, "postgres");
}

function postmasterLines(dataDir: string): string[] {
  const file = join(clusterOf(dataDir), "postmaster.pid");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
}

/** The process number of the embedded server, or null when none is noted. */
export const postmasterOf = (dataDir: string): number | null => Number(postmasterLines(dataDir)[0]) || null;

/** A connection to the embedded database of a data folder, as the program makes it. */
export async function connectTo(dataDir: string): Promise<pg.Client> {
  const password = readFileSync(join(clusterOf(dataDir), "archipel-password"), "utf8");
  const client = new pg.Client({
    connectionString: `postgres://postgres:${password}@127.0.0.1:${postmasterLines(dataDir)[3]}/archipel`,
  });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

/** The built program (or another command) as a process of its own; killed after the test when it still runs. */
export async function runProgram(options: Options = {}) {
  const port = Number(options.env?.PORT ?? (await freePort()));
  const [command = "", ...first] = options.command ?? [process.execPath, builtProgram];
  const begun = performance.now();
  const child: ChildProcess = spawn(command, [...first, ...(options.args ?? [])], {
    env: { ...environment, PORT: String(port), ...options.env },
    cwd: options.cwd ?? process.cwd(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part) => (output += String(part)));
  const ended = new Promise<number | null>((done) => child.once("close", (code) => done(code)));
  const running = () => child.exitCode === null && child.signalCode === null;
  onTestFinished(async () => {
    if (!running()) return;
    child.kill("SIGKILL");
    await ended;
  });
  const until = async (what: string, seen: () => boolean | Promise<boolean>, seconds = 60) => {
    for (let tries = 0; tries < seconds * 40; tries++) {
      if (await seen()) return;
      await sleep(25);
    }
    throw new Error(`${what} did not happen. Output:\n${output}`);
  };
  return {
    port,
    pid: child.pid!,
    origin: `http://localhost:${port}`,
    output: () => output,
    /** The log's events. */
    log: () =>
      output
        .slice(0, output.lastIndexOf("\n") + 1)
        .split("\n")
        .flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : [])),
    until,
    /** Waits until it says that it has started, and returns after how many milliseconds. */
    started: async () => {
      await until("The start", () => {
        if (!running()) throw new Error(`The program ended:\n${output}`);
        return output.includes('"msg":"started"');
      });
      return performance.now() - begun;
    },
    /** The exit code, once it has ended. */
    ended,
    kill: (signal: NodeJS.Signals) => child.kill(signal),
    /** Ends it as an operator does, and returns the exit code. */
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
    get: (path: string, init: RequestInit = {}) =>
      fetch(`http://127.0.0.1:${port}${path}`, { redirect: "manual", ...init }),
    post: (path: string, fields: Record<string, string>) =>
      fetch(`http://127.0.0.1:${port}${path}`, {
        method: "POST",
        redirect: "manual",
        body: new URLSearchParams(fields),
      }),
  };
}
