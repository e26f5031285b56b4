import type { Ctx } from "../platform/context.ts";

/** The manifesto in force: its newest version. */
export const getManifesto = (ctx: Ctx) =>
  ctx.db.selectFrom("manifestos").selectAll().orderBy("version", "desc").limit(1).executeTakeFirst();

export type Manifesto = NonNullable<Awaited<ReturnType<typeof getManifesto>>>;

/** One version of the manifesto. */
export const getManifestoVersion = (ctx: Ctx, version: number) =>
  ctx.db.selectFrom("manifestos").selectAll().where("version", "=", version).executeTakeFirst();

/** All versions, oldest first. */
export const listManifestoVersions = (ctx: Ctx) =>
  ctx.db.selectFrom("manifestos").select(["version", "published_at"]).orderBy("version").execute();

export type ManifestoVersion = Awaited<ReturnType<typeof listManifestoVersions>>[number];
