import { paths } from "../../paths.ts";
import type { Ctx } from "../../platform/context.ts";
import type { Language } from "../../platform/i18n.ts";
import type { Document } from "../../writing/operations.ts";

/** What the parts of an island share: where they stand, who writes them, whose they are. */
export const islandPart = {
  section: "islands",
  actions: { edit: "island.edit", publish: "island.publish" },
  publicPath: async (ctx: Ctx, { key }: Document, _content: unknown, language: Language) => {
    const island = await ctx.db
      .selectFrom("initiatives")
      .select("slug")
      .where("id", "=", key)
      .executeTakeFirstOrThrow();
    return paths(language).island(island.slug).home;
  },
} as const;

/** The initiative with this id, or undefined. */
export const findInitiative = (ctx: Ctx, id: string) =>
  ctx.db.selectFrom("initiatives").select(["id", "name"]).where("id", "=", id).executeTakeFirst();
