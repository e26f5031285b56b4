import { randomUUID } from "node:crypto";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { translator } from "../platform/i18n.ts";
import { slugOf } from "../platform/slug.ts";
import type { InitiativeKind } from "./table.ts";

type NewInitiative = {
  name: string;
  kind: InitiativeKind;
  tagline: string;
  story: string;
  website: string | null;
};

/** Makes an island with a newsletter, in Dutch. Nobody but who works on it sees it until it is published. Its id. */
export function createInitiative(ctx: Ctx, wanted: NewInitiative): Promise<string> {
  const dutch = (text: string) => JSON.stringify({ nl: text });
  const t = translator("nl");
  return inTransaction(ctx, async (ctx) => {
    const last = await ctx.db
      .selectFrom("initiatives")
      .select((eb) => eb.fn.max<number | null>("position").as("position"))
      .executeTakeFirst();
    const { id } = await ctx.db
      .insertInto("initiatives")
      .values({
        slug: await freeSlug(ctx, wanted.name),
        kind: wanted.kind,
        name: dutch(wanted.name),
        tagline: dutch(wanted.tagline),
        lead: dutch(wanted.tagline),
        story: dutch(wanted.story),
        links: JSON.stringify(wanted.website ? [{ kind: "website", url: wanted.website }] : []),
        position: (last?.position ?? 0) + 1,
        created_at: ctx.now(),
        published_at: null,
      })
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto("newsletters")
      .values({
        initiative_id: id,
        name: dutch(t("initiatives:newsletter.name", { name: wanted.name })),
        description: dutch(t("initiatives:newsletter.description", { name: wanted.name })),
      })
      .execute();
    return id;
  });
}

/** A slug made of the name, with a number behind it where it is or was in use. */
export async function freeSlug(ctx: Ctx, name: string): Promise<string> {
  const base = slugOf(name, 60) || `initiatief-${randomUUID().slice(0, 8)}`;
  const rows = await ctx.db
    .selectFrom("initiatives")
    .select("slug")
    .where("slug", "like", `${base}%`)
    .union(
      ctx.db
        .selectFrom("former_slugs")
        .select("slug")
        .where("kind", "=", "initiative")
        .where("slug", "like", `${base}%`),
    )
    .execute();
  const taken = new Set(rows.map(({ slug }) => slug));
  for (let number = 1; ; number++) {
    const slug = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(slug)) return slug;
  }
}
