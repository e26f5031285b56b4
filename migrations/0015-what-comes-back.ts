import { type Kysely, sql } from "kysely";

/** When a person wanted mail again, and how reading the mailbox of bounces goes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- What failed before that moment says nothing about the address any more.
    alter table people add lifted_at timestamptz;

    -- One row, once a mailbox was looked into.
    create table mailbox_looks (
      only_one boolean primary key default true check (only_one),
      -- The last time that it was read to the end.
      read_at timestamptz,
      -- Since when that does not work; null when it does.
      failing_since timestamptz,
      -- Why, as a code.
      code text
    );
  `.execute(db);
}
