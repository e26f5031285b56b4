import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { amsterdamDay } from "../platform/i18n.ts";
import type { Localized } from "../platform/localized.ts";
import type { HelpKind } from "./table.ts";

/** An initiative that asks for help, and why it fits: shared themes, and words that both use. */
export type Match = {
  slug: string;
  name: Localized;
  help: { kind: HelpKind; text: Localized; until: string | null }[];
  themes: Localized[];
  words: string[];
};

/** What somebody works on and could offer. */
export type Told = { themes: string[]; words: string };

const atMost = 5;
/** A shared theme was chosen on purpose; a word may be chance. */
const themeWeight = 2;
/** From here on a word counts as a typing error of another (pg_trgm's strict word similarity, 0 to 1). */
const alike = 0.5;

/** Words that stand in everybody's text in this field, beside those that the dictionary leaves out by itself. */
const saysNothing = new Set(
  "werk werken werkt gewerkt mensen doen doet maken maakt graag goed goede overheid samen anderen".split(" "),
);

/**
 * Up to five initiatives that ask for help now, best match first: by shared themes, by words in common (PostgreSQL's
 * Dutch dictionary: "bewoner" finds "bewoners") and by words that differ a typing error. Without any match: the first
 * ones in the movement's order.
 */
export async function matchInitiatives(
  ctx: Ctx,
  told: Told,
  help: (Match["help"][number] & { slug: string })[],
): Promise<Match[]> {
  const scored = await score(ctx, told);
  return scored.slice(0, atMost).map(({ slug, name, themes, words }) => ({
    slug,
    name,
    themes,
    words,
    help: help.filter((line) => line.slug === slug),
  }));
}

type Scored = { slug: string; name: Localized; themes: Localized[]; words: string[] };

async function score(ctx: Ctx, told: Told): Promise<Scored[]> {
  const typed = told.words.toLocaleLowerCase("nl").match(/\p{L}{3,40}/gu) ?? [];
  const words = [...new Set(typed)].filter((word) => !saysNothing.has(word)).slice(0, 200);
  const { rows } = await sql<Scored>`
    with texts as (
      select i.id, i.slug, i.name, i.position,
        plain_text(concat_ws(' ', i.name->>'nl', i.tagline->>'nl', i.lead->>'nl', i.story->>'nl',
          string_agg(h.text->>'nl', ' '),
          (select string_agg(t.name->>'nl', ' ') from initiative_themes it join themes t on t.slug = it.theme
            where it.initiative_id = i.id))) as text
      from initiatives i join help_wanted h on h.initiative_id = i.id
      where i.published_at is not null and (h.until is null or h.until >= ${amsterdamDay(ctx.now())}::date)
      group by i.id
    ), typed as (
      select word, to_tsquery('dutch', plain_text(word)) as query
      from unnest(${words}::text[]) as word
      where numnode(to_tsquery('dutch', plain_text(word))) > 0
    ), shared_words as (
      select texts.id,
        array_agg(typed.word order by typed.word) as words,
        sum(case when to_tsvector('dutch', texts.text) @@ typed.query then 1 else 0.5 end) as points
      from texts join typed on to_tsvector('dutch', texts.text) @@ typed.query
        or (length(typed.word) >= 5 and strict_word_similarity(plain_text(typed.word), texts.text) >= ${alike})
      group by texts.id
    ), shared_themes as (
      select it.initiative_id as id, jsonb_agg(t.name order by t.position) as themes, count(*) as number
      from initiative_themes it join themes t on t.slug = it.theme
      where t.slug = any(${told.themes}::text[])
      group by it.initiative_id
    )
    select texts.slug, texts.name, coalesce(st.themes, '[]') as themes, coalesce(sw.words[1:6], '{}') as words
    from texts
      left join shared_words sw on sw.id = texts.id
      left join shared_themes st on st.id = texts.id
    order by coalesce(st.number, 0) * ${themeWeight}::int + coalesce(sw.points, 0) desc, texts.position, texts.slug
  `.execute(ctx.db);
  return rows;
}
