import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { isInAudience, queueUp } from "./recipients.ts";

/** How many subscriptions are looked at in one transaction: few at first, so that something is soon to be seen. */
const batchSizes = { first: 10_000, following: 100_000 };

/** Who erases a person holds the other half of this lock (migration 0005): a row for one who is gone would stay. */
const audienceLock = 4704801;

/**
 * Freezes the next part of an edition's audience: a row per recipient, made by SQL alone, with how far it came in the
 * same transaction. After a kill it goes on from there; a row that is there already stays as it is.
 *
 * @returns "more" as long as some are left, "frozen" after the last, "elsewhere" when another process is at it or the
 * edition is no longer being frozen.
 */
export function freezeNext(ctx: Ctx, editionId: string): Promise<"more" | "frozen" | "elsewhere"> {
  return inTransaction(ctx, async (ctx) => {
    const edition = await ctx.db
      .selectFrom("editions")
      .selectAll()
      .where("id", "=", editionId)
      .where("state", "=", "freezing")
      .forNoKeyUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (!edition) return "elsewhere";
    const now = ctx.now();
    const batchSize = edition.frozen_through ? batchSizes.following : batchSizes.first;
    // By itself, so that the next statement sees what was done before. A batch is sorted and joined in memory.
    await sql`select pg_advisory_xact_lock(${audienceLock}), set_config('work_mem', '64MB', true)`.execute(
      ctx.db,
    );
    const { rows } = await sql<{ looked: number; last: string | null }>`
      with batch as materialized (
        select * from subscriptions
        where newsletter_id = ${edition.newsletter_id} and ended_at is null
          and (${edition.frozen_through}::uuid is null or person_id > ${edition.frozen_through}::uuid)
        order by person_id limit ${batchSize}
      ), letters as materialized (
        select language from edition_letters where edition_id = ${editionId}
      ), added as (
        insert into deliveries (edition_id, person_id, subscription_id, language, domain, state, code, due_at, done_at)
        select ${editionId}, s.person_id, s.id,
          -- Each their own language; where the edition lacks it, the one it has.
          coalesce(l.language, (select min(language) from letters)),
          split_part(p.email, '@', 2),
          case when x.address is null then 'waiting' else 'skipped' end,
          case when x.address is not null then 'suppressed' end,
          ${now}::timestamptz,
          case when x.address is not null then ${now}::timestamptz end
        from batch as s join people as p on p.id = s.person_id
          left join suppressions as x on x.address = p.email
          left join letters as l on l.language = s.language
        where ${isInAudience(edition.segment, edition.started_at ?? now)}
        order by s.person_id -- so that indexes grow at one end
        on conflict do nothing
        returning edition_id, domain, due_at as at
      ), due as (select distinct edition_id, domain, at from added), queued as (${queueUp})
      select count(*) as looked, (select person_id from batch order by person_id desc limit 1) as last from batch
    `.execute(ctx.db);
    const { looked = 0, last = null } = rows[0] ?? {};
    if (looked === batchSize) {
      await ctx.db
        .updateTable("editions")
        .set({ frozen_through: last })
        .where("id", "=", editionId)
        .execute();
      return "more";
    }
    await sql`update editions set state = 'sending', frozen_at = ${now},
      audience = (select coalesce(sum(change), 0) from delivery_tallies
        where edition_id = ${editionId} and what not in ('doubts', 'unsubscribed'))
      where id = ${editionId}`.execute(ctx.db);
    return "frozen";
  });
}
