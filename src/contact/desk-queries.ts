import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

/** Of which initiatives somebody may see tips: all with the movement's own, or these. */
export type Places = "all" | string[];

export const tipStates = ["open", "done", "spam"] as const;
export type TipState = (typeof tipStates)[number];

const perPage = 30;

const tipsIn = (ctx: Ctx, places: Places) =>
  ctx.db
    .selectFrom("tips as t")
    .leftJoin("initiatives as i", "i.id", "t.initiative_id")
    .$if(places !== "all", (query) => query.where("t.initiative_id", "in", places as string[]));

const inState = (state: TipState) =>
  ({
    open: sql<boolean>`t.done_at is null and t.spam_at is null`,
    done: sql<boolean>`t.done_at is not null and t.spam_at is null`,
    spam: sql<boolean>`t.spam_at is not null`,
  })[state];

type Wanted = { places: Places; state: TipState; after: { at: Date; id: string } | null };

/** Tips of a state, one page: what is open oldest first, the rest newest first. `next`: where the next page begins. */
export async function listTips(ctx: Ctx, { places, state, after }: Wanted) {
  if (places !== "all" && places.length === 0) return { tips: [], next: null };
  const oldestFirst = state === "open";
  const beyond = oldestFirst ? sql`>` : sql`<`;
  const order = oldestFirst ? "asc" : "desc";
  const tips = await tipsIn(ctx, places)
    .leftJoin("people as a", "a.id", "t.assigned_to")
    .select(["t.id", "t.kind", "t.name", "t.organisation", "t.confirmed_at as at", "i.name as initiative"])
    .select(["a.name as assignee", "a.email as assigneeEmail"])
    .select(sql<string>`left(t.text, 200)`.as("beginning"))
    .where(inState(state))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(t.confirmed_at, t.id) ${beyond} (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy("t.confirmed_at", order)
    .orderBy("t.id", order)
    .limit(perPage + 1)
    .execute();
  const last = tips.length > perPage ? tips[perPage - 1] : undefined;
  return { tips: tips.slice(0, perPage), next: last ? { at: last.at, id: last.id } : null };
}

export type TipLine = Awaited<ReturnType<typeof listTips>>["tips"][number];

/** How many tips are open, and since when the oldest waits. */
export async function countOpenTips(ctx: Ctx, places: Places) {
  if (places !== "all" && places.length === 0) return { count: 0, oldest: null };
  return tipsIn(ctx, places)
    .select((eb) => [
      eb.fn.countAll<number>().as("count"),
      eb.fn.min<Date | null>("t.confirmed_at").as("oldest"),
    ])
    .where(inState("open"))
    .executeTakeFirstOrThrow();
}

/** Of which initiative a tip is: its id, null for the movement's, undefined when there is no such tip. */
export async function placeOfTip(ctx: Ctx, id: string): Promise<string | null | undefined> {
  const tip = await ctx.db.selectFrom("tips").select("initiative_id").where("id", "=", id).executeTakeFirst();
  return tip?.initiative_id;
}

/** A tip with its sender, its thread, and who it can be given to. */
export async function getTipAtWork(ctx: Ctx, id: string) {
  const tip = await ctx.db
    .selectFrom("tips as t")
    .innerJoin("people as p", "p.id", "t.person_id")
    .leftJoin("initiatives as i", "i.id", "t.initiative_id")
    .leftJoin("people as a", "a.id", "t.assigned_to")
    .selectAll("t")
    .select(["p.email", "p.language", "i.slug", "i.name as initiative", "a.name as assignee"])
    .where("t.id", "=", id)
    .executeTakeFirst();
  if (!tip) return null;
  const [thread, team] = await Promise.all([
    ctx.db
      .selectFrom("tip_messages as m")
      .leftJoin("people as p", "p.id", "m.made_by")
      .select(["m.id", "m.kind", "m.text", "m.made_at", "m.mailed_at", "p.name as by"])
      .where("m.tip_id", "=", id)
      .orderBy("m.made_at")
      .orderBy("m.id")
      .execute(),
    listTeam(ctx, tip.initiative_id),
  ]);
  return { ...tip, thread, team };
}

export type TipAtWork = NonNullable<Awaited<ReturnType<typeof getTipAtWork>>>;

/** Who can take up work of an initiative: its team and the movement's; of the movement: the movement's. */
const listTeam = (ctx: Ctx, initiativeId: string | null) =>
  ctx.db
    .selectFrom("people as p")
    .select(["p.id", "p.name", "p.email"])
    .where("p.id", "in", (eb) =>
      eb
        .selectFrom("roles")
        .select("person_id")
        .where((eb) =>
          eb.or([
            eb("initiative_id", "is", null),
            ...(initiativeId ? [eb("initiative_id", "=", initiativeId)] : []),
          ]),
        ),
    )
    .orderBy("p.name")
    .orderBy("p.email")
    .limit(100)
    .execute();

/** An answer with what its mail needs. */
export const getAnswer = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("tip_messages as m")
    .innerJoin("tips as t", "t.id", "m.tip_id")
    .innerJoin("people as p", "p.id", "t.person_id")
    .leftJoin("initiatives as i", "i.id", "t.initiative_id")
    .leftJoin("people as by", "by.id", "m.made_by")
    .select(["m.id", "m.text", "m.mailed_at", "t.id as tipId", "t.kind", "t.name", "t.text as tip"])
    .select(["p.email", "p.language", "i.slug", "by.name as by"])
    .where("m.id", "=", id)
    .where("m.kind", "=", "answer")
    .executeTakeFirst();

export type TipAnswer = NonNullable<Awaited<ReturnType<typeof getAnswer>>>;

/** The answer before this one in the thread of its tip, so that a mail program keeps them together; or null. */
export async function getEarlierAnswer(ctx: Ctx, { id, tipId }: TipAnswer): Promise<string | null> {
  const earlier = await ctx.db
    .selectFrom("tip_messages as m")
    .select("m.id")
    .where("m.tip_id", "=", tipId)
    .where("m.kind", "=", "answer")
    .where("m.made_at", "<", (eb) => eb.selectFrom("tip_messages").select("made_at").where("id", "=", id))
    .orderBy("m.made_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return earlier?.id ?? null;
}

/** The initiatives that a tip to the movement can become an update of. */
export const listIslands = (ctx: Ctx, places: Places) =>
  ctx.db
    .selectFrom("initiatives")
    .select(["id", "name"])
    .where((eb) => (places === "all" ? eb.lit(true) : eb("id", "=", eb.fn.any(eb.val(places)))))
    .orderBy("position")
    .orderBy("slug")
    .limit(1000)
    .execute();
