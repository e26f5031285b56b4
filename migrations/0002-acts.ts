import { type Kysely, sql } from "kysely";

/** People and what they do: confirmations with their waiting acts, subscriptions with consent, tips, limits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table people (
      id uuid primary key default gen_random_uuid(),
      email text not null unique check (email = lower(email)),
      name text, language text not null,
      confirmed_at timestamptz not null
    );

    -- Acts wait here, apart from real data, until the one mail is confirmed.
    create table confirmations (
      id uuid primary key default gen_random_uuid(),
      email text check (email = lower(email)), name text,
      language text not null,
      acts jsonb not null,
      acts_hash text not null,
      origin text not null, site_name text not null, form_url text not null,
      created_at timestamptz not null,
      send_at timestamptz not null, queued_at timestamptz,
      mailed_at timestamptz, reminded_at timestamptz,
      confirmed_at timestamptz, rejected_at timestamptz
    );
    create index on confirmations (email, created_at) where confirmed_at is null and rejected_at is null;
    create index on confirmations (created_at);

    -- Which addresses got a confirmation mail when, and which want none for now: keyed hashes, a day at most.
    create table confirmation_mails (address_hash text not null, planned_at timestamptz not null);
    create index on confirmation_mails (address_hash, planned_at);
    create table confirmation_refusals (address_hash text primary key, until timestamptz not null);

    create table consents (
      id uuid primary key default gen_random_uuid(),
      person_id uuid not null references people on delete cascade,
      purpose text not null, text_version text not null, text text not null,
      form_url text not null,
      given_at timestamptz not null, confirmed_at timestamptz not null
    );
    create index on consents (person_id);

    create table subscriptions (
      id uuid primary key default gen_random_uuid(),
      newsletter_id uuid not null references newsletters on delete cascade,
      person_id uuid not null references people on delete cascade,
      language text not null,
      since timestamptz not null, ended_at timestamptz,
      unique (newsletter_id, person_id)
    );
    create index on subscriptions (person_id);
    create index on subscriptions (ended_at) where ended_at is not null;

    create table tips (
      id uuid primary key default gen_random_uuid(),
      initiative_id uuid references initiatives on delete cascade,
      person_id uuid not null references people on delete cascade,
      kind text not null check (kind in ('example', 'idea', 'question')),
      text text not null check (length(text) <= 5000),
      name text not null, organisation text, place text, link text,
      sent_at timestamptz not null, confirmed_at timestamptz not null,
      mailed_at timestamptz
    );
    create index on tips (initiative_id, confirmed_at);
    create index on tips (person_id);

    -- The store of rate-limiter-flexible. Unlogged: counting waits for no disk, and no hash ends up in a backup's log.
    create unlogged table limits (key varchar(255) primary key, points integer not null default 0, expire bigint);

    -- The built-in mailbox, for an installation without a mail server.
    create table mailbox (
      id uuid primary key default gen_random_uuid(),
      number bigint generated always as identity unique,
      message_id text not null, recipient text not null, reply_to text, from_name text, subject text not null,
      html text not null, text text not null, headers jsonb not null, sent_at timestamptz not null
    );
  `.execute(db);
}
