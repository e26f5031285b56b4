import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { recallSuppression } from "../suppressions/operations.ts";
import type { GoodRow, HeldImport } from "./work.ts";

/**
 * Knows the people of these addresses from now on; who was known keeps name and language. In the order of addresses, so
 * that two who add people never wait for each other in a circle. Returns their ids by address.
 */
export async function addPeople(ctx: Ctx, rows: GoodRow[]): Promise<Map<string, string>> {
  const given = rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const { rows: made } = await sql<{ email: string }>`
    insert into people (email, name, language, confirmed_at)
    select email, name, coalesce(language, 'nl'), ${ctx.now()}::timestamptz
    from unnest(${given.map(({ key }) => key)}::text[], ${given.map(({ data }) => data.name ?? null)}::text[],
      ${given.map(({ data }) => data.language ?? null)}::text[]) with ordinality as given (email, name, language, nth)
    order by nth on conflict (email) do nothing returning email`.execute(ctx.db);
  await recall(
    ctx,
    made.map(({ email }) => email),
  );
  const known = await ctx.db
    .selectFrom("people")
    .select(["id", "email"])
    .where(sql<boolean>`email = any(${given.map(({ key }) => key)}::text[])`)
    .execute();
  return new Map(known.map(({ id, email }) => [email, id]));
}

/** An address that came back or complained before it was forgotten gets no mail now either. */
async function recall(ctx: Ctx, emails: string[]): Promise<void> {
  const any = await ctx.db.selectFrom("erased_suppressions").select("since").limit(1).executeTakeFirst();
  if (any) for (const email of emails) await recallSuppression(ctx, email);
}

/** When a row's consent was given: as the row says, else on the day of the statement. */
export const givenAt = (held: HeldImport, row: GoodRow): Date =>
  row.data.given ? new Date(row.data.given) : new Date(`${held.statement_day}T12:00:00Z`);

/** Keeps the statement as the proof of each one's consent (AVG art. 7). */
export async function keepProofs(
  ctx: Ctx,
  held: HeldImport,
  purpose: string,
  proofs: { personId: string; givenAt: Date }[],
): Promise<void> {
  await sql`
    insert into consents (person_id, purpose, text_version, text, form_url, given_at, confirmed_at)
    select person_id, ${purpose}, 'import', ${statementOf(held)}, ${`import:${held.id}`}, given_at,
      ${ctx.now()}::timestamptz
    from unnest(${proofs.map(({ personId }) => personId)}::uuid[],
      ${proofs.map(({ givenAt }) => givenAt)}::timestamptz[]) as given (person_id, given_at)`.execute(ctx.db);
}

const statementOf = ({ statement, statement_by, statement_day }: HeldImport): string =>
  `${statement} (${statement_by}, ${statement_day})`;
