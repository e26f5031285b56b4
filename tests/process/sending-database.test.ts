import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { expect, onTestFailed, onTestFinished, test } from "vitest";
import type { Tables } from "../../src/database.ts";
import { checkTallies } from "../../src/deliveries/queries.ts";
import { connect } from "../../src/platform/database.ts";
import { startEmbeddedPostgres } from "../../src/platform/embedded-postgres.ts";
import { databaseAccount } from "../../src/platform/system-account.ts";
import { clusterOf, newDataDir, postmasterOf, runProgram } from "../support/program.ts";
import { edition, finished, newsletterOf, statesOf, subscribers, until } from "../support/sending.ts";
import { startSmtpSink } from "../support/smtp-sink.ts";

/** Starts a server again as it was, on the same port: its own note holds its command line. */
async function startAgain(dir: string, url: string): Promise<void> {
  const options = readFileSync(join(clusterOf(dir), "postmaster.opts"), "utf8");
  const [command = "", ...args] = options.trim().split(/ (?=")/);
  const unquoted = args.map((arg) => arg.slice(1, -1));
  spawn(command, unquoted, {
    detached: true,
    stdio: "ignore",
    cwd: "/",
    ...(databaseAccount() ?? {}),
  }).unref();
  await until("The database's return", async () => {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => {});
    return client
      .connect()
      .then(() => client.end())
      .then(
        () => true,
        () => false,
      );
  });
}

test.each([
  ["is restarted", "SIGINT"],
  ["is killed", "SIGQUIT"],
] as const)(
  "while PostgreSQL %s, sending waits; then it goes on by itself, and nobody gets it twice",
  async (_what, signal) => {
    const dir = newDataDir();
    const server = await startEmbeddedPostgres(dir, ["fsync=off"]);
    const url = server.url();
    const sink = await startSmtpSink();
    const env = {
      DATABASE_URL: url,
      SMTP_URL: sink.url,
      SEND_RATE: "1000",
      SEND_RATE_DOMAIN: "1000",
      SECRET_KEY: "only-for-tests-only-for-tests-only",
      DATA_DIR: newDataDir(),
    };
    const program = await runProgram({ env, args: ["--only", "worker"] });
    onTestFailed(() => void process.stderr.write(program.output()));
    await program.started();
    const { db } = connect<Tables>(url, 2);
    onTestFinished(() => db.destroy());
    const newsletterId = await newsletterOf(db);
    await subscribers(db, newsletterId, 60);
    sink.behave({ kind: "stall" });
    const id = await edition(db, { newsletterId });
    await until("The hand-over", async () => sink.tries.length === 4);

    process.kill(postmasterOf(dir) ?? 0, signal);
    sink.answerStalled(); // what the server says meanwhile is not forgotten
    sink.behave({ kind: "accept" });
    await until("The end of the database", async () => postmasterOf(dir) === null || !(await reachable(url)));
    await new Promise((done) => setTimeout(done, 1000));
    await startAgain(dir, url);
    await finished(db, id, 20);
    expect(program.log().some(({ msg }) => msg === "sending waits for the database")).toBe(true);
    expect(Object.values(await statesOf(db, id)).every(({ state }) => state === "sent")).toBe(true);
    expect(new Set(sink.received.map(({ envelope }) => envelope.to[0])).size).toBe(60);
    expect(sink.tries).toHaveLength(60);
    expect(await checkTallies({ db } as Parameters<typeof checkTallies>[0], id)).toEqual([]);
    expect(await program.stop()).toBe(0);
  },
);

async function reachable(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
