import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { suppress } from "../suppressions/operations.ts";
import { addPeople, givenAt, keepProofs } from "./add-people.ts";
import type { GoodRow, HeldImport } from "./work.ts";

/**
 * Adds subscriptions, and those that ended elsewhere as ended: they stay so, for two years from today. Who is or was
 * on this newsletter already stays as they chose here. No mail leaves. Returns the addresses that were added.
 */
export async function addSubscribers(ctx: Ctx, held: HeldImport, rows: GoodRow[]): Promise<string[]> {
  const people = await addPeople(ctx, rows);
  const given = rows.flatMap((row) => {
    const personId = people.get(row.key);
    return personId ? [{ ...row, personId, givenAt: givenAt(held, row) }] : [];
  });
  const now = ctx.now();
  const { rows: added } = await sql<{ person_id: string }>`
    insert into subscriptions (newsletter_id, person_id, language, since, ended_at)
    select ${held.newsletter_id}::uuid, given.person_id, coalesce(given.language, p.language),
      least(given.since, ${now}::timestamptz), case when not active then ${now}::timestamptz end
    from unnest(${given.map(({ personId }) => personId)}::uuid[],
      ${given.map(({ data }) => data.language ?? null)}::text[], ${given.map(({ givenAt }) => givenAt)}::timestamptz[],
      ${given.map(({ data }) => data.status === "active")}::boolean[]) as given (person_id, language, since, active)
    join people as p on p.id = given.person_id
    on conflict (newsletter_id, person_id) do nothing returning person_id`.execute(ctx.db);
  const ids = new Set(added.map(({ person_id }) => person_id));
  const isNew = given.filter(({ personId }) => ids.has(personId));
  await keepProofs(
    ctx,
    held,
    `newsletter:${held.newsletter_id}`,
    isNew.filter(({ data }) => data.status === "active"),
  );
  for (const { key, data } of isNew)
    if (data.status === "gone" || data.status === "complained")
      await suppress(ctx, {
        ...{ address: key, reason: data.status === "gone" ? "hard" : "complaint" },
        ...{ detail: null, editionId: null },
      });
  return isNew.map(({ key }) => key);
}
