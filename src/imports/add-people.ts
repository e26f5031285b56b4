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

/** When a row's consent was given: as the row says, else on the day of the statement. */
export const givenAt = ({ held }: Batch) =>
  sql<Date>`coalesce((r.data ->> 'given')::timestamptz, ${`${held.statement_day}T12:00:00Z`}::timestamptz)`;

/** Keeps the statement as the proof of consent (AVG art. 7) of those of these people who did not end it. */
export async function keepProofs(
  ctx: Ctx,
  batch: Batch,
  purpose: string,
  personIds: string[],
): Promise<void> {
  const { id, statement, statement_by, statement_day } = batch.held;
  await sql`
    insert into consents (person_id, purpose, text_version, text, form_url, given_at, confirmed_at)
    select p.id, ${purpose}, 'import', ${`${statement} (${statement_by}, ${statement_day})`}, ${`import:${id}`},
      ${givenAt(batch)}, ${ctx.now()}::timestamptz
    from ${rowsOf(batch)} as r join people as p on p.email = r.key
    where p.id = any(${personIds}::uuid[]) and coalesce(r.data ->> 'status', 'active') = 'active'`.execute(
    ctx.db,
  );
}
