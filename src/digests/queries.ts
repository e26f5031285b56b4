import type { Ctx } from "../platform/context.ts";
import type { Period } from "./periods.ts";

/** The updates that came out in a period, newest first: of one initiative, or (null) of all; and how many there are. */
export async function listUpdatesOf(ctx: Ctx, initiativeId: string | null, period: Period, limit: number) {
  const updates = ctx.db
    .selectFrom("updates as u")
    .innerJoin("initiatives as i", "i.id", "u.initiative_id")
    .where("u.published_at", ">", period.from)
    .where("u.published_at", "<=", period.until)
    .where("i.published_at", "is not", null)
    .$if(initiativeId !== null, (query) => query.where("u.initiative_id", "=", initiativeId));
  const [newest, { count }] = await Promise.all([
    updates
      .select(["u.id", "u.title"])
      .orderBy("u.published_at", "desc")
      .orderBy("u.id", "desc")
      .limit(limit)
      .execute(),
    updates.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { newest, count };
}

/** Newsletters with a digest, or with the memory of one. */
export const listRhythms = (ctx: Ctx) =>
  ctx.db
    .selectFrom("newsletters")
    .select(["id", "digest", "digested_through"])
    .where((eb) => eb.or([eb("digest", "<>", "none"), eb("digested_through", "is not", null)]))
    .execute();

/** Drafts that the program made and that wait for somebody's yes, oldest first; `places`: of which initiatives. */
export async function listWaitingDigests(ctx: Ctx, places: "all" | string[]) {
  if (places !== "all" && places.length === 0) return [];
  return ctx.db
    .selectFrom("editions as e")
    .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
    .select(["e.id", "e.title", "e.created_at as since", "n.name as newsletter"])
    .where("e.automatic", "=", true)
    .where("e.state", "=", "draft")
    .$if(places !== "all", (query) => query.where("n.initiative_id", "in", places as string[]))
    .orderBy("e.created_at")
    .orderBy("e.id")
    .execute();
}
