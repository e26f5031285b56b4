import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { recallSuppressions } from "../suppressions/operations.ts";
import { type Batch, rowsOf } from "./batch.ts";

/**
 * Knows the people of these rows from now on; who was known keeps name and language. In the order of addresses, so that
 * two who add people never wait for each other in a circle. An address that came back or complained before it was
 * forgotten gets no mail now either.
 */
export async function addPeople(ctx: Ctx, batch: Batch): Promise<void> {
  const { rows: made } = await sql<{ email: string }>`
    insert into people (email, name, language, confirmed_at)
    select r.key, r.data ->> 'name', coalesce(r.data ->> 'language', 'nl'), ${ctx.now()}::timestamptz
    from ${rowsOf(batch)} as r order by r.key
    on conflict (email) do nothing returning email`.execute(ctx.db);
  const any = await ctx.db.selectFrom("erased_suppressions").select("since").limit(1).executeTakeFirst();
  if (any)
    await recallSuppressions(
      ctx,
      made.map(({ email }) => email),
    );
}

/** The day of the statement about a file: what counts where a row tells no moment, marked as such in the proof. */
export const statedDay = ({ held }: Batch) => sql<Date>`${`${held.statement_day}T12:00:00Z`}::timestamptz`;

/** When a row's consent was given, as the row says; null where it doesn't. */
const givenAt = sql<Date | null>`(r.data ->> 'consentGiven')::timestamptz`;

/**
 * Keeps the statement as the proof of consent (AVG art. 7) of those of these people who did not end it; of a row that has a
 * proof of its own, that one. A moment that no row tells is the statement's, and says so (`stated`).
 */
export async function keepProofs(
  ctx: Ctx,
  batch: Batch,
  purpose: string,
  personIds: string[],
): Promise<void> {
  const { id, statement, statement_by, statement_day } = batch.held;
  await sql`
    insert into consents (person_id, purpose, text_version, text, form_url, given_at, stated, confirmed_at)
    select p.id, ${purpose}, 'import',
      coalesce(r.data ->> 'consent', ${`${statement} (${statement_by}, ${statement_day})`}), ${`import:${id}`},
      coalesce(${givenAt}, ${statedDay(batch)}), ${givenAt} is null, ${ctx.now()}::timestamptz
    from ${rowsOf(batch)} as r join people as p on p.email = r.key
    where p.id = any(${personIds}::uuid[])
      and (coalesce(r.data ->> 'status', 'active') in ('active', 'silent') or r.data ->> 'consent' is not null)`.execute(
    ctx.db,
  );
}
