import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import type { Localized } from "../platform/localized.ts";
import {
  type Applied,
  type Document,
  defineDocument,
  type ImageContent,
  image,
  imageColumns,
  isUuid,
  leaveSlug,
  line,
  lines,
  localized,
  markdown,
  slug,
  takeSlug,
} from "../writing/operations.ts";

type UpdateContent = {
  title: Localized;
  summary: Localized;
  body: Localized;
  image: ImageContent;
  author: string;
  slug: string;
};

/** An update, as its team writes it. */
export const updateDocument = defineDocument<UpdateContent>({
  kind: "update",
  name: "updates:document.name",
  section: "updates",
  actions: { edit: "updates.write", publish: "updates.publish", withdraw: "updates.publish" },
  creatable: true,
  canSchedule: true,
  fields: [
    line("title", { localized: true, label: "updates:document.title", max: 150 }),
    lines("summary", {
      localized: true,
      label: "updates:document.summary",
      description: "updates:document.summaryHelp",
      max: 400,
    }),
    markdown("body", { localized: true, label: "updates:document.body", max: 60_000 }),
    image("image", { label: "updates:document.image" }),
    line("author", { label: "updates:document.author", max: 100, optional: true }),
    slug("slug", { label: "updates:document.slug", description: "updates:document.slugHelp", from: "title" }),
  ],
  title: ({ title }) => title,
  read,
  apply,
  remove,
  publicPath: async (ctx, { initiativeId }, { slug }, language) => {
    const island = await ctx.db
      .selectFrom("initiatives")
      .select("slug")
      .where("id", "=", initiativeId)
      .executeTakeFirstOrThrow();
    return paths(language).island(island.slug).update(slug);
  },
});

async function read(ctx: Ctx, key: string) {
  if (!isUuid(key)) return null;
  const row = await ctx.db.selectFrom("updates").selectAll().where("id", "=", key).executeTakeFirst();
  if (!row) return null;
  const content: UpdateContent = {
    title: row.title,
    summary: row.summary,
    body: row.body,
    image: {
      path: row.image ?? "",
      alt: row.image_alt ?? { nl: "", en: "" },
      decorative: row.image !== null && row.image_alt === null,
    },
    author: row.author ?? "",
    slug: row.slug,
  };
  return { initiativeId: row.initiative_id, content, publishedAt: row.published_at };
}

async function apply(ctx: Ctx, document: Document, content: UpdateContent): Promise<Applied> {
  const { key: id, initiativeId } = document;
  if (initiativeId === null) throw new Error(`The update ${id} belongs to no initiative`);
  const own = { kind: "update" as const, initiative_id: initiativeId };
  const sameSlug = await ctx.db
    .selectFrom("updates")
    .select("id")
    .where("initiative_id", "=", initiativeId)
    .where("slug", "=", content.slug)
    .where("id", "!=", id)
    .executeTakeFirst();
  if (sameSlug) return { kind: "refused", errors: [{ name: "slug", message: "updates:document.slugTaken" }] };
  const before = await ctx.db.selectFrom("updates").select("slug").where("id", "=", id).executeTakeFirst();
  const texts = {
    slug: content.slug,
    title: localized(content.title),
    summary: localized(content.summary),
    body: localized(content.body),
    author: content.author || null,
    ...imageColumns(content.image),
    changed_at: ctx.now(),
  };
  await ctx.db
    .insertInto("updates")
    .values({ id, initiative_id: initiativeId, published_at: document.publishedAt ?? ctx.now(), ...texts })
    .onConflict((conflict) => conflict.column("id").doUpdateSet(texts))
    .execute();
  if (before && before.slug !== content.slug)
    await leaveSlug(ctx, { ...own, slug: before.slug, target_id: id });
  await takeSlug(ctx, { ...own, slug: content.slug });
  return { kind: "applied" };
}

async function remove(ctx: Ctx, { key: id }: Document): Promise<void> {
  const gone = await ctx.db
    .deleteFrom("updates")
    .where("id", "=", id)
    .returning(["slug", "initiative_id"])
    .executeTakeFirst();
  if (gone) await leaveSlug(ctx, { kind: "update", ...gone, target_id: id });
}
