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

/** Suppressed addresses, newest first: `limit` of them after a place; the last one's place leads on. */
export function listSuppressions(ctx: Ctx, wanted: { after?: SuppressionPlace; limit: number }) {
  const { after, limit } = wanted;
  return ctx.db
    .selectFrom("suppressions")
    .select(["address", "reason", "since", "detail", "edition_id"])
    .$if(after !== undefined, (query) =>
      query.where(({ eb, and, or }) =>
        or([
          eb("since", "<", after?.since ?? new Date(0)),
          and([eb("since", "=", after?.since ?? new Date(0)), eb("address", ">", after?.address ?? "")]),
        ]),
      ),
    )
    .orderBy("since", "desc")
    .orderBy("address")
    .limit(limit)
    .execute();
}
