import type { Ctx } from "../platform/context.ts";

/** The initiatives among these (or all), by name: each has images of its own. */
export async function listPlaces(ctx: Ctx, where: "all" | string[]) {
  if (where !== "all" && where.length === 0) return [];
  let query = ctx.db.selectFrom("initiatives").select(["id", "name"]).orderBy("position").orderBy("slug");
  if (where !== "all") query = query.where("id", "in", where);
  return query.execute();
}

/** An initiative's name; undefined when there is none with this id. */
export const getPlace = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("initiatives").select(["id", "name"]).where("id", "=", id).executeTakeFirst();

export type Place = { id: string; name: NonNullable<Awaited<ReturnType<typeof getPlace>>>["name"] };
