import { type RawBuilder, sql } from "kysely";
import { onlyImported } from "../newsletters/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { type Suppressing, suppressAll } from "../suppressions/operations.ts";
import { addPeople, keepProofs, statedDay } from "./add-people.ts";
import { type Batch, rowsOf } from "./batch.ts";

/**
 * Adds subscriptions, and those that ended elsewhere as ended, when they did: they stay known as such for two years from
 * today. Who is or was on this newsletter already stays as they chose here; only whom nothing but an earlier import put there is ended by
 * a "no" in this one. No mail leaves. Returns how many rows were done.
 */
export async function addSubscribers(ctx: Ctx, batch: Batch): Promise<number> {
  await addPeople(ctx, batch);
  const { newsletter_id } = batch.held;
  const now = sql`${ctx.now()}::timestamptz`;
  const { rows: added } = await sql<{ person_id: string }>`
    insert into subscriptions (newsletter_id, person_id, language, since, ended_at, paused_until, kept_from)
    select ${newsletter_id}::uuid, p.id, coalesce(r.data ->> 'language', p.language),
      least(coalesce((r.data ->> 'given')::timestamptz, ${statedDay(batch)}), ${endedAt(now)}, ${now}), ${endedAt(now)},
      (r.data ->> 'pausedUntil')::timestamptz, case when r.data ->> 'status' <> 'active' then ${now} end
    from ${rowsOf(batch)} as r join people as p on p.email = r.key order by r.key
    on conflict (newsletter_id, person_id) do nothing returning person_id`.execute(ctx.db);
  const { rows: ended } = await sql<{ person_id: string }>`
    with theirs as (
      select s.id from ${rowsOf(batch)} as r join people as p on p.email = r.key
        join subscriptions as s on s.person_id = p.id and s.newsletter_id = ${newsletter_id}::uuid
      where r.data ->> 'status' <> 'active' and s.ended_at is null
        and ${onlyImported("s.person_id", newsletter_id)}
      order by r.key for update of s
    )
    update subscriptions set ended_at = ${now} where id in (select id from theirs) returning person_id`.execute(
    ctx.db,
  );
  const idsOf = (rows: { person_id: string }[]) => rows.map(({ person_id }) => person_id);
  const done = [...idsOf(added), ...idsOf(ended)];
  await keepProofs(ctx, batch, `newsletter:${newsletter_id}`, idsOf(added));
  await silence(ctx, batch, done);
  await remember(ctx, batch, done, idsOf(added));
  return done.length;
}

/** When a subscription ended: as the row says, else now; who only gets no mail did not end it. */
const endedAt = (now: RawBuilder<unknown>) => sql`coalesce((r.data ->> 'ended')::timestamptz,
  case when r.data ->> 'status' not in ('active', 'silent') then ${now} end)`;

/**
 * No mail of any newsletter to addresses that are gone, complained or got none before; not to those who are known by more than imports:
 * one list must not silence somebody who said yes to another, or works along.
 */
async function silence(ctx: Ctx, batch: Batch, personIds: string[]): Promise<void> {
  const { rows } = await sql<{ address: string; reason: Suppressing["reason"]; since: Date | null }>`
    select r.key as address, r.data ->> 'silent' as reason, (r.data ->> 'silentSince')::timestamptz as since
    from ${rowsOf(batch)} as r join people as p on p.email = r.key
    where r.data ->> 'silent' is not null and p.id = any(${personIds}::uuid[])
      and not exists (select from consents where person_id = p.id and text_version <> 'import')
      and not exists (select from participations where person_id = p.id)
      and not exists (select from tips where person_id = p.id)
      and not exists (select from proposals where person_id = p.id)
      and not exists (select from roles where person_id = p.id)
    order by r.key`.execute(ctx.db);
  await suppressAll(
    ctx,
    rows.map(({ address, reason, since }) => ({
      ...{ address, reason, detail: null, editionId: null, ...(since && { since }) },
    })),
  );
}

/** Keeps of a row only how it left the subscription, so that it can be taken back as long as that is still so. */
const remember = (ctx: Ctx, batch: Batch, personIds: string[], added: string[]) =>
  sql`
    update import_rows as r set outcome = 'done', cells = '[]', data = jsonb_build_object(
      'at', coalesce((r.data ->> 'silentSince')::timestamptz, ${ctx.now()}::timestamptz), 'since', s.since, 'ended', s.ended_at, 'language', s.language,
      'new', p.id = any(${added}::uuid[]))
    from people as p join subscriptions as s on s.person_id = p.id
    where r.import_id = ${batch.held.id}::uuid and r.number > ${batch.held.position} and r.number <= ${batch.last}
      and r.outcome = 'good' and p.email = r.key and p.id = any(${personIds}::uuid[])
      and s.newsletter_id = ${batch.held.newsletter_id}::uuid`.execute(ctx.db);
