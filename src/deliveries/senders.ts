import { type Kysely, sql } from "kysely";
import type { Tables } from "../database.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { mostDoubts } from "./policy.ts";
import { queueUp, stateBefore } from "./recipients.ts";

/** The first half of the advisory locks that living senders hold; the second is their number. */
const lockClass = 4704800;
const heartbeat = 1_000;

/**
 * A process' number among the senders. It holds an advisory lock on it, which the database releases by itself when the
 * process dies; a machine that silently vanishes is noticed by TCP's keepalive. When the connection breaks (the database
 * restarts), it takes its number again, or a new one when others took it for dead meanwhile.
 */
export class Registration {
  /** null as long as it is none, or not certainly. */
  number: number | null = null;
  readonly #ctx: Ctx;
  readonly #connections: number;
  readonly #stopping = new AbortController();
  readonly #running: Promise<void>;

  constructor(ctx: Ctx, connections: number) {
    this.#ctx = ctx;
    this.#connections = connections;
    this.#running = this.#run();
  }

  /** Gives up the number; what it still had claimed goes back. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    let before: number | null = null;
    while (!this.#stopping.signal.aborted) {
      try {
        await (this.#ctx.db as Kysely<Tables>).connection().execute(async (db) => {
          before = await this.#take(db, before);
          this.number = before;
          while (before !== null && (await this.#wait())) if (!(await isKnown(db, before))) before = null;
          const last = before;
          if (last !== null) await db.transaction().execute((db) => laidDown({ ...this.#ctx, db }, last));
          await sql`select pg_advisory_unlock_all()`.execute(db);
        });
      } catch (error) {
        this.#ctx.log.warn({ err: error }, "a sender lost the database; it tries again");
        await this.#wait();
      } finally {
        this.number = null;
      }
    }
  }

  async #take(db: Kysely<Tables>, before: number | null): Promise<number> {
    await sql`select set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
      set_config('tcp_keepalives_count', '3', false)`.execute(db);
    if (before !== null) {
      await sql`select pg_advisory_lock(${lockClass}, ${before})`.execute(db);
      if (await isKnown(db, before)) return before;
      await sql`select pg_advisory_unlock_all()`.execute(db);
    }
    // In one transaction, so that nobody sees the number before the lock is there.
    return db.transaction().execute(async (db) => {
      const { id } = await db
        .insertInto("senders")
        .values({ connections: this.#connections })
        .returning("id")
        .executeTakeFirstOrThrow();
      await sql`select pg_advisory_lock(${lockClass}, ${id})`.execute(db);
      return id;
    });
  }

  /** Waits for the next heartbeat; false when it is to stop. */
  #wait(): Promise<boolean> {
    const { signal } = this.#stopping;
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((done) => {
      const end = () => {
        clearTimeout(timer);
        done(!signal.aborted);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", end);
        end();
      }, heartbeat);
      signal.addEventListener("abort", end, { once: true });
    });
  }
}

async function isKnown(db: Kysely<Tables>, id: number): Promise<boolean> {
  const seen_at = sql<Date>`clock_timestamp()`;
  const known = await db
    .updateTable("senders")
    .set({ seen_at })
    .where("id", "=", id)
    .returning("id")
    .executeTakeFirst();
  return known !== undefined;
}

/**
 * Takes up what dead processes left: who was at the mail server is uncertain and sent again with the same Message-ID,
 * who was only claimed goes back as if nothing had been. After a restart of the database the living get ten seconds to
 * take their locks again.
 */
export async function takeUpFromTheDead(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select id from senders
    where seen_at < clock_timestamp() - interval '3 seconds'
      and (started_at > pg_postmaster_start_time()
        or pg_postmaster_start_time() < clock_timestamp() - interval '10 seconds')`.execute(ctx.db);
  let dead = 0;
  for (const { id } of rows)
    await inTransaction(ctx, async (ctx) => {
      const { rows } = await sql<{ free: boolean }>`
        select pg_try_advisory_xact_lock(${lockClass}, ${id}) as free`.execute(ctx.db);
      if (!rows[0]?.free) return;
      dead++;
      await laidDown(ctx, id);
    });
  return dead;
}

/** Gives back what a sender has claimed, and removes its number, in the transaction given. */
async function laidDown(ctx: Ctx, sender: number): Promise<void> {
  const now = ctx.now();
  // By itself, so that the next statement sees the last claim under this number, and there is none after it.
  await sql`select from send_buckets where domain = '*' for update`.execute(ctx.db);
  const { rows } = await sql<{ uncertain: number; back: number }>`
    with gone as materialized (delete from senders where id = ${sender} returning in_hand),
    back as (
      update deliveries as d set due_at = ${now}, done_at = case when h.over then ${now}::timestamptz end,
        state = case when h.over then 'unanswered' when h.handed then 'uncertain' else ${stateBefore} end,
        doubts = d.doubts + case when h.handed then 1 else 0 end,
        first_tried_at = case when h.handed then coalesce(d.first_tried_at, ${now}) else d.first_tried_at end
      from gone as g cross join lateral (select d2.id, d2.id = any(g.in_hand) as handed,
          d2.id = any(g.in_hand) and d2.doubts + 1 >= ${mostDoubts}::int as over
        from deliveries as d2 where d2.claimed_by = ${sender} and d2.state = 'sending') as h
      where d.id = h.id and d.state = 'sending'
      returning d.edition_id, d.domain, d.due_at as at, h.handed, h.over
    ),
    due as (select edition_id, domain, at from back where not over),
    queued as (${queueUp})
    select count(*) filter (where handed) as uncertain, count(*) filter (where not handed) as back from back
  `.execute(ctx.db);
  const { uncertain = 0, back = 0 } = rows[0] ?? {};
  if (uncertain + back > 0) ctx.log.warn({ sender, uncertain, back }, "deliveries taken back from a sender");
}

/** Gives back what is claimed under a number that is gone: nothing goes out under it any more. */
export async function takeUpFromNobody(ctx: Ctx): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with back as (
      update deliveries as d set due_at = ${ctx.now()}, state = ${stateBefore}
      from (select id, claimed_by from deliveries as o where state = 'sending'
        and not exists (select from senders where id = o.claimed_by)) as l
      where d.id = l.id and d.claimed_by = l.claimed_by and d.state = 'sending'
      returning d.edition_id, d.domain, d.due_at as at),
    due as (select * from back), queued as (${queueUp})
    select count(*) from back`.execute(ctx.db);
  const count = rows[0]?.count ?? 0;
  if (count > 0) ctx.log.warn({ count }, "deliveries taken back from numbers that are gone");
  return count;
}

/** Gives back what this sender has claimed without knowing it: the answer to a claim was lost on the way. */
export async function giveBackUnknown(ctx: Ctx, sender: number, known: string[]): Promise<void> {
  await sql`with back as (
      update deliveries as d set due_at = ${ctx.now()}, state = ${stateBefore}
      where d.claimed_by = ${sender} and d.state = 'sending' and d.id <> all(${known}::uuid[])
      returning d.edition_id, d.domain, d.due_at as at),
    due as (select * from back)
    ${queueUp}`.execute(ctx.db);
}
