import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

export const secretKey = "only-for-the-benchmark-only-for-the-benchmark";

/** The built program's web role on a database, as an operator starts it; without the worker, so that no mail leaves. */
export async function startProgram(databaseUrl: string, port: number) {
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    SECRET_KEY: secretKey,
    TRUST_PROXY: "1",
    LOG_LEVEL: "warn",
  };
  const args = ["--enable-source-maps", "dist/server/main.js", "--only", "web"];
  const child: ChildProcess = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  const origin = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (child.exitCode !== null) throw new Error("The program did not start: run npm run build first");
    if (
      await fetch(`${origin}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return { origin, stop };
    await sleep(100);
  }
  await stop();
  throw new Error("The program did not start within a minute");
}
