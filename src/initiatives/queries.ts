import type { Ctx } from "../platform/context.ts";

/** Islands with a host name of their own. */
export const listOwnHosts = (ctx: Pick<Ctx, "db">) =>
  ctx.db
    .selectFrom("initiatives")
    .select(["slug", "host", "name"])
    .where("host", "is not", null)
    .$narrowType<{ host: string }>()
    .execute();
