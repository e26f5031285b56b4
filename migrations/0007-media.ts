import { type Kysely, sql } from "kysely";

/** Images that editors add. Their files are in the storage, in a folder named after the id. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table media (
      id uuid primary key default gen_random_uuid(),
      -- Whose it is; null: the movement's.
      initiative_id uuid references initiatives on delete cascade,
      name text not null check (name ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
      width integer not null check (width > 0), height integer not null check (height > 0),
      -- Of what was uploaded: SHA-256, and how much is kept of it in bytes.
      hash text not null, bytes integer not null,
      -- What has to stay in view when it is cut, from the left and the top.
      focal_x real not null default 0.5 check (focal_x between 0 and 1),
      focal_y real not null default 0.5 check (focal_y between 0 and 1),
      alt jsonb, decorative boolean not null default false,
      added_by uuid references people on delete set null,
      added_at timestamptz not null,
      -- Whether its files are there; until then nobody sees it.
      ready boolean not null default false,
      check (not (decorative and alt is not null))
    );
    create index on media (initiative_id, added_at desc, id desc) where ready;
    create index on media (hash);
    create index on media (added_by) where added_by is not null;
    create index on media (added_at) where not ready;
    create trigger content_changed after update of focal_x, focal_y on media
      for each statement execute function content_changed();

    -- Images whose row is gone, by whatever way, and whose files still have to go.
    create table media_gone (id uuid primary key);
    create function media_is_gone() returns trigger language plpgsql as $$
      begin
        insert into media_gone (id) values (old.id) on conflict do nothing;
        return null;
      end $$;
    create trigger media_is_gone after delete on media for each row execute function media_is_gone();

    -- The image that a path below /media is of ("<id>/1600x900-name.jpg"), or null.
    create function media_id(path text) returns uuid language sql immutable parallel safe
      as $$ select substring(path from '^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/')::uuid $$;
  `.execute(db);
}
