import { sql } from "kysely";
import { noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { isBehind, later, untilSample } from "./fuse.ts";

/** So many addresses are tried before a provider is opened; with more that are hard again it stays held. */
const sample = { size: 10, mostHard: 2 };
/** For a sample to be sent and to come back, in milliseconds. */
const untilSampleIsIn = 3_600_000;

type OpenResult = { kind: "opened" } | { kind: "not-held" };

/**
 * A person opens a provider that is held: who was refused gets the edition again, and from now on its answers count, in that
 * edition whatever they are.
 */
export function openHold(ctx: Ctx, holdId: string, personId: string): Promise<OpenResult> {
  return inTransaction<OpenResult>(ctx, async (ctx) => {
    const hold = await ctx.db
      .selectFrom("provider_holds")
      .select(["id", "provider"])
      .where("id", "=", holdId)
      .where("opened_at", "is", null)
      .forUpdate()
      .executeTakeFirst();
    if (!hold) return { kind: "not-held" };
    await open(ctx, hold, "person");
    await noteAudit(ctx, { personId, action: "suppressions.open", subject: hold.provider });
    return { kind: "opened" };
  });
}

/** Tries a sample of each provider whose time has come, or sees what became of it; one process per provider. */
export async function lookAtHolds(ctx: Ctx): Promise<void> {
  const due = await ctx.db
    .selectFrom("provider_holds")
    .select("id")
    .where("opened_at", "is", null)
    .where("next_at", "<=", ctx.now())
    .execute();
  for (const { id } of due) await inTransaction(ctx, (ctx) => lookAt(ctx, id));
}

async function lookAt(ctx: Ctx, id: string): Promise<void> {
  const hold = await ctx.db
    .selectFrom("provider_holds")
    .select(["id", "provider", "sample"])
    .where("id", "=", id)
    .where("opened_at", "is", null)
    .where("next_at", "<=", ctx.now())
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  if (!hold) return;
  const again = (milliseconds: number, sample: string[] | null) =>
    ctx.db
      .updateTable("provider_holds")
      .set({ sample, next_at: later(ctx.now(), milliseconds) })
      .where("id", "=", id)
      .execute();
  if (!hold.sample) {
    const ids = await trySample(ctx, hold.provider);
    await again(ids.length > 0 ? untilSampleIsIn : untilSample, ids.length > 0 ? ids : null);
    return;
  }
  const { open: waiting, hard, taken } = await outcomeOf(ctx, hold.sample);
  if (waiting > 0) await again(untilSampleIsIn, hold.sample);
  else if (taken > 0 && hard <= sample.mostHard) await open(ctx, hold, "sample");
  else await again(untilSample, null);
}

/** Sends the edition again to some of those that were refused; where there are too few, to some that still wait. */
async function trySample(ctx: Ctx, provider: string): Promise<string[]> {
  const refused = await sendAgain(ctx, provider, sample.size);
  const { rows } = await sql<{
    id: string;
  }>`select d.id from deliveries as d join editions as e on e.id = d.edition_id
    where e.state = 'sending' and d.state = 'waiting' and ${isBehind(provider)} and d.id <> all(${refused}::uuid[])
    limit ${sample.size - refused.length}`.execute(ctx.db);
  return [...refused, ...rows.map(({ id }) => id)];
}

async function outcomeOf(ctx: Ctx, ids: string[]) {
  const { rows } = await sql<{ open: number; hard: number; taken: number }>`
    select count(*) filter (where d.state in ('waiting', 'sending', 'retry', 'uncertain'))::int as open,
      count(h.delivery_id)::int as hard,
      count(*) filter (where d.state = 'sent' and h.delivery_id is null)::int as taken
    from deliveries as d left join hard_answers as h on h.delivery_id = d.id
    where d.id = any(${ids}::uuid[])`.execute(ctx.db);
  return rows[0] ?? { open: 0, hard: 0, taken: 0 };
}

async function open(
  ctx: Ctx,
  hold: { id: string; provider: string },
  how: "person" | "sample",
): Promise<void> {
  await sendAgain(ctx, hold.provider, null);
  await ctx.db
    .deleteFrom("hard_answers")
    .where("provider", "=", hold.provider)
    .where("held", "=", true)
    .execute();
  await ctx.db
    .updateTable("provider_holds")
    .set({ opened_at: ctx.now(), opened_how: how, sample: null })
    .where("id", "=", hold.id)
    .execute();
  ctx.log.info({ provider: hold.provider, how }, "a mail provider is no longer held");
}

/**
 * Puts deliveries back in the row that a held provider refused, at most `limit`, in editions that go out or went out. Not
 * those of an edition that was stopped or cancelled.
 */
async function sendAgain(ctx: Ctx, provider: string, limit: number | null): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with picked as materialized (
      select d.id from hard_answers as h join deliveries as d on d.id = h.delivery_id
        join editions as e on e.id = d.edition_id
      where h.provider = ${provider} and h.held and d.state in ('refused', 'bounced') and d.person_id is not null
        and e.state in ('sending', 'sent') and e.forgotten_at is null
      order by h.at limit ${limit} for update of d
    ), gone as (delete from hard_answers where delivery_id in (select id from picked)),
    again as (
      update deliveries set state = 'waiting', tries = 0, due_at = ${ctx.now()}, done_at = null, code = null,
        first_tried_at = null
      where id in (select id from picked) returning id, edition_id, domain
    ), queued as (
      insert into send_queues (edition_id, domain, next_at)
      select distinct edition_id, domain, ${ctx.now()}::timestamptz from again order by 1, 2
      on conflict (edition_id, domain) do update set next_at = excluded.next_at
        where send_queues.next_at > excluded.next_at
    ), editions_again as (
      update editions set state = 'sending', finished_at = null
      where id in (select edition_id from again) and state = 'sent'
    )
    select id from again`.execute(ctx.db);
  return rows.map(({ id }) => id);
}
