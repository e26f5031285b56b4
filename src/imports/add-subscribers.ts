import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { suppressAll } from "../suppressions/operations.ts";
import { addPeople, givenAt, keepProofs } from "./add-people.ts";
import { type Batch, rowsOf } from "./batch.ts";

/**
 * Adds subscriptions, and those that ended elsewhere as ended: they stay so, for two years from today. Who is or was
 * on this newsletter already stays as they chose here. No mail leaves. Returns how many were added.
 */
export async function addSubscribers(ctx: Ctx, batch: Batch): Promise<number> {
  await addPeople(ctx, batch);
  const { newsletter_id } = batch.held;
  const now = sql`${ctx.now()}::timestamptz`;
  const { rows: added } = await sql<{ person_id: string }>`
    insert into subscriptions (newsletter_id, person_id, language, since, ended_at)
    select ${newsletter_id}::uuid, p.id, coalesce(r.data ->> 'language', p.language), least(${givenAt(batch)}, ${now}),
      case when r.data ->> 'status' <> 'active' then ${now} end
    from ${rowsOf(batch)} as r join people as p on p.email = r.key order by r.key
    on conflict (newsletter_id, person_id) do nothing returning person_id`.execute(ctx.db);
  const ids = added.map(({ person_id }) => person_id);
  await keepProofs(ctx, batch, `newsletter:${newsletter_id}`, ids);
  const { rows: unwelcome } = await sql<{ address: string; status: "gone" | "complained" }>`
    select r.key as address, r.data ->> 'status' as status
    from ${rowsOf(batch)} as r join people as p on p.email = r.key
    where r.data ->> 'status' in ('gone', 'complained') and p.id = any(${ids}::uuid[])
    order by r.key`.execute(ctx.db);
  await suppressAll(
    ctx,
    unwelcome.map(({ address, status }) => ({
      ...{ address, reason: status === "gone" ? "hard" : "complaint", detail: null, editionId: null },
    })),
  );
  return added.length;
}
