import { type ExpressionBuilder, sql } from "kysely";
import type { Tables } from "../database.ts";
import type { Ctx } from "../platform/context.ts";
import { isUuid } from "../writing/operations.ts";
import { sendTest } from "./job-kinds.ts";
import type { EditionState } from "./table.ts";

export const perPage = 30;

/** Where somebody may do something: everywhere, or for these initiatives. */
type Places = "all" | string[];

/** The movement's newsletter comes first, then those of initiatives by name. */
const nameOrder = sql<string>`(case when n.initiative_id is null then '' else lower(n.name ->> 'nl') || ' ' end)`;

const newsletters = (ctx: Ctx) =>
  ctx.db
    .selectFrom("newsletters as n")
    .leftJoin("initiatives as i", "i.id", "n.initiative_id")
    .select(["n.id", "n.name", "n.description", "n.initiative_id", "n.digest", "i.name as initiative"])
    .select((eb) => activeOf(eb).as("subscribers"));

const activeOf = (eb: ExpressionBuilder<Tables & { n: Tables["newsletters"] }, "n">) =>
  eb
    .selectFrom("subscriptions as s")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .whereRef("s.newsletter_id", "=", "n.id")
    .where("s.ended_at", "is", null);

/** Newsletters that somebody may write for, a page of them with one more; `after` is the id of the last one seen. */
export async function listNewslettersAtWork(ctx: Ctx, places: Places, after: string | null) {
  if (places !== "all" && places.length === 0) return [];
  return newsletters(ctx)
    .select((eb) =>
      eb
        .selectFrom("editions as e")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .whereRef("e.newsletter_id", "=", "n.id")
        .where("e.state", "=", "draft")
        .as("drafts"),
    )
    .select((eb) =>
      eb
        .selectFrom("editions as e")
        .select((eb) => eb.fn.max("e.started_at").as("at"))
        .whereRef("e.newsletter_id", "=", "n.id")
        .where("e.state", "=", "sent")
        .as("last_sent"),
    )
    .$if(places !== "all", (query) => query.where("n.initiative_id", "in", places as string[]))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(${nameOrder}, n.id) > (select ${nameOrder}, n.id from newsletters as n where n.id = ${after})`,
      ),
    )
    .orderBy(nameOrder)
    .orderBy("n.id")
    .limit(perPage + 1)
    .execute();
}

export type NewsletterAtWork = Awaited<ReturnType<typeof listNewslettersAtWork>>[number];

/** One newsletter with its number of active subscribers. */
export const getNewsletterAtWork = async (ctx: Ctx, id: string) =>
  isUuid(id) ? newsletters(ctx).where("n.id", "=", id).executeTakeFirst() : undefined;

/** Of which initiative a newsletter is: its id, null for the movement's, undefined when there is none. */
export async function placeOfNewsletter(ctx: Ctx, id: string): Promise<string | null | undefined> {
  if (!isUuid(id)) return undefined;
  const row = await ctx.db
    .selectFrom("newsletters")
    .select("initiative_id")
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.initiative_id;
}

export type OneNewsletter = NonNullable<Awaited<ReturnType<typeof getNewsletterAtWork>>>;

/** The states as a list is filtered by them. */
export const shownStates = {
  draft: ["draft"],
  scheduled: ["scheduled"],
  sending: ["freezing", "sending", "stopped"],
  sent: ["sent"],
  cancelled: ["cancelled"],
} as const satisfies Record<string, readonly EditionState[]>;
export type ShownState = keyof typeof shownStates;

/** How a state is called where it is shown. */
export const shownStateOf = (state: EditionState): ShownState =>
  (Object.keys(shownStates) as ShownState[]).find((shown) =>
    shownStates[shown].some((one) => one === state),
  ) ?? "draft";

type Wanted = { state: ShownState | null; after: string | null };

/** A newsletter's editions, newest first, a page of them with one more; `after` is the id of the last one seen. */
export const listEditions = (ctx: Ctx, newsletterId: string, { state, after }: Wanted) =>
  ctx.db
    .selectFrom("editions as e")
    .leftJoin("documents as d", (join) =>
      join.on("d.kind", "=", "edition").on((eb) => eb("d.key", "=", eb.cast<string>("e.id", "text"))),
    )
    .select(["e.id", "e.title", "e.state", "e.automatic", "e.created_at", "e.send_at", "e.started_at"])
    .select(["e.audience", "d.content as draft", "e.content"])
    .where("e.newsletter_id", "=", newsletterId)
    .$if(state !== null, (query) => query.where("e.state", "in", shownStates[state as ShownState]))
    .$if(after !== null, (query) =>
      query.where(
        sql<boolean>`(e.created_at, e.id) < (select created_at, id from editions where id = ${after})`,
      ),
    )
    .orderBy("e.created_at", "desc")
    .orderBy("e.id", "desc")
    .limit(perPage + 1)
    .execute();

export type EditionLine = Awaited<ReturnType<typeof listEditions>>[number];

/** Themes, in their order. */
export const listThemes = (ctx: Ctx) =>
  ctx.db.selectFrom("themes").select(["slug", "name"]).orderBy("position").execute();

/** Initiatives that a segment can name: those of somebody's work, and `chosen` already. */
export const listInitiativesToPick = (ctx: Ctx, places: Places, chosen: string[]) =>
  ctx.db
    .selectFrom("initiatives")
    .select(["id", "name"])
    .$if(places !== "all", (query) =>
      query.where("id", "in", [...(places as string[]), ...chosen, "00000000-0000-0000-0000-000000000000"]),
    )
    .orderBy(sql`lower(name ->> 'nl')`)
    .execute();

/** Whether the last test of an edition that somebody asked for was given up, as the queue remembers for a day. */
export async function didTestFail(ctx: Ctx, editionId: string, personId: string): Promise<boolean> {
  const { rows } = await sql<{ failed: boolean }>`
    select bool_or(state = 'failed') as failed from pgboss.job
    where name = ${sendTest.name} and data ->> 'editionId' = ${editionId} and data ->> 'personId' = ${personId}
    group by data ->> 'number' order by max(created_on) desc limit 1`.execute(ctx.db);
  return rows[0]?.failed ?? false;
}
