import { type Kysely, sql } from "kysely";

/** Editions of newsletters, and the account of each mailing: who gets it, and what became of that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table editions (
      id uuid primary key default gen_random_uuid(),
      newsletter_id uuid not null references newsletters on delete cascade,
      slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      title jsonb not null,
      state text not null default 'draft' check (state in
        ('draft', 'scheduled', 'freezing', 'sending', 'stopped', 'sent', 'cancelled')),
      segment jsonb not null default '{}',
      automatic boolean not null default false,
      created_at timestamptz not null,
      -- The moment sending may begin: as planned, or the end of the minute in which one can undo it.
      send_at timestamptz, started_at timestamptz, frozen_at timestamptz, finished_at timestamptz,
      audience integer,
      -- How far the audience is frozen: the id of the last subscribed person that was looked at.
      frozen_through uuid,
      -- Who was refused before this moment gets it once more.
      again_at timestamptz,
      -- When the rows per recipient were removed; the sums stay.
      forgotten_at timestamptz,
      visits bigint not null default 0,
      unique (newsletter_id, slug)
    );
    create index on editions (state) where finished_at is null;
    -- Counting and freezing change no page; a state does. Not for each statement: many of those change no row.
    create trigger content_changed after update of state on editions
      for each row when (old.state <> new.state) execute function content_changed();

    create table edition_letters (
      edition_id uuid not null references editions on delete cascade,
      language text not null,
      subject text not null, preheader text not null, html text not null, text text not null,
      primary key (edition_id, language)
    );

    -- Ids in the order of time (RFC 9562, version 7): a million at once go to one end of an index, not all over it.
    create function ordered_uuid() returns uuid language sql volatile parallel safe as $$
      select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
        substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1),
        'hex')::uuid $$;

    -- One row per recipient. The id stands in return path, Message-ID and the link to unsubscribe.
    -- Edition and person are no foreign keys, because a check of each row costs as much as all else at freezing: who
    -- freezes takes them from the rows themselves, and the triggers below do what "on delete" would.
    create table deliveries (
      id uuid primary key default ordered_uuid(),
      edition_id uuid not null,
      person_id uuid,
      -- Looked up by its id only, so a subscription that is gone may stay named here.
      subscription_id uuid,
      language text not null,
      domain text not null,
      state text not null default 'waiting' check (state in
        ('waiting', 'sending', 'sent', 'refused', 'retry', 'bounced', 'uncertain', 'skipped')),
      tries smallint not null default 0,
      -- How often it was handed over without an answer.
      doubts smallint not null default 0,
      due_at timestamptz not null,
      claimed_by integer, claimed_at timestamptz,
      done_at timestamptz,
      code text,
      unsubscribed_at timestamptz,
      unique (person_id, edition_id)
    );
    create index deliveries_open on deliveries (edition_id, domain, due_at)
      where state in ('waiting', 'retry', 'uncertain');
    create index deliveries_claimed on deliveries (claimed_by) where state = 'sending';
    create index deliveries_refused on deliveries (edition_id, done_at) where state = 'refused';

    -- Freezing holds the other half of this lock, so that nobody is put into an audience while being erased.
    create function unlink_deliveries() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock_shared(4704801);
        update deliveries set person_id = null from gone where deliveries.person_id = gone.id;
        return null;
      end $$;
    create trigger unlink_deliveries after delete on people referencing old table as gone
      for each statement execute function unlink_deliveries();
    -- An edition that is being frozen is locked.
    create function remove_deliveries() returns trigger language plpgsql as $$
      begin
        delete from deliveries using gone where deliveries.edition_id = gone.id;
        return null;
      end $$;
    create trigger remove_deliveries after delete on editions referencing old table as gone
      for each statement execute function remove_deliveries();

    -- The sums of deliveries: what was added to each state, written in the transaction that changed it. Rows are only
    -- added here and now and then put together, so that no sender waits for another.
    create table delivery_tallies (
      edition_id uuid not null references editions on delete cascade,
      what text not null,
      at timestamptz not null,
      change integer not null
    );
    create index on delivery_tallies (edition_id);

    create function tally_added_deliveries() returns trigger language plpgsql as $$
      begin
        insert into delivery_tallies (edition_id, what, at, change)
          select edition_id, state, clock_timestamp(), count(*) from added group by edition_id, state;
        return null;
      end $$;
    create function tally_changed_deliveries() returns trigger language plpgsql as $$
      begin
        insert into delivery_tallies (edition_id, what, at, change)
          select edition_id, what, clock_timestamp(), sum(change) from (
            select edition_id, state as what, -1 as change from before
            union all select edition_id, state, 1 from after
            union all select edition_id, 'doubts', -doubts from before where doubts > 0
            union all select edition_id, 'doubts', doubts from after where doubts > 0
            union all select edition_id, 'unsubscribed', -1 from before where unsubscribed_at is not null
            union all select edition_id, 'unsubscribed', 1 from after where unsubscribed_at is not null
          ) as changes group by edition_id, what having sum(change) <> 0;
        return null;
      end $$;
    -- Not at deleting: old rows are removed, their sums stay.
    create trigger tally_added after insert on deliveries referencing new table as added
      for each statement execute function tally_added_deliveries();
    create trigger tally_changed after update on deliveries referencing old table as before new table as after
      for each statement execute function tally_changed_deliveries();

    -- What waits, per provider: when there is next something to send.
    create table send_queues (
      edition_id uuid not null references editions on delete cascade,
      domain text not null,
      next_at timestamptz not null,
      primary key (edition_id, domain)
    );
    create index on send_queues (edition_id, next_at);

    -- The rate per provider domain, and in all ('*'): from when on the next mail may go, by the database's clock.
    -- slowness: how often in a row the mail server was in trouble; each halves the rate.
    create table send_buckets (
      domain text primary key,
      free_at timestamptz not null,
      slowness smallint not null default 0,
      eased_at timestamptz
    );
    insert into send_buckets (domain, free_at) values ('*', 'epoch');

    -- The processes that send, each with the deliveries that are at the mail server at this moment: never more than its
    -- connections. A living one holds an advisory lock on its number.
    create table senders (
      id integer primary key generated always as identity,
      connections integer not null,
      in_hand uuid[] not null default '{}' check (cardinality(in_hand) <= connections),
      started_at timestamptz not null default clock_timestamp(),
      seen_at timestamptz not null default clock_timestamp()
    );

    -- Pausing leaves somebody out of editions until then.
    alter table subscriptions add paused_until timestamptz;
  `.execute(db);
}
