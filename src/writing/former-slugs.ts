import type { Ctx } from "../platform/context.ts";
import type { FormerSlugTable } from "./table.ts";

type Slug = Pick<FormerSlugTable, "kind" | "initiative_id" | "slug">;

/** A slug is given up: its addresses lead to where the target is, or say that it is gone while it is not out. */
export async function leaveSlug(ctx: Ctx, slug: Slug & { target_id: string }): Promise<void> {
  await ctx.db
    .insertInto("former_slugs")
    .values({ ...slug, since: ctx.now() })
    .onConflict((conflict) =>
      conflict
        .columns(["kind", "initiative_id", "slug"])
        .doUpdateSet({ target_id: slug.target_id, since: ctx.now() }),
    )
    .execute();
}

/** A slug is in use again: what it led to before is forgotten. */
export async function takeSlug(ctx: Ctx, { kind, initiative_id, slug }: Slug): Promise<void> {
  await ctx.db
    .deleteFrom("former_slugs")
    .where("kind", "=", kind)
    .where("initiative_id", initiative_id === null ? "is" : "=", initiative_id)
    .where("slug", "=", slug)
    .execute();
}
