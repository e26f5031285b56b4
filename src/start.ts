import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener, RequestError } from "@hono/node-server";
import { migrations } from "../migrations/index.ts";
import { firstOwnerLink } from "./accounts/operations.ts";
import { createApp } from "./app.ts";
import type { Tables } from "./database.ts";
import { startSendingLoop } from "./deliveries/loop.ts";
import { openedWhenNeeded, openPostOffice } from "./deliveries/offices.ts";
import { createVisitCounter } from "./editions/visits.ts";
import { jobDefinitions } from "./features.ts";
import { keepInMailbox } from "./mailbox/operations.ts";
import { clockOf } from "./platform/clock.ts";
import type { Config } from "./platform/config.ts";
import { listenToContent } from "./platform/content-version.ts";
import type { Ctx } from "./platform/context.ts";
import { connect, connectForRepeated, connectWithin } from "./platform/database.ts";
import { checkDatabase } from "./platform/database-check.ts";
import { explainListening } from "./platform/explain-start.ts";
import { closeGracefully } from "./platform/graceful-close.ts";
import { JobQueue } from "./platform/jobs.ts";
import { createKeys } from "./platform/keys.ts";
import { sweepLeftovers } from "./platform/leftovers.ts";
import { createLimits } from "./platform/limits.ts";
import { createRepeatedErrorLog, type Log } from "./platform/log.ts";
import { createMailer } from "./platform/mailer.ts";
import { createMetrics } from "./platform/metrics.ts";
import { migrate } from "./platform/migrate.ts";
import { checkKey, loadSecret } from "./platform/secret-key.ts";
import { securityHeaders } from "./platform/security.ts";
import { StartFault } from "./platform/start-fault.ts";
import { createStorage } from "./platform/storage.ts";
import { loadStarter } from "./starter/operations.ts";
import { isSuppressed } from "./suppressions/queries.ts";

export type Role = "web" | "worker";

export type System = {
  ctx: Ctx;
  /** What requests work with where the web role is: the same, on connections of its own. */
  web: Ctx | null;
  queue: JobQueue;
  /** Where the web role listens: "http://127.0.0.1:3000". */
  listening: string | null;
  /** Where the first owner is made, as long as there is none and this process answers visitors. */
  firstOwnerLink: string | null;
  /** Finishes running requests and jobs, then closes all connections. */
  stop: () => Promise<void>;
};

type Options = {
  roles: Role[];
  log: Log;
  now?: () => Date;
  /** Also with another secret key than the database knows. */
  anyKey?: boolean;
};

type Opening = Options & { isStopping?: () => boolean };

/** Makes what every operation takes, and the job queue, without asking the database for anything but its clock. */
async function open(config: Config, url: string, { roles, log, now: given, isStopping }: Opening) {
  const { db, pool } = connect<Tables>(url);
  const clock = given ? null : await clockOf(db);
  const now = given ?? clock?.now ?? (() => new Date());
  const keys = createKeys(config.secretKey ?? loadSecret(config.dataDir));
  const mailer = createMailer(
    config,
    (mail) => keepInMailbox({ db, now }, mail),
    (address) => isSuppressed({ db }, address),
  );
  const tellQueueError = createRepeatedErrorLog(log, "job queue");
  const queue = new JobQueue(url, jobDefinitions, { worker: roles.includes("worker") }, (error) => {
    // What the queue was still asking when it was told to stop is nobody's trouble.
    if (!isStopping?.()) tellQueueError(error);
  });
  const shared = { limits: createLimits(pool), storage: createStorage(config.storage) };
  const postOffice = openedWhenNeeded(config.sending.connections, () =>
    openPostOffice(config, (mail) => keepInMailbox({ db, now }, mail)),
  );
  const ctx: Ctx = { db, jobs: queue.jobs, mailer, now, log, keys, ...shared, postOffice, config };
  const closing: (() => Promise<unknown>)[] = [
    () => queue.stop(),
    async () => mailer.close(),
    () => postOffice.close(),
    async () => clock?.stop(),
    () => db.destroy(),
  ];
  return { ctx, queue, closing };
}

