import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { cutPage, type Place } from "../platform/keyset.ts";

/** Of which initiatives somebody may answer offers: all, or these. */
type Places = "all" | string[];

const open = (ctx: Ctx, places: Places) =>
  ctx.db
    .selectFrom("participations as o")
    .innerJoin("initiatives as i", "i.id", "o.initiative_id")
    .where("o.withdrawn_at", "is", null)
    .where((eb) => eb.or([eb("o.answered_at", "is", null), eb("o.answer_failed_at", "is not", null)]))
    .$if(places !== "all", (query) => query.where("o.initiative_id", "in", places as string[]));

const perPage = 30;

/** Offers that wait for an answer, or whose answer did not arrive: one page, oldest first. */
export async function listOpenOffers(ctx: Ctx, places: Places, after: Place | null = null) {
  if (places !== "all" && places.length === 0) return { rows: [], next: null };
  const rows = await open(ctx, places)
    .select(["o.id", "o.name", "o.offered_at as at", "i.name as initiative"])
    .select(["o.answer_failed_at as failedAt", sql<string>`left(o.offer, 200)`.as("beginning")])
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(o.offered_at, o.id) > (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy("o.offered_at")
    .orderBy("o.id")
    .limit(perPage + 1)
    .execute();
  return cutPage(rows, perPage);
}

export type OpenOffer = Awaited<ReturnType<typeof listOpenOffers>>["rows"][number];

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
