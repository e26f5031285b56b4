import { type Kysely, sql } from "kysely";

/** Signing the manifesto, offering to work along, and what a person can see and end of it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create extension if not exists fuzzystrmatch;

    -- unaccent is not marked immutable because a dictionary could change; ours does not.
    create function plain_text(text) returns text language sql immutable strict parallel safe
      as $$ select lower(unaccent('unaccent', $1)) $$;

    create table organisations (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      plain_name text generated always as (plain_text(name)) stored unique
    );
    create index on organisations using gin (plain_name gin_trgm_ops);

    create table signatures (
      id uuid primary key default gen_random_uuid(),
      -- In the order of confirming: the wall's pages continue after a number.
      number bigint generated always as identity unique,
      person_id uuid not null unique references people on delete cascade,
      manifesto_version integer not null references manifestos,
      appearance text not null check (appearance in ('name', 'role', 'counted')),
      name text not null, role text, place text,
      organisation_id uuid references organisations,
      motivation text check (length(motivation) <= 280),
      motivation_state text check (motivation_state in ('waiting', 'shown', 'refused')),
      -- What the wall shows and searches: only what the signer chose to show.
      search tsvector not null,
      signed_at timestamptz not null, confirmed_at timestamptz not null,
      invite_code text not null unique,
      invite_shows_name boolean not null default false,
      invited_by uuid references signatures on delete set null,
      batch uuid not null
    );
    create index on signatures (number desc) where appearance <> 'counted';
    create index on signatures (organisation_id) where organisation_id is not null;
    create index on signatures (invited_by) where invited_by is not null;
    create index on signatures (batch);
    create index on signatures using gin (search);
    create index on signatures (confirmed_at) where motivation_state = 'waiting';

    create table signature_principles (
      signature_id uuid not null references signatures on delete cascade,
      principle text not null,
      -- The signature's own, so that the wall finds the newest who chose a principle, however rare it is.
      number bigint not null,
      primary key (signature_id, principle)
    );
    create index on signature_principles (principle, number desc);
    create function number_of_signature() returns trigger language plpgsql as $$
      begin
        new.number := (select number from signatures where id = new.signature_id);
        return new;
      end $$;
    create trigger number_of_signature before insert on signature_principles
      for each row execute function number_of_signature();

    -- The words that the wall knows, to find a name in spite of a typing error.
    create table signature_words (word text collate "C" primary key); -- "C": its index knows beginnings
    create index on signature_words using gin (word gin_trgm_ops);

    -- Which random batch number forms from one network got today: a keyed hash, a day at most.
    create table signature_batches (
      network_hash text primary key, batch uuid not null, made_at timestamptz not null
    );

    create table milestones (number integer primary key, reached_at timestamptz not null);

    create table help_wanted (
      id uuid primary key default gen_random_uuid(),
      initiative_id uuid not null references initiatives on delete cascade,
      kind text not null check (kind in
        ('think-along', 'try-out', 'write', 'host', 'share-knowledge', 'organise', 'other')),
      text jsonb not null,
      until date,
      position integer not null
    );
    create index on help_wanted (initiative_id, position);
    create trigger content_changed after insert or update or delete or truncate on help_wanted
      for each statement execute function content_changed();

    create table participations (
      id uuid primary key default gen_random_uuid(),
      initiative_id uuid not null references initiatives on delete cascade,
      person_id uuid not null references people on delete cascade,
      name text not null,
      offer text not null check (length(offer) <= 2000),
      why text check (length(why) <= 2000), available text check (length(available) <= 500),
      offered_at timestamptz not null,
      mailed_at timestamptz,
      answer text check (answer in ('accepted', 'declined')), answered_at timestamptz, reason text,
      reminded_at timestamptz, escalated_at timestamptz,
      withdrawn_at timestamptz,
      check ((answer is null) = (answered_at is null))
    );
    create index on participations (initiative_id, answered_at);
    create index on participations (person_id);
    create index on participations (offered_at) where answered_at is null and withdrawn_at is null;

    -- What a person told after signing: what they work on, and what they could offer.
    create table profiles (
      person_id uuid primary key references people on delete cascade,
      themes jsonb not null default '[]',
      works_on text not null default '' check (length(works_on) <= 1000),
      offers text not null default '' check (length(offers) <= 1000),
      changed_at timestamptz not null
    );

    -- Who confirmed: the page after it may ask this person on.
    alter table confirmations add person_id uuid references people on delete cascade;
    create index on confirmations (person_id);

    -- A visitor's hour on /mijn: the code and the session are kept as hashes.
    create table visit_codes (
      id uuid primary key default gen_random_uuid(),
      email text not null check (email = lower(email)),
      language text not null, origin text not null, site_name text not null,
      code_hash text not null,
      tries integer not null default 0,
      made_at timestamptz not null, expires_at timestamptz not null, used_at timestamptz
    );
    create index on visit_codes (email, made_at);
    create table visit_sessions (
      token_hash text primary key,
      person_id uuid not null references people on delete cascade,
      expires_at timestamptz not null
    );
    create index on visit_sessions (person_id);
  `.execute(db);
}
