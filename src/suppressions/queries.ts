import { type SqlBool, sql } from "kysely";
import type { Ctx } from "../platform/context.ts";

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
