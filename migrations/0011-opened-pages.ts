import { type Kysely, sql } from "kysely";

/** Which opened page a text was saved from, so that nobody conflicts with themselves, and no version grows over another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The opened page whose saves by itself this revision still grows with; null: it stays as it is.
    alter table revisions add column page uuid;
    -- Characters of words that were taken away while it grew.
    alter table revisions add column lost integer not null default 0;
    -- The document's version that has this content; null where it was never the document's, or is not known.
    alter table revisions add column version integer;
  `.execute(db);
}
