import type { Ctx } from "../platform/context.ts";

/** The manifesto in force: its newest version. */
export const getManifesto = (ctx: Ctx) =>
  ctx.db.selectFrom("manifestos").selectAll().orderBy("version", "desc").limit(1).executeTakeFirst();

export type Manifesto = NonNullable<Awaited<ReturnType<typeof getManifesto>>>;
