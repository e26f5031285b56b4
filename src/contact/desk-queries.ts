import { sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { cutPage, type Place } from "../platform/keyset.ts";

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

/** Whose tips, by the words in them; what is left out narrows nothing. */
export type TipFilter = {
  /** Assigned to this person. */
  assignedTo?: string | null;
  /** To this initiative, or to the movement itself. */
  initiative?: string | "movement" | null;
  search?: string | null;
};

type Wanted = TipFilter & { places: Places; state: TipState; after?: Place | null };

const literal = (text: string) => text.replace(/[\\%_]/g, "\\$&");

/** Each of the words, six at most, somewhere in a tip or in its sender's address. */
const holds = (search: string) =>
  sql<boolean>`(${sql.join(
    (search.toWellFormed().match(/[^\s\p{C}]+/gu) ?? []).slice(0, 6).map(
      (word) => sql`plain_text(concat_ws(' ', t.name, t.organisation, t.place, t.text, s.email))
          like plain_text(${`%${literal(word)}%`}::text)`,
    ),
    sql` and `,
  )})`;

/** Tips of a state, one page: what is open oldest first, the rest newest first. `next`: where the next page begins. */
export async function listTips(ctx: Ctx, wanted: Wanted) {
  const { places, state, after = null, assignedTo, initiative, search } = wanted;
  if (places !== "all" && places.length === 0) return { rows: [], next: null };
  const oldestFirst = state === "open";
  const beyond = oldestFirst ? sql`>` : sql`<`;
  const order = oldestFirst ? "asc" : "desc";
  const rows = await tipsIn(ctx, places)
    .innerJoin("people as s", "s.id", "t.person_id")
    .leftJoin("people as a", "a.id", "t.assigned_to")
    .select(["t.id", "t.kind", "t.name", "t.organisation", "t.confirmed_at as at", "i.name as initiative"])
    .select(["a.name as assignee", "a.email as assigneeEmail"])
    .select(sql<string>`left(t.text, 200)`.as("beginning"))
    .select(
      sql<boolean>`exists (select from tip_messages where tip_id = t.id and failed_at is not null)`.as(
        "failed",
      ),
    )
    .where(inState(state))
    .$if(Boolean(assignedTo), (query) => query.where("t.assigned_to", "=", assignedTo ?? ""))
    .$if(initiative === "movement", (query) => query.where("t.initiative_id", "is", null))
    .$if(Boolean(initiative) && initiative !== "movement", (query) =>
      query.where("t.initiative_id", "=", initiative ?? ""),
    )
    .$if(/[^\s\p{C}]/u.test(search ?? ""), (query) => query.where(holds(search ?? "")))
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(t.confirmed_at, t.id) ${beyond} (${after?.at}, ${after?.id}::uuid)`),
    )
    .orderBy("t.confirmed_at", order)
    .orderBy("t.id", order)
    .limit(perPage + 1)
    .execute();
  return cutPage(rows, perPage);
}

export type TipLine = Awaited<ReturnType<typeof listTips>>["rows"][number];

/** How many tips are open; of one person, those assigned to them. */
export async function countOpenTips(ctx: Ctx, places: Places, assignedTo: string | null): Promise<number> {
  if (places !== "all" && places.length === 0) return 0;
  const { count } = await tipsIn(ctx, places)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where(inState("open"))
    .$if(assignedTo !== null, (query) => query.where("t.assigned_to", "=", assignedTo ?? ""))
    .executeTakeFirstOrThrow();
  return count;
}

/** The open tip after this one in the list, or the oldest when this was the last; null when nothing waits. */
export async function nextOpenTip(ctx: Ctx, places: Places, { id, at }: Place) {
  const { rows } = await listTips(ctx, { places, state: "open", after: { id, at } });
  const [next] = rows.length > 0 ? rows : (await listTips(ctx, { places, state: "open" })).rows;
  return next ?? null;
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
      .select(["m.id", "m.kind", "m.text", "m.made_at", "m.mailed_at", "m.failed_at", "p.name as by"])
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

/** A tip for the mail to who is to take it up; nothing when it is somebody else's by now, or settled. */
export const getAssigned = (ctx: Ctx, id: string, personId: string, byId: string) =>
  ctx.db
    .selectFrom("tips as t")
    .innerJoin("people as p", "p.id", "t.assigned_to")
    .leftJoin("people as by", (join) => join.on("by.id", "=", byId))
    .leftJoin("initiatives as i", "i.id", "t.initiative_id")
    .select(["t.id", "t.kind", "t.name", "t.text", "i.slug", "p.email", "p.language", "by.name as by"])
    .where("t.id", "=", id)
    .where("t.assigned_to", "=", personId)
    .where(inState("open"))
    .executeTakeFirst();

export type AssignedTip = NonNullable<Awaited<ReturnType<typeof getAssigned>>>;

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
