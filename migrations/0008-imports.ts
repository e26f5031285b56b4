import { type Kysely, sql } from "kysely";

/** Lists of people that stay quick with a million rows, and files with people that are read in. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- An index is built with an empty search path, in which the function has to find its dictionary too.
    create or replace function plain_text(text) returns text language sql immutable strict parallel safe
      as $$ select lower(public.unaccent('public.unaccent', $1)) $$;

    -- Each list is read newest first from a place on; a filter that leaves few has an index of its own.
    create index on people (confirmed_at, id);
    create index on people (language, confirmed_at, id);
    -- Names and addresses by any part of them, without capitals and accents.
    create index people_words on people using gin ((plain_text(coalesce(name, '') || ' ' || email)) gin_trgm_ops);
    create index signatures_names on signatures using gin ((plain_text(name)) gin_trgm_ops);
    -- And by how they begin, for one or two letters.
    create index on people ((plain_text(name)) text_pattern_ops);
    create index on people (email text_pattern_ops);
    create index on signatures ((plain_text(name)) text_pattern_ops);

    create index on signatures (confirmed_at, id);
    create index on signatures (appearance, confirmed_at, id);
    create index on signatures (organisation_id, confirmed_at, id) where organisation_id is not null;
    create index on signatures (organisation_id, appearance, confirmed_at, id) where organisation_id is not null;

    create index on subscriptions (newsletter_id, since, id);
    create index on subscriptions (newsletter_id, since, id) where ended_at is null;
    create index on subscriptions (newsletter_id, since, id) where ended_at is not null;
    create index on subscriptions (newsletter_id, language, since, id);
    create index on subscriptions (newsletter_id, language, since, id) where ended_at is not null;

    create index on participations (offered_at, id);
    create index on participations (initiative_id, offered_at, id);
    create index on participations
      ((case when withdrawn_at is not null then 'withdrawn' else coalesce(answer, 'open') end), offered_at, id);
    create index on participations (initiative_id,
      (case when withdrawn_at is not null then 'withdrawn' else coalesce(answer, 'open') end), offered_at, id);

    create table imports (
      id uuid primary key default gen_random_uuid(),
      kind text not null check (kind in ('subscribers', 'signatures', 'initiatives')),
      -- Of subscribers: to which newsletter, and whose that is (null: the movement's).
      newsletter_id uuid references newsletters on delete cascade,
      initiative_id uuid references initiatives on delete cascade,
      made_by uuid references people on delete set null,
      made_at timestamptz not null,
      file_name text not null,
      encoding text not null, delimiter text not null,
      -- The names of the columns as the file has them, and what each means.
      header jsonb not null,
      columns jsonb,
      -- Where the consent of these people comes from: the words, the day, and who says so.
      statement text, statement_day date, statement_by text,
      -- Of signatures: whether the people agreed to be shown as their row says.
      shows boolean not null default false,
      state text not null check (state in
        ('matching', 'checking', 'checked', 'running', 'stopped', 'done', 'failed')),
      rows integer not null,
      -- Up to which row the present round came; written with the rows themselves.
      position integer not null default 0,
      worked_at timestamptz,
      finished_at timestamptz,
      -- When the rows of the file were removed; the numbers stay.
      cleared_at timestamptz,
      counts jsonb not null default '{}'
    );
    create index on imports (made_at desc, id desc);
    create index on imports (initiative_id) where initiative_id is not null;
    create index on imports (newsletter_id) where newsletter_id is not null;
    create index on imports (made_by) where made_by is not null;
    create index on imports (worked_at) where state in ('checking', 'running');

    -- The rows of a file, for as long as its import needs them.
    create table import_rows (
      import_id uuid not null references imports on delete cascade,
      -- The line of the file on which it begins.
      number integer not null,
      cells jsonb not null,
      -- What was read in it, after checking.
      data jsonb,
      -- What makes it the same as another row: the address, or the slug.
      key text,
      outcome text check (outcome in ('good', 'bad', 'known', 'double', 'done')),
      reason text,
      primary key (import_id, number)
    ) with (fillfactor = 35);
    -- No more indexes, and room beside each row: so checking a row writes in its own page alone.
  `.execute(db);
}
