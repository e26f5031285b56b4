import { type Kysely, sql } from "kysely";

/** Answers by mail: sent once, known to have arrived or not; questions to proposers, each with its own answer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Of an answer: when its mail was given up.
    alter table tip_messages add column failed_at timestamptz;
    update tip_messages set failed_at = made_at
      where kind = 'answer' and mailed_at is null and made_at < now() - interval '4 days';
    -- The page from which it was sent: pressing its button twice sends one.
    alter table tip_messages add column form_id uuid;
    create unique index on tip_messages (form_id, kind, md5(text)) where form_id is not null;

    -- When the mail with the answer left, or was given up. Of before it is not known: what waits on the queue goes out.
    alter table participations add column answer_mailed_at timestamptz;
    alter table participations add column answer_failed_at timestamptz;
    create index on participations (offered_at, id)
      where withdrawn_at is null and (answered_at is null or answer_failed_at is not null);

    -- The same of the decision.
    alter table proposals add column decision_mailed_at timestamptz;
    alter table proposals add column decision_failed_at timestamptz;

    create table proposal_questions (
      id uuid primary key default gen_random_uuid(),
      proposal_id uuid not null references proposals on delete cascade,
      question text not null check (length(question) <= 2000),
      asked_by uuid references people on delete set null,
      asked_at timestamptz not null,
      mailed_at timestamptz,
      failed_at timestamptz,
      reply text check (length(reply) <= 5000),
      replied_at timestamptz,
      check ((reply is null) = (replied_at is null))
    );
    -- One question at a time.
    create unique index on proposal_questions (proposal_id) where replied_at is null;
    create index on proposal_questions (proposal_id, asked_at);
    create index on proposal_questions (asked_by) where asked_by is not null;
    insert into proposal_questions (proposal_id, question, asked_at, reply, replied_at)
      select id, question, asked_at, reply, replied_at
      from proposals where question is not null and asked_at is not null;
    alter table proposals drop column question, drop column asked_at, drop column reply, drop column replied_at;
    create index on proposals (decided_at, id) where decision is not null;
  `.execute(db);
}
