import { type Kysely, sql } from "kysely";

/**
 * The fuse: a provider that suddenly says of many addresses that they are gone is held, and suppresses nobody. And since when
 * the mail server is in trouble.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Deliveries of which a server said that the address is gone.
    create table hard_answers (
      delivery_id uuid primary key,
      edition_id uuid not null,
      -- The registrable domain of the server that said so, else of the address.
      provider text not null,
      code text not null,
      at timestamptz not null,
      -- It suppresses nobody as long as its provider is held.
      held boolean not null default false
    );
    create index on hard_answers (edition_id, provider);
    create index on hard_answers (provider) where held;

    -- Behind which provider a domain of addresses is, where its servers are named otherwise.
    create table provider_domains (domain text primary key, provider text not null);
    create index on provider_domains (provider);

    create table provider_holds (
      id uuid primary key default gen_random_uuid(),
      provider text not null,
      -- The edition in which it began: a note, not a relation.
      edition_id uuid not null,
      hard int not null,
      answered int not null,
      held_at timestamptz not null,
      -- When to try a sample, or to see what became of it.
      next_at timestamptz not null,
      -- Deliveries that are tried to see whether the provider takes mail again.
      sample uuid[],
      opened_at timestamptz,
      -- By a person, or after a sample that went well.
      opened_how text check (opened_how in ('person', 'sample')),
      check ((opened_at is null) = (opened_how is null))
    );
    create unique index provider_holds_open on provider_holds (provider) where opened_at is null;
    create index on provider_holds (edition_id);

    -- Since when the mail server is in trouble; null once it took a mail.
    alter table send_buckets add trouble_since timestamptz;
  `.execute(db);
}
