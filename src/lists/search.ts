import { type RawBuilder, sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";

/** What is searched for: words that are somewhere in a name or address, or how one of them begins. */
export type Search = { kind: "words"; words: string[] } | { kind: "beginning"; text: string };

/**
 * What somebody typed, at most six words of it; null for nothing. The index of words knows no less than three letters in
 * a row; where no word has those, names and addresses are found that begin with the text.
 */
export function searchOf(typed: string): Search | null {
  const words = typed
    .replace(/\p{C}+/gu, " ")
    .toWellFormed()
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 6);
  if (words.length === 0) return null;
  return words.some((word) => /[\p{L}\p{N}]{3}/u.test(word))
    ? { kind: "words", words }
    : { kind: "beginning", text: words.join(" ") };
}

const literal = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Whether a text holds each of the words, or begins with it. */
const among = (text: RawBuilder<string>, words: string[]): RawBuilder<boolean> =>
  sql`(${sql.join(
    words.map((word) => sql`${text} like plain_text(${`%${literal(word)}%`}::text)`),
    sql` and `,
  )})`;
const begins = (text: RawBuilder<string>, beginning: string): RawBuilder<boolean> =>
  sql`${text} like plain_text(${`${literal(beginning)}%`}::text)`;

const plainName = (table: string) => sql<string>`plain_text(${sql.ref(`${table}.name`)})`;

/** Whether a person's name or address fits, by the same expressions as the indexes of people. */
export const personFits = (person: string, search: Search): RawBuilder<boolean> =>
  search.kind === "words"
    ? among(
        sql`plain_text(coalesce(${sql.ref(`${person}.name`)}, '') || ' ' || ${sql.ref(`${person}.email`)})`,
        search.words,
      )
    : sql`(${begins(plainName(person), search.text)} or ${begins(sql.ref(`${person}.email`), search.text)})`;

/** Whether a row's own name fits, by the same expressions as the indexes of signatures. */
export const nameFits = (table: string, search: Search): RawBuilder<boolean> =>
  search.kind === "words" ? among(plainName(table), search.words) : begins(plainName(table), search.text);

/** More people than this are not put in order for one page. */
const mostPeople = 5000;

/**
 * The people whom a search finds by index; null when that are more than a page is worth. `signed`: also those who signed
 * under a name that fits.
 */
export async function findPeople(ctx: Ctx, search: Search, signed: boolean): Promise<string[] | null> {
  const limit = mostPeople + 1;
  const bySignature = sql`union (select named.person_id from signatures as named
    where ${nameFits("named", search)} limit ${limit})`;
  const { rows } = await inTransaction(ctx, async (ctx) => {
    // The planner would gamble on coming across enough of them.
    await sql`select set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true)`.execute(
      ctx.db,
    );
    return sql<{ id: string }>`
      (select found.id from people as found where ${personFits("found", search)} limit ${limit})
      ${signed ? bySignature : sql``}`.execute(ctx.db);
  });
  return rows.length > mostPeople ? null : rows.map(({ id }) => id);
}
