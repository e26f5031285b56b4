import { type Kysely, sql } from "kysely";

/** What sending remembers of trouble: since when a mail is tried, what the server said, and mails it never answered for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Handed over several times and never answered for: not sent again by the program itself.
    alter table deliveries
      add first_tried_at timestamptz,
      drop constraint deliveries_state_check,
      add constraint deliveries_state_check check (state in
        ('waiting', 'sending', 'sent', 'refused', 'retry', 'bounced', 'uncertain', 'unanswered', 'skipped'));
    create index deliveries_unanswered on deliveries (edition_id, done_at) where state = 'unanswered';

    -- Whom "again_at" is about.
    alter table editions add again_to text not null default 'refused' check (again_to in ('refused', 'unanswered'));

    -- What the mail server said or did when it was last in trouble: a code, no address.
    alter table send_buckets add trouble text;
  `.execute(db);
}
