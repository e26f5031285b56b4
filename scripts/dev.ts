/** `npm run dev`: builds server and browser code on every change and restarts the program after each build. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { build } from "vite";

// As given to us: Vite's build sets NODE_ENV to "production".
const environment = { ...process.env };
let program: ChildProcess | null = null;
let ending = false;

/** Ends the program gracefully (running jobs, the database) and starts the new build. */
async function restart(): Promise<void> {
  await end();
  if (ending) return;
  program = spawn(process.execPath, ["--enable-source-maps", "dist/server/main.js"], {
    stdio: "inherit",
    env: environment,
  });
}

async function end(): Promise<void> {
  if (!program || program.exitCode !== null || program.signalCode !== null) return;
  program.kill("SIGTERM");
  await once(program, "exit");
}

// One restart at a time; builds that end meanwhile share the next one.
let wanted = false;
let restarting = false;
async function restartSoon(): Promise<void> {
  wanted = true;
  if (restarting) return;
  restarting = true;
  while (wanted) {
    wanted = false;
    await restart();
  }
  restarting = false;
}

const firstBuilds = ["production", "server"].map(async (mode) => {
  const watcher = await build({ mode, logLevel: "warn", build: { watch: {} } });
  if (!("on" in watcher)) throw new Error("Vite does not watch");
  return new Promise<void>((done) => {
    let first = true;
    watcher.on("event", (event) => {
      if (event.code === "ERROR") process.stderr.write(`${event.error.message}\n`);
      if (event.code !== "END") return;
      if (!first) void restartSoon();
      first = false;
      done();
    });
  });
});

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.on(signal, async () => {
    if (ending) return;
    ending = true;
    await end();
    process.exit(0);
  });

await Promise.all(firstBuilds);
await restartSoon();