/** What operations need on a database as it is, which a restore is about to fill. */
export async function openBare(config: Config, url: string, log: Log) {
  const { ctx, queue, closing } = await open(config, url, { roles: [], log });
  const stop = async () => {
    for (const close of closing) await close();
  };
  try {
    await queue.start();
    return { ctx, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts the roles of one process on the database at `url`: migrations, starter content, web, worker. */
export async function startSystem(config: Config, url: string, options: Options): Promise<System> {
  const { roles } = options;
  await checkDatabase(url);
  await migrate(url, migrations);
  if (!options.anyKey) await checkKey(url, config);
  let stopping = false;
  const { ctx, queue, closing } = await open(config, url, { ...options, isStopping: () => stopping });
  const worker = roles.includes("worker");
  const stop = async () => {
    stopping = true;
    for (const close of closing) await close();
  };
  try {
    await queue.start();
    if (config.starter === "seeds") await loadStarter(ctx);
    const leftovers = sweepLeftovers(ctx);
    closing.unshift(leftovers.stop);
    const web = roles.includes("web") ? await listen(ctx, url) : null;
    if (web) closing.unshift(web.stop);
    if (worker) {
      const sending = startSending(ctx, url);
      // Both at once: no visitor is let in while the last mails are handed over.
      const stopTaking = web ? () => Promise.all([web.stop(), sending.stop()]) : sending.stop;
      closing.splice(0, web ? 1 : 0, stopTaking, sending.close);
    }
    if (worker) await queue.work(ctx);
    const firstOwner = web ? await firstOwnerLink(ctx) : null;
    const shown = { web: web?.ctx ?? null, listening: web?.address ?? null };
    return { ctx, queue, ...shown, firstOwnerLink: firstOwner, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** How many connections the books of sending use: a sender's number, claims, turns, letters, and what slows down. */
const connectionsForSending = 5;

function startSending(ctx: Ctx, url: string) {
  const books = connectForRepeated<Tables>(url, connectionsForSending);
  const { stop } = startSendingLoop(ctx, 1000, books);
  return { stop, close: () => books.destroy() };
}

/**
 * How long a sender may take, in milliseconds: for the head of a request, and for all of it. Whoever reads a body gives up
 * earlier, with a page (platform/body.ts); these are for what nobody reads.
 */
const patience = { headersTimeout: 20_000, requestTimeout: 300_000, connectionsCheckingInterval: 5_000 };

async function listen(ofSystem: Ctx, url: string) {
  // Connections of its own: a visitor's statement is given up in time, the worker's and a migration's never are.
  const { db, pool } = connectWithin<Tables>(url, ofSystem.config.statementTimeout);
  const ctx: Ctx = { ...ofSystem, db, limits: createLimits(pool) };
  const version = await listenToContent(url, ctx.log);
  const visits = createVisitCounter(ctx);
  const fetch = createApp(ctx, version, createMetrics(), visits);
  const { listen } = ctx.config;
  const { port, host } = listen;
  const listener = getRequestListener(
    (request, env) =>
      isOfOneHost(env.incoming)
        ? fetch(request, env.incoming.socket.remoteAddress ?? null)
        : refusal(new RequestError("Two Host headers"), ctx),
    { hostname: host, errorHandler: (error) => refusal(error, ctx) },
  );
  const server = createServer(patience, listener);
  const close = closeGracefully(server);
  try {
    await once(server.listen(port, host), "listening");
  } catch (error) {
    await version.stop();
    await db.destroy();
    throw new StartFault(explainListening(error as Error, listen), { cause: error });
  }
  const address = server.address() as AddressInfo;
  const stop = async () => {
    await close();
    await visits.flush();
    await version.stop();
    await db.destroy();
  };
  return { address: `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`, ctx, stop };
}

/**
 * A proxy may go by one Host header where this program goes by the other, so two are refused (RFC 9112, section 3.2). By
 * hand, since every request passes here and Node leaves out the second.
 */
function isOfOneHost({ rawHeaders }: Pick<IncomingMessage, "rawHeaders">): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    if (name.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  return hosts < 2;
}

/** The answer to what never became a request (a Host header that is no host name, say). */
function refusal(error: unknown, ctx: Ctx): Response {
  const status = error instanceof RequestError ? 400 : 500;
  if (status === 500) ctx.log.error({ err: error }, "request failed");
  const headers = { ...securityHeaders(ctx.config.secure), "cache-control": "no-store" };
  return new Response(null, { status, headers });
}
