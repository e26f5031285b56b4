import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

const columns = ["id", "slug", "name", "tagline", "host", "published_at", "withdrawn_at"] as const;

export const islandsPerPage = 50;

type Wanted = { where: "all" | string[]; search: string; after: string | null };

/** The initiatives that somebody works on, by name; `after` is the id of the last one on the page before. */
export async function listIslandsAtWork(ctx: Ctx, { where, search, after }: Wanted) {
  const name = sql<string>`plain_text(name->>'nl')`;
  const pattern = `%${search.replace(/[\\%_]/g, "\\$&")}%`;
  return ctx.db
    .selectFrom("initiatives")
    .select(columns)
    .$if(where !== "all", (query) => query.where("id", "in", where === "all" ? [] : where))
    .$if(search !== "", (query) => query.where(name, "like", sql<string>`plain_text(${pattern})`))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(${name}, id) > (select plain_text(b.name->>'nl'), b.id from initiatives b where b.id = ${after}::uuid)`,
      ),
    )
    .orderBy(name)
    .orderBy("id")
    .limit(islandsPerPage + 1)
    .execute();
}

/** One initiative as its team sees it, out or not. */
export const getIslandAtWork = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("initiatives").select(columns).where("id", "=", id).executeTakeFirst();

export type IslandAtWork = NonNullable<Awaited<ReturnType<typeof getIslandAtWork>>>;
