import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { isInAudience, leftOut, queueUp } from "./recipients.ts";

/** How many subscriptions are looked at in one transaction. */
const batchSize = 20_000;

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
    const { rows } = await sql<{ looked: number; last: string | null }>`
      with batch as materialized (
        select * from subscriptions
        where newsletter_id = ${edition.newsletter_id} and ended_at is null
          and (${edition.frozen_through}::uuid is null or id > ${edition.frozen_through}::uuid)
        order by id limit ${batchSize}
      ), added as (
        insert into deliveries (edition_id, person_id, subscription_id, language, domain, state, code, due_at, done_at)
        select ${editionId}, s.person_id, s.id,
          -- Each their own language; where the edition lacks it, the one it has.
          coalesce(
            (select language from edition_letters where edition_id = ${editionId} and language = s.language),
            (select min(language) from edition_letters where edition_id = ${editionId})),
          split_part(p.email, '@', 2),
          case when out.left_out then 'skipped' else 'waiting' end,
          case when out.left_out then 'suppressed' end,
          ${now}::timestamptz,
          case when out.left_out then ${now}::timestamptz end
        from batch as s join people as p on p.id = s.person_id
          cross join lateral (select ${leftOut} as left_out) as out
        where ${isInAudience(edition.segment, edition.started_at ?? now)}
        on conflict do nothing
        returning edition_id, domain, due_at as at
      ), due as (select distinct edition_id, domain, at from added), queued as (${queueUp})
      select count(*) as looked, (select id from batch order by id desc limit 1) as last from batch
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
