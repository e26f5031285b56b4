import { type SqlBool, sql } from "kysely";
import type { Ctx } from "../platform/context.ts";
import { type Localized, pick } from "../platform/localized.ts";

/** Why and since when an address gets no mail, or undefined when it gets mail. `address`: lower-case. */
export const findSuppression = (ctx: Pick<Ctx, "db">, address: string) =>
  ctx.db
    .selectFrom("suppressions")
    .select(["reason", "since", "detail"])
    .where("address", "=", address)
    .executeTakeFirst();

/** Whether an address gets nothing but what its owner asks for at that moment. */
export const isSuppressed = async (ctx: Pick<Ctx, "db">, address: string): Promise<boolean> =>
  (await findSuppression(ctx, address.toLowerCase())) !== undefined;

export type SuppressionPlace = { since: Date; address: string };

type Wanted = {
  after?: SuppressionPlace | undefined;
  /** A part of the address. */
  search?: string | undefined;
  limit: number;
};

/** Suppressed addresses, newest first: `limit` of them after a place; the last one's place leads on. */
export function listSuppressions(ctx: Ctx, { after, search, limit }: Wanted) {
  return ctx.db
    .selectFrom("suppressions as x")
    .leftJoin("editions as e", "e.id", "x.edition_id")
    .leftJoin("newsletters as n", "n.id", "e.newsletter_id")
    .select(["x.address", "x.reason", "x.since", "x.detail", "x.edition_id"])
    .select(["e.title as edition", "n.name as newsletter"])
    .$if(Boolean(search), (query) =>
      query.where(sql<SqlBool>`strpos(x.address, ${(search ?? "").toLowerCase()}) > 0`),
    )
    .$if(after !== undefined, (query) =>
      query.where(({ eb, and, or }) =>
        or([
          eb("x.since", "<", after?.since ?? new Date(0)),
          and([eb("x.since", "=", after?.since ?? new Date(0)), eb("x.address", ">", after?.address ?? "")]),
        ]),
      ),
    )
    .orderBy("x.since", "desc")
    .orderBy("x.address")
    .limit(limit)
    .execute();
}

export type Suppressed = Awaited<ReturnType<typeof listSuppressions>>[number];

const holds = (ctx: Ctx) =>
  ctx.db
    .selectFrom("provider_holds as h")
    .leftJoin("editions as e", "e.id", "h.edition_id")
    .select(["h.id", "h.provider", "h.edition_id", "h.hard", "h.answered", "h.held_at", "h.opened_at"])
    .select(["h.next_at", "h.sample", "e.title as edition"]);

/** A provider that was held, with what it answered at that moment; undefined when there is none. */
export const findHold = (ctx: Ctx, id: string) => holds(ctx).where("h.id", "=", id).executeTakeFirst();

export type Hold = NonNullable<Awaited<ReturnType<typeof findHold>>>;

/** Providers that are held at this moment, the longest first. */
export const listHolds = (ctx: Ctx): Promise<Hold[]> =>
  holds(ctx).where("h.opened_at", "is", null).orderBy("h.held_at").execute();

/** Providers that are held at this moment, among those to whose addresses an edition goes. */
export const listHoldsOf = (ctx: Ctx, editionId: string): Promise<Hold[]> =>
  holds(ctx)
    .where("h.opened_at", "is", null)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb("h.edition_id", "=", editionId),
        exists(
          selectFrom("send_queues as q")
            .innerJoin("provider_domains as o", "o.domain", "q.domain")
            .select("q.domain")
            .where("q.edition_id", "=", editionId)
            .whereRef("o.provider", "=", "h.provider"),
        ),
      ]),
    )
    .orderBy("h.held_at")
    .execute();

/** Who owns the movement, with its name in their language. */
export async function listOwners(ctx: Ctx) {
  const rows = await ctx.db
    .selectFrom("people as p")
    .innerJoin("roles as r", "r.person_id", "p.id")
    .select(["p.id as person_id", "p.email", "p.language"])
    .select(({ selectFrom }) =>
      selectFrom("movement").select("name").$castTo<{ name: Localized }>().as("site"),
    )
    .where("r.role", "=", "owner")
    .execute();
  return rows.map(({ site, ...owner }) => ({
    ...owner,
    site_name: site ? pick(site, owner.language).text : "Archipel",
  }));
}

export type Owner = Awaited<ReturnType<typeof listOwners>>[number];
