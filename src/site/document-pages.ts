import { paths } from "../paths.ts";
import type { Localized } from "../platform/localized.ts";
import { defineDocument, line, lines, localized, localizedOrNull, markdown } from "../writing/operations.ts";
import type { PageTable } from "./table.ts";

type PageContent = { title: Localized; summary: Localized; body: Localized };

const slugs: readonly PageTable["slug"][] = ["about", "privacy", "accessibility"];
const slugOf = (key: string) => slugs.find((slug) => slug === key);

/** A page of the movement itself. */
export const pageDocument = defineDocument<PageContent>({
  kind: "page",
  name: "site:document.page",
  section: "texts",
  actions: { edit: "movement.edit", publish: "movement.publish" },
  canSchedule: true,
  keys: async () => [...slugs],
  fields: [
    line("title", { localized: true, label: "site:document.title", max: 120 }),
    lines("summary", { localized: true, label: "site:document.summary", max: 400, optional: true }),
    markdown("body", { localized: true, label: "site:document.body", max: 60_000 }),
  ],
  title: ({ title }) => title,
  read: async (ctx, key) => {
    const slug = slugOf(key);
    if (!slug) return null;
    const page = await ctx.db.selectFrom("pages").selectAll().where("slug", "=", slug).executeTakeFirst();
    const none = { nl: "", en: "" };
    const content = { title: page?.title ?? none, summary: page?.summary ?? none, body: page?.body ?? none };
    const published = page ? { publishedAt: page.updated_at } : { out: false };
    return { initiativeId: null, content, ...published };
  },
  apply: async (ctx, { key }, { title, summary, body }) => {
    const slug = slugOf(key);
    if (!slug) throw new Error(`No page "${key}"`);
    const texts = {
      title: localized(title),
      summary: localizedOrNull(summary),
      body: localized(body),
      updated_at: ctx.now(),
    };
    await ctx.db
      .insertInto("pages")
      .values({ slug, ...texts })
      .onConflict((conflict) => conflict.column("slug").doUpdateSet(texts))
      .execute();
    return { kind: "applied" };
  },
  publicPath: async (_ctx, { key }, _content, language) => paths(language)[slugOf(key) ?? "about"],
});
