import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/** For how many milliseconds visits are added up in memory before they are written. */
const between = 3000;

/** Counts visits to editions' pages: numbers only, of nobody. */
export type VisitCounter = {
  /** A page was sent that counts for this edition. */
  note: (editionId: string, request: Request) => void;
  /** Writes what was counted until now. */
  flush: () => Promise<void>;
};

/** Adds up in this process's memory, so that a page from the cache costs no query; a few seconds may be lost in a crash. */
export function createVisitCounter(ctx: Pick<Ctx, "db" | "log">): VisitCounter {
  let counts = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const add = (editionId: string, number: number) => {
    counts.set(editionId, (counts.get(editionId) ?? 0) + number);
    timer ??= setTimeout(() => void flush(), between).unref();
  };

  const write = async () => {
    if (counts.size === 0) return;
    const counted = counts;
    counts = new Map();
    try {
      // In the order of the ids, so that two processes never wait for each other.
      await sql`
        with counted as (
          select * from unnest(${[...counted.keys()]}::uuid[], ${[...counted.values()]}::int[]) as c (id, visits)
        ), held as (
          select e.id from editions as e join counted using (id) order by e.id for no key update of e
        )
        update editions as e set visits = e.visits + c.visits
        from counted as c join held using (id) where e.id = c.id`.execute(ctx.db);
    } catch (error) {
      ctx.log.warn({ err: error }, "visits are written later");
      for (const [editionId, number] of counted) add(editionId, number);
    }
  };

  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };

  return {
    note: (editionId, request) => {
      if (isVisit(request)) add(editionId, 1);
    },
    flush,
  };
}

/** What programs call themselves that read pages without anybody looking; a part of their User-Agent. */
const programs =
  /bot\b|bot\/|crawl|spider|slurp|preview|facebookexternalhit|feed|monitor|curl|wget|python|java\/|go-http/i;

/** Whether somebody looks at the page: no robot that says so, and no browser that only fetches ahead (Sec-Purpose). */
function isVisit({ headers }: Request): boolean {
  if (headers.has("sec-purpose") || headers.has("purpose")) return false;
  const agent = headers.get("user-agent");
  return agent !== null && !programs.test(agent);
}
