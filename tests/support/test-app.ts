import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Config, parseConfig } from "../../src/platform/config.ts";
import type { Ctx } from "../../src/platform/context.ts";
import { createLog, type Log } from "../../src/platform/log.ts";
import { type System, startSystem } from "../../src/start.ts";
import { ask } from "./ask.ts";
import { given } from "./given.ts";
import { createDatabase, dropDatabase, serverUrl, templateDatabase } from "./test-database.ts";

export type TestApp = Awaited<ReturnType<typeof startTestApp>>;

type Options = {
  /** "seeds" (default): with the starter content; "none": an empty database. */
  starter?: "seeds" | "none";
  env?: Record<string, string>;
  /** Where the clock starts; by default the real moment. It moves only by `advance`. */
  now?: Date;
  /** Where the program logs; by default nowhere. */
  log?: Log;
  /** On the database of another app: a second process of the same installation. */
  beside?: { database: string };
};

const silent = createLog(process.env.TEST_LOG ?? "silent");

/** The whole program on a free port and a database of its own, with the clock in the test's hands. */
export async function startTestApp(options: Options = {}) {
  const starter = options.starter ?? "seeds";
  const dataDir = mkdtempSync(join(tmpdir(), "archipel-app-"));
  const port = await freePort();
  const configure = (env: Record<string, string>): Config => {
    const shared = {
      NODE_ENV: "test",
      DATA_DIR: dataDir,
      SECRET_KEY: "only-for-tests-only-for-tests-only",
      STARTER: starter,
      FRESH_SECONDS: "0",
    };
    const parsed = parseConfig({ ...shared, PORT: String(port), ...env, ...options.env });
    if (parsed.kind === "invalid") throw new Error(parsed.problems.join("\n"));
    return parsed.config;
  };
  const database =
    options.beside?.database ??
    (await copyOfTemplate(starter, configure({ PORT: "0", BASE_URL: "http://localhost" })));
  const config = configure({});
  let moment = options.now ?? new Date();
  const system: System = await startSystem(config, serverUrl(database), {
    roles: ["web"],
    log: options.log ?? silent,
    now: () => moment,
  });
  const { ctx, queue } = system;

  const request = (path: string, init: RequestInit & { host?: string } = {}) => {
    const { host, ...rest } = init;
    const headers = new Headers(rest.headers);
    headers.set("host", host ? `${host}:${port}` : `localhost:${port}`);
    return ask(`http://127.0.0.1:${port}${path}`, { ...rest, headers });
  };
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await system.stop();
    if (!options.beside) await dropDatabase(database);
    rmSync(dataDir, { recursive: true, force: true });
  };
  const app = {
    origin: config.baseUrl,
    port,
    database,
    ctx: ctx as Ctx,
    /** What requests work with, on connections of their own. */
    web: system.web as Ctx,
    given: given(ctx),
    request,
    get: (path: string, host?: string) => request(path, host ? { host } : {}),
    /** Sends a form as a browser would. */
    post: (path: string, fields: Record<string, string>, init: RequestInit & { host?: string } = {}) =>
      request(path, { method: "POST", body: new URLSearchParams(fields), ...init }),
    /** Runs all work that is due, as the worker would, and returns how many jobs ran. */
    work: () => queue.drain(ctx),
    /** Moves the clock forward by milliseconds. */
    advance: (milliseconds: number) => {
      moment = new Date(moment.getTime() + milliseconds);
    },
    /** What is in the built-in mailbox, oldest first; for one address if given. */
    mailbox: async (address?: string) => {
      const mails = await ctx.db.selectFrom("mailbox").selectAll().orderBy("number").execute();
      return mails.filter((mail) => !address || mail.recipient === address);
    },
    stop,
  };
  try {
    onTestFinished(stop);
  } catch {
    // outside a test: whoever started it in beforeAll stops it in afterAll
  }
  return app;
}

export const minutes = (count: number) => count * 60_000;
export const hours = (count: number) => count * 3_600_000;
export const days = (count: number) => count * 86_400_000;

/** A copy of the migrated template: tens of milliseconds. */
async function copyOfTemplate(starter: "seeds" | "none", config: Config): Promise<string> {
  const template = await templateDatabase(starter, async (name) => {
    const system = await startSystem(config, serverUrl(name), { roles: [], log: silent });
    await system.stop();
  });
  return createDatabase(template);
}

let lastPort = 20_000 + (process.pid % 120) * 100;

/** A port that nobody listens on, below those that the system hands out by itself and apart for each process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = ++lastPort;
    const free = await new Promise<boolean>((done) => {
      const server = createServer().once("error", () => done(false));
      server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
    });
    if (free) return port;
  }
}
