import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddedServer, startEmbeddedPostgres } from "./embedded-postgres.ts";
import type { Log } from "./log.ts";
import { claimDatabase, isGoingDown } from "./ownership.ts";
import { StartFault } from "./start-fault.ts";

type Held = { server: EmbeddedServer; claimed: boolean; lost: Promise<void> };

/** The embedded server of `dir` and this process's claim to it; once more when the one that was found was just going down. */
async function hold(dir: string, port?: number): Promise<Held> {
  for (let tries = 1; ; tries++) {
    let server: EmbeddedServer | undefined;
    try {
      server = await startEmbeddedPostgres(dir, [], port);
      const { promise: lost, resolve } = Promise.withResolvers<void>();
      const claim = await claimDatabase(server.url(), resolve);
      return { server, claimed: claim.kind === "claimed", lost };
    } catch (error) {
      if (server?.adopted === false) await server.stop();
      if (tries === 3 || !isGoingDown(error)) throw error;
    }
  }
}

/** Milliseconds before each start of a server that ended. */
const pauses = [0, 500, 1000, 2000, 4000, 8000];
/** No start is tried later than so many milliseconds after the end. */
const lastTry = 30_000;
/** A server that lived so long, in milliseconds, does not end for the reason of the one before it. */
const steady = 60_000;

/** So often, in milliseconds, it is looked whether the server lets new sessions in; after so many refusals in a row it is stopped. */
const pulse = { every: 5000, refusals: 3 };

export type OwnDatabase = {
  url: string;
  /** Whether a server of an earlier, killed process was found running and taken over. */
  adopted: boolean;
  /** Ends the server, and the watch over it. */
  stop: () => Promise<void>;
};

type Watch = {
  log: Log;
  /** Called once, when the server ended and does not come back. */
  onGivenUp: (fault: StartFault) => void;
};

/**
 * Starts the embedded database of `dir` for this process alone and keeps it running: a server that ends (killed, out of
 * memory, a full disk) is started again on the same port, after growing pauses, six times in a row at most. Null where
 * another process has it.
 */
export async function openOwnDatabase(dir: string, { log, onGivenUp }: Watch): Promise<OwnDatabase | null> {
  let held = await hold(dir);
  if (!held.claimed) return null;
  const { server } = held;
  let stopping = false;
  let tries = 0;

  const startAgain = async (): Promise<Held | null> => {
    const ended = performance.now();
    let fault: unknown;
    for (; tries < pauses.length && performance.now() - ended < lastTry; tries++) {
      await sleep(pauses[tries]);
      if (stopping) return null;
      try {
        const next = await hold(dir, server.port);
        if (next.claimed && next.server.port === server.port) {
          tries++;
          log.info({ tries, ms: Math.round(performance.now() - ended) }, "the database is back");
          return next;
        }
        if (next.claimed) await next.server.stop(); // of a command that just ended, on a port that nobody here knows
        fault = new StartFault("another process has taken it.");
      } catch (error) {
        fault = error;
        log.warn({ err: error }, "the database could not be started again");
      }
    }
    const why = fault instanceof Error ? fault.message : "it ended again and again.";
    throw new StartFault(`The embedded database ended and does not come back: ${why}`);
  };

  const watch = async () => {
    while (!stopping) {
      const since = performance.now();
      await held.lost;
      if (stopping) return;
      if (performance.now() - since > steady) tries = 0;
      log.error({ running: held.server.isAlive() }, "the database ended or broke off; starting it again");
      const next = await startAgain();
      if (!next) return;
      held = next;
    }
  };
  // A server that lives and lets nobody in (a full disk, a stop that waits for our sessions) is as good as ended.
  let refusals = 0;
  const looking = setInterval(async () => {
    const { server } = held;
    refusals = server.isAlive() && (await server.refuses()) ? refusals + 1 : 0;
    if (refusals < pulse.refusals || stopping || server !== held.server) return;
    refusals = 0;
    log.error("the database lets nobody in; stopping it");
    await server.stop();
  }, pulse.every).unref();
  const watching = watch().catch((error) => {
    if (!stopping) onGivenUp(error as StartFault);
  });

  return {
    url: server.url(),
    adopted: server.adopted,
    stop: async () => {
      stopping = true;
      clearInterval(looking);
      await held.server.stop(); // the claim ends with it, not before
      await watching;
      await held.server.stop(); // one that was just coming up
    },
  };
}
