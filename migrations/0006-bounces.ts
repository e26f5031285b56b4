import { type Kysely, sql } from "kysely";

/** What comes back by mail, and the addresses that get no more mail. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Addresses that get nothing but what their owner asks for at that moment.
    create table suppressions (
      address text primary key check (address = lower(address)),
      reason text not null check (reason in ('hard', 'soft', 'complaint')),
      since timestamptz not null,
      -- The status of the last failure: no address in it.
      detail text,
      -- A note of where it came from, not a relation: an edition may go, the suppression stays.
      edition_id uuid
    );
    create index on suppressions (since desc, address);

    -- The same of addresses of which nobody is known any more: a keyed hash, so that it holds when they come again.
    create table erased_suppressions (
      address_hash text primary key,
      reason text not null check (reason in ('hard', 'soft', 'complaint')),
      since timestamptz not null
    );
    create index on erased_suppressions (since);

    -- Mails as the mailbox of bounces had them, stored before they are deleted there.
    create table inbound_mails (
      id uuid primary key default gen_random_uuid(),
      -- Of size and content: the same mail fetched twice is one row.
      digest text not null unique,
      raw bytea not null check (length(raw) <= 262144),
      -- In bytes at the server; more than is kept in raw when it was cut off.
      size integer not null,
      received_at timestamptz not null,
      state text not null default 'new' check (state in ('new', 'read', 'unreadable')),
      kind text,
      status text,
      delivery_id uuid,
      person_id uuid references people on delete cascade
    );
    create index on inbound_mails (received_at);
    create index on inbound_mails (person_id) where person_id is not null;
  `.execute(db);
}
