import { type Kysely, sql } from "kysely";

/** Which secret key the database is used with: so that another one does not take its place unnoticed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One row, from the first start on.
    create table key_fingerprint (
      only_one boolean primary key default true check (only_one),
      -- A hash under the key itself, of which the key does not follow.
      fingerprint text not null
    );
  `.execute(db);
}
