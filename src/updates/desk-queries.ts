import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import type { Localized } from "../platform/localized.ts";

/** Where an update stands: being written, waiting for its moment, not gone out at it, out, or taken away again. */
export const updateStates = ["draft", "scheduled", "failed", "out", "withdrawn"] as const;
export type UpdateState = (typeof updateStates)[number];

export const updatesPerPage = 25;

export type Wanted = {
  /** The initiatives that may be seen. */
  where: "all" | string[];
  island: string | null;
  state: UpdateState | null;
  search: string;
  /** The last one of the page before. */
  after: { changed: string; key: string } | null;
};

export type ListedUpdate = {
  key: string;
  title: Localized;
  islandId: string;
  islandName: Localized;
  state: UpdateState;
  /** Since when it is out, when it goes out, or when it should have. */
  moment: Date | null;
  /** Written on since it went out. */
  unpublished: boolean;
  changedAt: Date;
  changed: string;
};

/**
 * Updates of these initiatives, out or not, last changed first. What came from files has no working copy yet; what is
 * new has no live row yet: both are in one list.
 */
export async function listUpdatesAtWork(ctx: Ctx, wanted: Wanted): Promise<ListedUpdate[]> {
  const { where, island, state, search, after } = wanted;
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  const conditions = [
    where === "all" ? sql`true` : sql`"islandId" = any(${where}::uuid[])`,
    island ? sql`"islandId" = ${island}::uuid` : sql`true`,
    state ? sql`state = ${state}` : sql`true`,
    search
      ? sql`plain_text(coalesce(title->>'nl', '') || ' ' || coalesce(title->>'en', '')) like plain_text(${pattern})`
      : sql`true`,
    after ? sql`("changedAt", key) < (${after.changed}::timestamptz, ${after.key})` : sql`true`,
  ];
  const { rows } = await sql<ListedUpdate>`
    select listed.*, i.name as "islandName", "changedAt"::text as changed from (
      select coalesce(d.key, u.id::text) as key,
        coalesce(d.content->'title', u.title) as title,
        coalesce(d.initiative_id, u.initiative_id) as "islandId",
        case when d.publish_at is not null then 'scheduled'
          when d.publish_failed_at is not null then 'failed' when u.id is not null then 'out'
          when d.withdrawn_at is not null then 'withdrawn' else 'draft' end as state,
        coalesce(d.publish_at, d.publish_failed_at, u.published_at) as moment,
        u.id is not null and d.id is not null and d.published is distinct from d.content as unpublished,
        coalesce(d.changed_at, u.changed_at) as "changedAt"
      from updates as u
      full join (select * from documents where kind = 'update') as d on d.key = u.id::text
    ) as listed
    join initiatives as i on i.id = "islandId"
    where ${sql.join(conditions, sql` and `)}
    order by "changedAt" desc, key desc
    limit ${updatesPerPage + 1}`.execute(ctx.db);
  return rows;
}

/** The initiatives that somebody may write updates for, by name. */
export const listPlaces = (ctx: Ctx, where: "all" | string[]) =>
  ctx.db
    .selectFrom("initiatives")
    .select(["id", "name"])
    .$if(where !== "all", (query) => query.where("id", "in", where === "all" ? [] : where))
    .orderBy(sql`plain_text(name->>'nl')`)
    .execute();
