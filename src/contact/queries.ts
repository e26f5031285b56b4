import type { Ctx } from "../platform/context.ts";

/** To whom a tip goes: an island, or the movement (slug null). Without an address of its own: the movement's. */
export async function getAddressee(ctx: Ctx, slug: string | null) {
  const movement = await ctx.db.selectFrom("movement").select(["name", "contact_email"]).executeTakeFirst();
  if (!movement) return null;
  const fallback = movement.contact_email ?? ctx.config.mail.from;
  if (slug === null)
    return {
      id: null,
      slug: null,
      host: null,
      name: movement.name,
      heading: null,
      text: null,
      email: fallback,
    };
  const island = await ctx.db
    .selectFrom("initiatives")
    .select([
      "id",
      "slug",
      "host",
      "name",
      "contact_heading as heading",
      "contact_text as text",
      "contact_email",
    ])
    .where("slug", "=", slug)
    .where("published_at", "is not", null)
    .executeTakeFirst();
  if (!island) return null;
  const { contact_email, ...rest } = island;
  return { ...rest, email: contact_email ?? fallback };
}

export type Addressee = NonNullable<Awaited<ReturnType<typeof getAddressee>>>;

/** A tip with its sender and the island it goes to, for the mail that brings it. */
export const getTip = (ctx: Ctx, id: string) =>
  ctx.db
    .selectFrom("tips as t")
    .innerJoin("people as p", "p.id", "t.person_id")
    .leftJoin("initiatives as i", "i.id", "t.initiative_id")
    .select(["t.id", "t.kind", "t.text", "t.name", "t.organisation", "t.place", "t.link", "t.mailed_at"])
    .select(["p.email", "i.slug"])
    .where("t.id", "=", id)
    .executeTakeFirst();

export type StoredTip = NonNullable<Awaited<ReturnType<typeof getTip>>>;

export { countOpenTips, listTips } from "./desk-queries.ts";
export { listTipsOf } from "./person.ts";
