import { type Kysely, sql } from "kysely";

/** Work that waits: what is done with a tip, and initiatives that somebody proposes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tips add column assigned_to uuid references people on delete set null;
    alter table tips add column done_at timestamptz;
    alter table tips add column spam_at timestamptz;
    -- The update that it was turned into.
    alter table tips add column document_id uuid references documents on delete set null;
    create index on tips (confirmed_at, id) where done_at is null and spam_at is null;
    create index on tips (assigned_to) where assigned_to is not null;
    create index on tips (document_id) where document_id is not null;

    -- The thread of a tip: answers that went to its sender, and notes that stay inside.
    create table tip_messages (
      id uuid primary key default gen_random_uuid(),
      tip_id uuid not null references tips on delete cascade,
      kind text not null check (kind in ('answer', 'note')),
      text text not null check (length(text) <= 10000),
      made_by uuid references people on delete set null,
      made_at timestamptz not null,
      -- Of an answer: when it left by mail.
      mailed_at timestamptz
    );
    create index on tip_messages (tip_id, made_at);
    create index on tip_messages (made_by) where made_by is not null;

    create table proposals (
      id uuid primary key default gen_random_uuid(),
      person_id uuid not null references people on delete cascade,
      proposer text not null,
      name text not null, kind text not null
        check (kind in ('network', 'initiative', 'programme', 'organisation', 'journey')),
      tagline text not null, story text not null check (length(story) <= 5000),
      website text, role text not null,
      language text not null,
      proposed_at timestamptz not null,
      -- Asked back: the question, and what the proposer answered.
      question text, asked_at timestamptz, reply text, replied_at timestamptz,
      decision text check (decision in ('approved', 'refused')), decided_at timestamptz,
      decided_by uuid references people on delete set null,
      reason text,
      initiative_id uuid references initiatives on delete set null,
      check ((decision is null) = (decided_at is null))
    );
    create index on proposals (proposed_at, id) where decision is null;
    create index on proposals (person_id);
    create index on proposals (decided_by) where decided_by is not null;
    create index on proposals (initiative_id) where initiative_id is not null;
  `.execute(db);
}
