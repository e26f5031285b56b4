import { type Kysely, sql } from "kysely";

/** Who sent or scheduled an edition: it goes out only while they may still send it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table editions add planned_by uuid references people on delete set null;
    create index on editions (planned_by) where planned_by is not null;
    -- For those that wait now, the audit log knows.
    update editions as e set planned_by = (
      select a.person_id from audit as a
      where a.action in ('editions.send', 'editions.schedule') and a.details ->> 'edition' = e.id::text
      order by a.id desc limit 1)
    where state = 'scheduled';
  `.execute(db);
}
