import { type Kysely, sql } from "kysely";

/**
 * What an import found in its columns, where a moment comes from that the file did not tell, and signatures in the order
 * in which people signed, whenever they were read in.
 */
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

    -- The wall's order is that of signing: the second of confirming, then six digits that keep apart who signed in one.
    -- Below 2^53, so that it stays a number in JavaScript.
    alter table signatures alter number drop identity;
    create sequence signature_places as integer minvalue 0 maxvalue 999999 cycle;
    create function place_of_signature() returns trigger language plpgsql as $$
      begin
        loop
          new.number := floor(extract(epoch from new.confirmed_at))::bigint * 1000000 + nextval('signature_places');
          exit when not exists (select from signatures where number = new.number);
        end loop;
        return new;
      end $$;
    create trigger place_of_signature before insert on signatures
      for each row execute function place_of_signature();
    update signatures as s set number = floor(extract(epoch from confirmed_at))::bigint * 1000000 + nth % 1000000
      from (select id, row_number() over (order by number) as nth from signatures) as before where before.id = s.id;
    update signature_principles as p set number = s.number from signatures as s where s.id = p.signature_id;
  `.execute(db);
}
