import { type Kysely, sql } from "kysely";

/** What an edition says, for the archive on the web; a newsletter's words of welcome, and its digest. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- As it was sent; null before that. What is still written stands in documents.
    alter table editions add column content jsonb;
    create index on editions (newsletter_id, started_at desc, id desc) where started_at is not null;

    -- A sentence of one's own in the mail of welcome.
    alter table newsletters add column welcome jsonb;
    -- A draft that the program makes of the updates since the last one; it waits for somebody's yes.
    alter table newsletters add column digest text not null default 'none'
      check (digest in ('none', 'weekly', 'monthly'));
    alter table newsletters add column digested_through timestamptz;
  `.execute(db);
}
