import type { Ctx } from "../platform/context.ts";
import type { PageTable } from "./table.ts";

/** The movement's own texts, or undefined on a database without content. */
export const getMovement = (ctx: Pick<Ctx, "db">) =>
  ctx.db.selectFrom("movement").selectAll().executeTakeFirst();

export type Movement = NonNullable<Awaited<ReturnType<typeof getMovement>>>;

/** A page of the movement itself: about, privacy, accessibility. */
export const getPage = (ctx: Ctx, slug: PageTable["slug"]) =>
  ctx.db.selectFrom("pages").selectAll().where("slug", "=", slug).executeTakeFirst();

export type Page = NonNullable<Awaited<ReturnType<typeof getPage>>>;
