import { type Kysely, sql } from "kysely";

/** Content: the movement, its islands and what they publish. Texts per language are jsonb: {"nl": …, "en": …}. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create extension if not exists unaccent;
    create extension if not exists pg_trgm;

    create table movement (
      single boolean primary key default true check (single),
      name jsonb not null, tagline jsonb not null, summary jsonb not null, mission jsonb not null,
      contact_email text
    );

    create table manifestos (
      version integer primary key,
      title jsonb not null, mission jsonb not null,
      observations_heading jsonb not null, observations jsonb not null,
      principles_heading jsonb not null, principles jsonb not null,
      conclusion jsonb not null,
      published_at timestamptz not null
    );

    create table pages (
      slug text primary key,
      title jsonb not null, summary jsonb, body jsonb not null, updated_at timestamptz not null
    );

    create table themes (slug text primary key, name jsonb not null, position integer not null);

    create table initiatives (
      id uuid primary key default gen_random_uuid(),
      slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      kind text not null check (kind in ('network', 'initiative', 'programme', 'organisation', 'journey')),
      name jsonb not null, tagline jsonb not null, lead jsonb not null, story jsonb not null,
      contact_heading jsonb, contact_text jsonb, contact_email text,
      links jsonb not null default '[]',
      part_of uuid references initiatives,
      host text unique check (host = lower(host)),
      position integer not null default 0,
      created_at timestamptz not null
    );
    create index on initiatives (part_of);

    create table initiative_themes (
      initiative_id uuid not null references initiatives on delete cascade,
      theme text not null references themes on delete cascade,
      primary key (initiative_id, theme)
    );
    create index on initiative_themes (theme);

    create table portraits (
      id uuid primary key default gen_random_uuid(),
      initiative_id uuid not null references initiatives on delete cascade,
      name text not null, role jsonb not null, text jsonb, image text,
      position integer not null
    );
    create index on portraits (initiative_id, position);

    create table questions (
      initiative_id uuid not null references initiatives on delete cascade,
      slug text not null, question jsonb not null, answer jsonb not null,
      position integer not null,
      primary key (initiative_id, slug)
    );

    create table supporters (
      id uuid primary key default gen_random_uuid(),
      initiative_id uuid not null references initiatives on delete cascade,
      name text not null, text jsonb, url text,
      supporter_id uuid references initiatives on delete set null,
      position integer not null
    );
    create index on supporters (initiative_id, position);

    create table updates (
      id uuid primary key default gen_random_uuid(),
      initiative_id uuid not null references initiatives on delete cascade,
      slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      title jsonb not null, summary jsonb not null, body jsonb not null,
      author text, image text, image_alt jsonb,
      published_at timestamptz not null,
      changed_at timestamptz not null,
      unique (initiative_id, slug)
    );
    create index on updates (published_at desc, id desc);
    create index on updates (initiative_id, published_at desc, id desc);

    create table newsletters (
      id uuid primary key default gen_random_uuid(),
      initiative_id uuid unique nulls not distinct references initiatives on delete cascade,
      name jsonb not null, description jsonb not null
    );

    -- Every change of content drops the cached pages of every process.
    create function content_changed() returns trigger language plpgsql as $$
      begin perform pg_notify('archipel_content', ''); return null; end $$;
  `.execute(db);
  const content = [
    "movement",
    "manifestos",
    "pages",
    "themes",
    "initiatives",
    "initiative_themes",
    "portraits",
    "questions",
    "supporters",
    "updates",
    "newsletters",
  ];
  for (const table of content)
    await sql`create trigger content_changed after insert or update or delete or truncate on ${sql.table(table)}
      for each statement execute function content_changed()`.execute(db);
}
