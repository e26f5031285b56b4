import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/** Of which initiatives somebody may answer offers: all, or these. */
type Places = "all" | string[];

const open = (ctx: Ctx, places: Places) =>
  ctx.db
    .selectFrom("participations as o")
    .innerJoin("initiatives as i", "i.id", "o.initiative_id")
    .where("o.answered_at", "is", null)
    .where("o.withdrawn_at", "is", null)
    .$if(places !== "all", (query) => query.where("o.initiative_id", "in", places as string[]));

/** Offers that wait for an answer, oldest first, a hundred at most. */
export async function listOpenOffers(ctx: Ctx, places: Places) {
  if (places !== "all" && places.length === 0) return [];
  return open(ctx, places)
    .select(["o.id", "o.name", "o.offered_at as at", "i.name as initiative"])
    .select(sql<string>`left(o.offer, 200)`.as("beginning"))
    .orderBy("o.offered_at")
    .orderBy("o.id")
    .limit(100)
    .execute();
}

export type OpenOffer = Awaited<ReturnType<typeof listOpenOffers>>[number];

export async function countOpenOffers(ctx: Ctx, places: Places): Promise<number> {
  if (places !== "all" && places.length === 0) return 0;
  const counted = open(ctx, places).select((eb) => eb.fn.countAll<number>().as("count"));
  return (await counted.executeTakeFirstOrThrow()).count;
}

/** To which initiative an offer was made; undefined when there is no such offer. */
export async function placeOfOffer(ctx: Ctx, id: string): Promise<string | undefined> {
  const offer = await ctx.db
    .selectFrom("participations")
    .select("initiative_id")
    .where("id", "=", id)
    .executeTakeFirst();
  return offer?.initiative_id;
}
