import { type RawBuilder, sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

const lockNumber = 4_704_730; // among PostgreSQL's advisory locks

/**
 * Held until the end of the transaction: by signers together, by whoever removes alone. So a word or organisation that
 * a new signature needs is not removed at the same moment; signers never wait for each other.
 */
export async function holdWords(ctx: Ctx, as: "signer" | "remover"): Promise<void> {
  await (as === "signer"
    ? sql`select pg_advisory_xact_lock_shared(${lockNumber}::bigint)`
    : sql`select pg_advisory_xact_lock(${lockNumber}::bigint)`
  ).execute(ctx.db);
}

/** A text as the wall searches it: lower-case, without accents, words apart by one space ("jan willem d hondt"). */
export const plainWords = (text: string | RawBuilder<string>) =>
  sql<string>`btrim(regexp_replace(plain_text(${text}), '[[:punct:][:space:]]+', ' ', 'g'))`;

/** The words of a text, for the column "search". */
export const searchVector = (text: string | RawBuilder<string>) =>
  sql<string>`to_tsvector('simple', ${plainWords(text)})`;

/** Lets the wall know the words of a signature. In one order, so that two signers never wait for each other in a circle. */
export async function learnWords(ctx: Ctx, signatureId: string): Promise<void> {
  await sql`
    insert into signature_words (word)
    select word from signatures, unnest(tsvector_to_array(search)) as word
    where id = ${signatureId} and length(word) between 2 and 100 order by word
    on conflict do nothing`.execute(ctx.db);
}

/** Removes those of the words that no signature shows any more. */
export async function forgetWords(ctx: Ctx, words: string[]): Promise<void> {
  await sql`
    delete from signature_words where word = any(${words}::text[])
    and not exists (select from signatures where search @@ quote_literal(word)::tsquery)`.execute(ctx.db);
}

/** Removes those of the organisations for which nobody signs any more. */
export async function forgetOrganisations(ctx: Ctx, ids: string[]): Promise<void> {
  await sql`
    delete from organisations where id = any(${ids}::uuid[])
    and not exists (select from signatures where organisation_id = organisations.id)`.execute(ctx.db);
}
