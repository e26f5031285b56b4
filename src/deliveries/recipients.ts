import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { Segment } from "../editions/table.ts";

/** States in which something is still to be sent; the index deliveries_open is made for exactly this. */
export const isOpen = sql<SqlBool>`state in ('waiting', 'retry', 'uncertain')`;

/** The state of a delivery that was claimed and goes back without having been handed over. */
export const stateBefore = sql<string>`case when d.doubts > 0 then 'uncertain' when d.tries > 0 then 'retry' else 'waiting' end`;

const isSuppressed = sql<SqlBool>`exists (select from suppressions as x where x.address = p.email)`;

/** Why a delivery may not go out at this moment, or null: in a query with people as p and subscriptions as s. */
export const whyNot = (now: Date) => sql<string | null>`case
  when p.id is null then 'erased'
  when s.id is null or s.ended_at is not null then 'ended'
  when s.paused_until > ${now} then 'paused'
  when ${isSuppressed} then 'suppressed' end`;

/** Whether somebody in the audience is left out all the same, so that the account shows it: in a query with people as p. */
export const leftOut = isSuppressed;

/**
 * Whether a subscription (s, of person p) belongs to the audience of a segment at a moment. Counting beforehand and
 * freezing share it.
 */
export function isInAudience(segment: Segment, at: Date): RawBuilder<SqlBool> {
  const { language, subscribedFrom, subscribedBefore, themes, initiatives } = segment;
  const conditions = [
    sql<SqlBool>`s.ended_at is null`,
    sql<SqlBool>`s.since <= ${at}`,
    sql<SqlBool>`(s.paused_until is null or s.paused_until <= ${at})`,
  ];
  if (language) conditions.push(sql`s.language = ${language}`);
  if (subscribedFrom) conditions.push(sql`s.since >= ${subscribedFrom}::timestamptz`);
  if (subscribedBefore) conditions.push(sql`s.since < ${subscribedBefore}::timestamptz`);
  if (themes?.length)
    conditions.push(sql`exists (select from profiles as f
      where f.person_id = s.person_id and f.themes ?| ${themes}::text[])`);
  if (initiatives?.length)
    conditions.push(sql`(exists (select from participations as t
        where t.person_id = s.person_id and t.initiative_id = any(${initiatives}::uuid[])
          and t.withdrawn_at is null and t.answer is distinct from 'declined')
      or exists (select from subscriptions as o join newsletters as m on m.id = o.newsletter_id
        where o.person_id = s.person_id and o.ended_at is null and m.initiative_id = any(${initiatives}::uuid[])))`);
  return sql.join(conditions, sql` and `);
}

/** Lets the senders know that something is due, in a query that holds "due" (edition_id, domain, at). */
export const queueUp = sql`insert into send_queues (edition_id, domain, next_at)
  select edition_id, domain, min(at) from due group by edition_id, domain order by edition_id, domain
  on conflict (edition_id, domain) do update set next_at = excluded.next_at
    where send_queues.next_at > excluded.next_at`;
