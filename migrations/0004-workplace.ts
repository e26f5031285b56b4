import { type Kysely, sql } from "kysely";

/** The editors' workplace: who may do what, how they sign in, what they write before it is out, and what was done. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table roles (
      id uuid primary key default gen_random_uuid(),
      person_id uuid not null references people on delete cascade,
      role text not null check (role in ('owner', 'editor', 'moderator', 'lead', 'island-editor')),
      initiative_id uuid references initiatives on delete cascade,
      given_at timestamptz not null,
      given_by uuid references people on delete set null,
      check ((role in ('lead', 'island-editor')) = (initiative_id is not null)),
      unique nulls not distinct (person_id, role, initiative_id)
    );
    create index on roles (initiative_id) where initiative_id is not null;
    create index on roles (given_by) where given_by is not null;

    create table invitations (
      id uuid primary key default gen_random_uuid(),
      email text not null check (email = lower(email)),
      language text not null,
      role text not null check (role in ('owner', 'editor', 'moderator', 'lead', 'island-editor')),
      initiative_id uuid references initiatives on delete cascade,
      invited_by uuid references people on delete set null,
      made_at timestamptz not null, expires_at timestamptz not null,
      check ((role in ('lead', 'island-editor')) = (initiative_id is not null)),
      unique nulls not distinct (email, role, initiative_id)
    );
    create index on invitations (initiative_id) where initiative_id is not null;
    create index on invitations (invited_by) where invited_by is not null;

    -- Codes, sessions and challenges are kept as hashes. A code opens /mijn, or does one of the other things.
    alter table visit_codes add column purpose text not null default 'mine'
      check (purpose in ('mine', 'sign-in', 'new-address'));
    alter table visit_codes alter column purpose drop default;

    create table sessions (
      id uuid primary key default gen_random_uuid(),
      token_hash text not null unique,
      person_id uuid not null references people on delete cascade,
      method text not null check (method in ('code', 'passkey', 'oidc', 'first-owner')),
      -- The browser in a few words ("Firefox, Linux"), so that its owner knows it again.
      device text,
      made_at timestamptz not null, seen_at timestamptz not null, expires_at timestamptz not null
    );
    create index on sessions (person_id);
    create index on sessions (expires_at);

    create table passkeys (
      id text primary key,
      person_id uuid not null references people on delete cascade,
      public_key bytea not null,
      counter bigint not null,
      transports jsonb not null default '[]',
      name text not null,
      made_at timestamptz not null, used_at timestamptz
    );
    create index on passkeys (person_id);
    create table passkey_challenges (
      challenge_hash text primary key,
      -- The session that adds a passkey; null for one that signs in.
      session_id uuid references sessions on delete cascade,
      expires_at timestamptz not null
    );
    create index on passkey_challenges (session_id) where session_id is not null;

    create table oidc_identities (
      issuer text not null, subject text not null,
      person_id uuid not null references people on delete cascade,
      made_at timestamptz not null, used_at timestamptz not null,
      primary key (issuer, subject)
    );
    create index on oidc_identities (person_id);

    -- Who did what to what, kept a year. What points to a person goes with that person.
    create table audit (
      id bigint generated always as identity primary key,
      at timestamptz not null,
      person_id uuid references people on delete set null,
      action text not null,
      initiative_id uuid references initiatives on delete set null,
      -- What it was done to: its name as it was then; null where that is a person.
      subject text,
      about_person_id uuid references people on delete set null,
      details jsonb not null default '{}'
    );
    create index on audit (at);
    create index on audit (person_id, id) where person_id is not null;
    create index on audit (about_person_id) where about_person_id is not null;
    create index on audit (initiative_id, id) where initiative_id is not null;
    create index on audit (action, id);

    -- What is being written: the working copy of everything public, apart from what is out.
    create table documents (
      id uuid primary key default gen_random_uuid(),
      kind text not null,
      -- The id or slug of what it is about, in the table of its kind.
      key text not null,
      initiative_id uuid references initiatives on delete cascade,
      content jsonb not null,
      -- Grows with every save: who saves an older one hears of it.
      version integer not null default 1,
      changed_at timestamptz not null,
      changed_by uuid references people on delete set null,
      -- The last saves: who changed which fields, to be told to whoever saves an older version.
      saves jsonb not null default '[]',
      -- What is out; null before the first time.
      published jsonb,
      published_at timestamptz,
      publish_at timestamptz,
      publish_by uuid references people on delete set null,
      -- When it should have gone out by itself and could not.
      publish_failed_at timestamptz,
      withdrawn_at timestamptz,
      created_at timestamptz not null,
      unique (kind, key)
    );
    create index on documents (initiative_id, kind);
    create index on documents (publish_at) where publish_at is not null;
    create index on documents (changed_by) where changed_by is not null;
    create index on documents (publish_by) where publish_by is not null;

    create table revisions (
      id uuid primary key default gen_random_uuid(),
      document_id uuid not null references documents on delete cascade,
      number integer not null,
      what text not null check (what in ('began', 'saved', 'published', 'withdrawn', 'restored')),
      content jsonb not null,
      -- One person's saves within minutes of the first are one revision.
      began_at timestamptz not null,
      made_at timestamptz not null,
      made_by uuid references people on delete set null,
      unique (document_id, number)
    );
    create index on revisions (made_by) where made_by is not null;
    create index on revisions (made_at) where what = 'saved';

    -- Slugs that were in use: they lead to where their target is now, or say that it is gone.
    create table former_slugs (
      kind text not null check (kind in ('initiative', 'update')),
      initiative_id uuid references initiatives on delete cascade,
      slug text not null,
      target_id uuid not null,
      since timestamptz not null,
      unique nulls not distinct (kind, initiative_id, slug)
    );
    create index on former_slugs (initiative_id) where initiative_id is not null;
    create trigger content_changed after insert or update or delete or truncate on former_slugs
      for each statement execute function content_changed();

    -- An island that is not out (null) is seen by its team alone.
    alter table initiatives add column published_at timestamptz default now();
    alter table initiatives add column withdrawn_at timestamptz;
    -- Lists over all islands leave out those that are not out, and still read this index alone.
    create index updates_in_lists on updates (published_at desc, id desc) include (initiative_id);
    drop index updates_published_at_id_idx;

    alter table movement add column languages jsonb not null default '["nl", "en"]';
    alter table movement add column colours jsonb not null default '{}';
    alter table movement add column changed_at timestamptz not null default now();
  `.execute(db);
}
