import { randomInt } from "node:crypto";
import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { searchedText, shownOf } from "./policy.ts";
import type { Appearance } from "./table.ts";
import { holdWords, searchVector } from "./words.ts";

export type PaperSignature = {
  personId: string;
  appearance: Appearance;
  name: string;
  role: string | null;
  organisation: string | null;
  place: string | null;
  motivation: string | null;
  motivationState: "waiting" | "shown" | "refused" | null;
  /** When the signer filled it in, and when it counted from: elsewhere, before it was read in here. */
  signedAt: Date;
  confirmedAt: Date;
};

/** Ten characters out of 31 that cannot be taken for each other: 50 bits. */
const inviteAlphabet = "23456789abcdefghjkmnpqrstuvwxyz";
export const makeInviteCode = () =>
  Array.from({ length: 10 }, () => inviteAlphabet[randomInt(inviteAlphabet.length)]).join("");

/**
 * Adds signatures that were given elsewhere, many at once; nobody gets a mail of it. Who signed already keeps that
 * signature. `batch`: by which all of them can be removed together. Returns the people whose signature was added.
 */
export async function addPaperSignatures(
  ctx: Ctx,
  signers: PaperSignature[],
  batch: string,
): Promise<string[]> {
  if (signers.length === 0) return [];
  await holdWords(ctx, "signer");
  const named = [...new Set(signers.flatMap(({ organisation }) => organisation ?? []))].sort();
  await sql`insert into organisations (name) select unnest(${named}::text[])
    on conflict (plain_name) do nothing`.execute(ctx.db);
  const column = <Value>(of: (signer: PaperSignature) => Value) => signers.map(of);
  const { rows } = await sql<{ person_id: string; id: string }>`
    insert into signatures (person_id, manifesto_version, appearance, name, role, place, organisation_id, search,
      motivation, motivation_state, signed_at, confirmed_at, invite_code, batch)
    select person_id, (select max(version) from manifestos), appearance, given.name, role, place, o.id,
      ${searchVector(sql`shown`)}, motivation, motivation_state,
      signed_at, confirmed_at, code, ${batch}::uuid
    from unnest(${column(({ personId }) => personId)}::uuid[], ${column(({ appearance }) => appearance)}::text[],
      ${column(({ name }) => name)}::text[], ${column(({ role }) => role)}::text[],
      ${column(({ place }) => place)}::text[], ${column(({ organisation }) => organisation)}::text[],
      ${column((signer) => searchedText(shownOf(signer)))}::text[],
      ${column(({ motivation }) => motivation)}::text[], ${column(({ motivationState }) => motivationState)}::text[],
      ${column(({ signedAt }) => signedAt)}::timestamptz[], ${column(({ confirmedAt }) => confirmedAt)}::timestamptz[],
      ${column(makeInviteCode)}::text[])
      with ordinality as given (person_id, appearance, name, role, place, organisation, shown, motivation,
        motivation_state, signed_at, confirmed_at, code, nth)
    left join organisations as o on o.plain_name = plain_text(given.organisation)
    order by confirmed_at, nth
    on conflict (person_id) do nothing returning person_id, id`.execute(ctx.db);
  await sql`
    insert into signature_words (word)
    select distinct word from signatures, unnest(tsvector_to_array(search)) as word
    where id = any(${rows.map(({ id }) => id)}::uuid[]) and length(word) between 2 and 100 order by word
    on conflict do nothing`.execute(ctx.db);
  return rows.map(({ person_id }) => person_id);
}
