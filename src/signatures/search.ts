import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { plainWords } from "./words.ts";

/** What was made of a search: a tsquery, or null where a word is like none on the wall. */
export type Search = {
  query: string | null;
  /** Words that stand on no page, with those that were searched instead; none: nothing looks like it. */
  mended: { typed: string; as: string[] }[];
};

/** Characters that are looked at, and words. */
const longest = 100;
const mostWords = 6;
/** A shorter one stands for too many words as a beginning, and is too short to have a slip in it. */
const shortestBeginning = 2;
const mostAlternatives = 5;

type Asked = {
  word: string;
  known: boolean;
  /** Whether a longer word on the wall begins so. */
  begins: boolean;
  near: { word: string; slips: number }[] | null;
};

/**
 * Reads what a visitor typed. Each word is sought as it is, the last one (and one that is known only so) also as a
 * beginning; a word that the wall doesn't know becomes the nearest that look like it by their trigrams, or with two
 * letters changed round, which trigrams don't see in short words. Null for a text without any word.
 */
export async function readSearch(ctx: Ctx, typed: string): Promise<Search | null> {
  const text = typed
    .replace(/\p{C}+/gu, " ")
    .slice(0, longest)
    .toWellFormed();
  const { rows } = await sql<Asked>`
    with asked as (
      select word, place from regexp_split_to_table(${plainWords(text)}, ' ') with ordinality as w (word, place)
      where word <> '' order by place limit ${mostWords}
    ), looked_up as (
      select word, place,
        length(word) < ${shortestBeginning}
          or exists (select from signature_words as k where k.word = asked.word) as known,
        length(word) >= ${shortestBeginning}
          and exists (
            select from signature_words as k where k.word > asked.word and k.word < asked.word || chr(1114111)
          ) as begins
      from asked
    )
    select word, known, begins,
      case when not known and not begins then (
        select json_agg(near) from (
          select k.word, levenshtein(k.word, looked_up.word) as slips from signature_words as k
            where k.word % looked_up.word
              and levenshtein(k.word, looked_up.word) <= case when length(looked_up.word) < 5 then 1 else 2 end
          union
          select k.word, 1 from signature_words as k where k.word = any (array(
            select left(looked_up.word, i - 1) || substr(looked_up.word, i + 1, 1) || substr(looked_up.word, i, 1)
              || substr(looked_up.word, i + 2) from generate_series(1, length(looked_up.word) - 1) as i
          ))
          order by slips, word limit ${mostAlternatives}
        ) as near
      ) end as near
    from looked_up order by place`.execute(ctx.db);
  if (rows.length === 0) return null;
  const words = rows.map((asked, at) => ({ ...asked, last: at === rows.length - 1, as: alike(asked) }));
  const parts = words.map(({ word, known, begins, last, as }) => {
    if (known || begins) return [begins && (last || !known) ? `${quoted(word)}:*` : quoted(word)];
    return as.map(quoted);
  });
  return {
    query: parts.some((part) => part.length === 0)
      ? null
      : parts.map((part) => `(${part.join(" | ")})`).join(" & "),
    mended: words.flatMap(({ word, known, begins, as }) => (known || begins ? [] : [{ typed: word, as }])),
  };
}

/** The words that are the fewest slips of the finger away. */
const alike = ({ near }: Asked): string[] =>
  (near ?? []).filter(({ slips }) => slips === near?.[0]?.slips).map(({ word }) => word);

/** A word in a tsquery, whatever signs it holds (PostgreSQL, 8.11.2). */
const quoted = (word: string) => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
