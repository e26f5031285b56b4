import { type Kysely, sql } from "kysely";

/** What an import found in its columns, and where a moment comes from that the file did not tell. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table imports
      -- What the values of each column are: numbers alone.
      add survey jsonb,
      -- Of each column, which number of its dates is the day, by what stands between them.
      add orders jsonb,
      -- What the file is of, by its name or by who read it in: everybody in it stands so.
      add everybody text check (everybody in ('ended', 'gone', 'complained'));

    -- The day is that of the statement: the file told no moment.
    alter table consents add stated boolean not null default false;

    -- Who unsubscribed elsewhere is known as such for two years from when that was read in, whenever it was.
    alter table subscriptions add kept_from timestamptz;
  `.execute(db);
}
