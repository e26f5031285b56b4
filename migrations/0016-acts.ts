import { type Kysely, sql } from "kysely";

/**
 * Acts get a row each, and a confirmation becomes what one mail listed: its link confirms those acts and no others
 * (docs/decisions/0005). What waits, was confirmed or was rejected comes along; links in mails that left stay good.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What visitors did in forms, apart from real data until they confirm it.
    create table acts (
      id uuid primary key default gen_random_uuid(),
      -- The order in which they came, also within one form.
      number bigint generated always as identity,
      -- Null once confirmed or rejected.
      email text check (email = lower(email)), name text,
      language text not null,
      kind text not null, payload jsonb not null,
      origin text not null, site_name text not null, form_url text not null,
      created_at timestamptz not null,
      -- When the next mail that lists it may go; null when none is wanted.
      mail_at timestamptz,
      mailed_at timestamptz, reminded_at timestamptz,
      confirmed_at timestamptz, person_id uuid references people on delete cascade,
      rejected_at timestamptz
    );
    create index on acts (email) where email is not null;
    create index on acts (mail_at) where mail_at is not null;
    create index on acts (created_at);
    create index on acts (person_id);

    create table confirmation_acts (
      confirmation_id uuid not null references confirmations on delete cascade,
      act_id uuid not null references acts on delete cascade,
      -- The number of its box on the page.
      position integer not null,
      primary key (confirmation_id, act_id)
    );
    create index on confirmation_acts (act_id);

    -- Ids that follow from what was there, so that upgrading twice (an old backup, say) makes the same rows.
    create temporary table moved on commit drop as
      select encode(substr(sha256((c.id::text || ' ' || listed.position)::bytea), 1, 16), 'hex')::uuid as act_id,
        c.id as confirmation_id, listed.act, listed.position
      from confirmations as c, jsonb_array_elements(
        -- Of what was rejected nothing is left; one empty act says that it was.
        case when c.rejected_at is not null then '[{"kind": "", "payload": {}}]' else c.acts end
      ) with ordinality as listed (act, position);

    insert into acts (id, email, name, language, kind, payload, origin, site_name, form_url, created_at,
      mail_at, mailed_at, reminded_at, confirmed_at, person_id, rejected_at)
    select moved.act_id, c.email, c.name, c.language, moved.act ->> 'kind', moved.act -> 'payload',
      c.origin, c.site_name, c.form_url, c.created_at,
      -- What is on the queue already is not planned again.
      case when c.email is not null and c.mailed_at is null and c.queued_at is null then c.send_at end,
      c.mailed_at, c.reminded_at, c.confirmed_at, c.person_id, c.rejected_at
    from moved join confirmations as c on c.id = moved.confirmation_id
    order by c.created_at, c.id, moved.position;

    insert into confirmation_acts (confirmation_id, act_id, position)
    select confirmation_id, act_id, position from moved;

    alter table confirmations
      drop column email, drop column name, drop column language, drop column acts, drop column acts_hash,
      drop column origin, drop column site_name, drop column form_url, drop column created_at,
      drop column queued_at, drop column reminded_at, drop column confirmed_at, drop column person_id,
      drop column rejected_at;

    -- Nothing is planned ahead any more: only mails that left count for the caps.
    delete from confirmation_mails where planned_at > now();
    alter table confirmation_mails rename column planned_at to sent_at;
  `.execute(db);
}
