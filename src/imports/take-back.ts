import { sql } from "kysely";
import { noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";

type TakenBack = { person_id: string; address: string; at: Date };
export type TakeBackResult = { kind: "taken-back"; rows: number } | { kind: "not-now" };

/**
 * Takes back what an import did to the subscriptions of a newsletter, as long as the rows of its file are kept (a week):
 * who came by it goes, who was ended by it is on again. Whoever changed something since stays as they chose. People
 * of whom nothing else is known go at night (retention).
 */
export function takeBackImport(
  ctx: Ctx,
  { id, personId }: { id: string; personId: string },
): Promise<TakeBackResult> {
  return inTransaction(ctx, async (ctx) => {
    const held = await ctx.db
      .selectFrom("imports")
      .select(["kind", "initiative_id", "newsletter_id", "counts", "finished_at"])
      .where("id", "=", id)
      .where("kind", "=", "subscribers")
      .where("state", "in", ["done", "stopped", "failed"])
      .where("cleared_at", "is", null)
      .forUpdate()
      .executeTakeFirst();
    if (!held) return { kind: "not-now" };
    const rows = await subscriptionsAsBefore(ctx, id, held.newsletter_id);
    if (rows.length === 0) return { kind: "not-now" };
    await sql`
      delete from consents where form_url = ${`import:${id}`} and purpose = ${`newsletter:${held.newsletter_id}`}
        and person_id = any(${rows.map(({ person_id }) => person_id)}::uuid[])`.execute(ctx.db);
    // What a mail told of an address since then stays.
    await sql`
      delete from suppressions as x using unnest(${rows.map(({ address }) => address)}::text[],
        ${rows.map(({ at }) => at)}::timestamptz[]) as given (address, since)
      where x.address = given.address and x.since = given.since and x.edition_id is null and x.detail is null`.execute(
      ctx.db,
    );
    await ctx.db
      .deleteFrom("import_rows")
      .where("import_id", "=", id)
      .where("outcome", "<>", "bad")
      .where("reason", "is distinct from", "disagrees")
      .execute();
    const { done = 0, undone = 0, good: _none, ...others } = held.counts;
    const counts = { ...others, done: done - rows.length, undone: undone + rows.length };
    await ctx.db
      .updateTable("imports")
      .set({
        state: "done",
        finished_at: held.finished_at ?? ctx.now(),
        counts: JSON.stringify(counts),
      })
      .where("id", "=", id)
      .execute();
    await noteAudit(ctx, {
      ...{ personId, action: "imports.take-back", initiativeId: held.initiative_id },
      details: { import: id, kind: held.kind, rows: rows.length },
    });
    return { kind: "taken-back", rows: rows.length };
  });
}

/** Removes what the import added and goes on with what it ended, where nobody touched it since. */
async function subscriptionsAsBefore(
  ctx: Ctx,
  id: string,
  newsletterId: string | null,
): Promise<TakenBack[]> {
  const theirs = (added: boolean) => sql`
    select s.id, p.email, (r.data ->> 'at')::timestamptz as at
    from import_rows as r join people as p on p.email = r.key
      join subscriptions as s on s.person_id = p.id and s.newsletter_id = ${newsletterId}::uuid
    where r.import_id = ${id}::uuid and r.outcome = 'done' and (r.data ->> 'new')::boolean = ${added}
      and s.since = (r.data ->> 'since')::timestamptz
      and s.ended_at is not distinct from (r.data ->> 'ended')::timestamptz
      and s.language = r.data ->> 'language' and s.paused_until is null
      and not exists (select from consents as c where c.person_id = p.id
        and c.purpose = ${`newsletter:${newsletterId}`} and c.text_version <> 'import')
    order by p.email for update of s`;
  const { rows: again } = await sql<TakenBack>`
    with theirs as (${theirs(false)})
    update subscriptions as s set ended_at = null from theirs where s.id = theirs.id
    returning s.person_id, theirs.email as address, theirs.at`.execute(ctx.db);
  const { rows: gone } = await sql<TakenBack>`
    with theirs as (${theirs(true)})
    delete from subscriptions as s using theirs where s.id = theirs.id
    returning s.person_id, theirs.email as address, theirs.at`.execute(ctx.db);
  return [...again, ...gone];
}
