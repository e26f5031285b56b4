import pg from "pg";
import type { Log } from "./log.ts";

/** Tells this process when content changed anywhere: a counter that grows, and who wants to know. */
export type ContentVersion = {
  /** Grows with each change of content; what was read under an older number may be stale. */
  current: () => number;
  /** False while changes cannot be heard: nothing may be kept then, and what was kept may be stale. */
  listening: () => boolean;
  /** Also when changes are heard again, for those that were missed. */
  onChange: (listener: () => void) => void;
  stop: () => Promise<void>;
};

const retryInMs = 500;
const heartbeatInMs = 15_000;

/**
 * Listens to PostgreSQL's NOTIFY "archipel_content", sent by the triggers on the content tables. A lost connection is
 * opened again, as often as it takes; one that silently leads nowhere is noticed by its heartbeat.
 *
 * @throws when the first connection fails.
 */
export async function listenToContent(url: string, log: Log): Promise<ContentVersion> {
  const listeners: (() => void)[] = [];
  let version = 0;
  let client: pg.Client | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  const changed = () => {
    version++;
    for (const listener of listeners) listener();
  };
  const listenSoon = () => {
    if (!stopped) retry = setTimeout(() => listen().catch(again), retryInMs);
  };
  const again = (error: unknown) => {
    log.warn({ err: error }, "cannot listen for content changes; pages are not kept");
    listenSoon();
  };

  async function listen(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: "archipel content",
      keepAlive: true,
      connectionTimeoutMillis: 5000,
      query_timeout: 5000,
    });
    let heartbeat: NodeJS.Timeout | undefined;
    const lost = () => {
      if (client !== next) return;
      client = null;
      clearInterval(heartbeat);
      version++;
      next.end().catch(() => {});
      listenSoon();
    };
    next.on("notification", changed);
    next.on("error", lost);
    next.on("end", lost);
    try {
      await next.connect();
      await next.query("listen archipel_content");
    } catch (error) {
      next.end().catch(() => {});
      throw error;
    }
    if (stopped) return next.end();
    client = next;
    heartbeat = setInterval(() => next.query("select 1").catch(lost), heartbeatInMs).unref();
    changed();
  }

  await listen();
  return {
    current: () => version,
    listening: () => client !== null,
    onChange: (listener) => void listeners.push(listener),
    stop: async () => {
      stopped = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
}
