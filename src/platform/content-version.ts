import pg from "pg";
import type { Log } from "./log.ts";

/** Tells this process when content changed anywhere: a counter that grows, and who wants to know. */
export type ContentVersion = {
  /** Grows with each change of content; what was read under an older number may be stale. */
  current: () => number;
  /** False while changes cannot be heard: nothing may be kept then. */
  listening: () => boolean;
  onChange: (listener: () => void) => void;
  stop: () => Promise<void>;
};

/** Listens to PostgreSQL's NOTIFY "archipel_content", sent by the triggers on the content tables. */
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
  async function listen(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: "archipel content",
      keepAlive: true,
    });
    next.on("notification", changed);
    next.on("error", lost);
    next.on("end", lost);
    function lost() {
      next.removeListener("end", lost);
      if (client === next) client = null;
      changed();
      if (!stopped) retry = setTimeout(() => listen().catch(again), 500);
    }
    function again(error: unknown) {
      log.warn({ err: error }, "cannot listen for content changes; pages are not cached");
    }
    await next.connect();
    await next.query("listen archipel_content");
    client = next;
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
