import { type Kysely, sql } from "kysely";

/** What a backup that is restored needs: who was erased since it was made, and what must not go out a second time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The numbers of people who were erased, as long as there may be a backup that still holds them.
    create table erasures (person_id uuid primary key, erased_at timestamptz not null);
    create index on erasures (erased_at);

    -- What stood on the queue of a backup that was restored: perhaps it went out since, so an operator decides.
    create table held_jobs (
      id uuid primary key default gen_random_uuid(),
      name text not null,
      data jsonb not null,
      start_after timestamptz not null
    );
  `.execute(db);
}
