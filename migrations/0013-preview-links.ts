import { type Kysely, sql } from "kysely";

/** A link to a preview counts for a while, and can be ended. Those that were given out before end here. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table documents add column preview_key uuid, add column preview_until timestamptz;
    create unique index documents_preview_key on documents (preview_key) where preview_key is not null;
  `.execute(db);
}
