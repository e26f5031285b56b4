import { paths } from "../../paths.ts";
import type { Ctx } from "../../platform/context.ts";
import { pick as inLanguage, type Localized } from "../../platform/localized.ts";
import {
  type Applied,
  choice,
  type Document,
  defineDocument,
  isUuid,
  leaveSlug,
  line,
  lines,
  list,
  localized,
  localizedOrNull,
  markdown,
  pick,
  pickSome,
  slug,
  takeSlug,
  url,
} from "../../writing/operations.ts";
import { type InitiativeKind, initiativeKinds } from "../table.ts";

type IslandContent = {
  name: Localized;
  tagline: Localized;
  lead: Localized;
  story: Localized;
  kind: InitiativeKind;
  themes: string[];
  partOf: string;
  contactHeading: Localized;
  contactText: Localized;
  links: { kind: "linkedin" | "website"; url: string }[];
  slug: string;
};

const inBoth = { localized: true } as const;

/** What an island says of itself. Publishing it brings the island out; withdrawing it takes the island away. */
export const islandDocument = defineDocument<IslandContent>({
  kind: "island",
  name: "initiatives:document.island",
  section: "islands",
  actions: { edit: "island.edit", publish: "island.publish", withdraw: "island.withdraw" },
  fields: [
    line("name", { ...inBoth, label: "initiatives:document.name", max: 100 }),
    line("tagline", { ...inBoth, label: "initiatives:document.tagline", max: 200 }),
    lines("lead", { ...inBoth, label: "initiatives:document.lead", max: 600 }),
    markdown("story", { ...inBoth, label: "initiatives:document.story", max: 40_000, optional: true }),
    choice("kind", {
      label: "initiatives:document.kind",
      of: initiativeKinds.map((value) => ({ value, label: `initiatives:kind.${value}` })),
    }),
    pickSome("themes", { label: "initiatives:document.themes", from: "themes" }),
    pick("partOf", { label: "initiatives:document.partOf", from: "initiatives", optional: true }),
    line("contactHeading", {
      ...inBoth,
      label: "initiatives:document.contactHeading",
      max: 150,
      optional: true,
    }),
    markdown("contactText", {
      ...inBoth,
      label: "initiatives:document.contactText",
      max: 5000,
      optional: true,
    }),
    list(
      "links",
      [
        choice("kind", {
          label: "initiatives:document.linkKind",
          of: (["website", "linkedin"] as const).map((value) => ({
            value,
            label: `initiatives:document.linkKinds.${value}`,
          })),
          initial: "website",
        }),
        url("url", { label: "initiatives:document.linkUrl" }),
      ],
      {
        label: "initiatives:document.links",
        item: "initiatives:document.link",
        add: "initiatives:document.addLink",
        max: 10,
      },
    ),
    slug("slug", {
      label: "initiatives:document.slug",
      description: "initiatives:document.slugHelp",
      from: "name",
    }),
  ],
  title: ({ name }) => name,
  options: async (ctx, { key }, language) => {
    const [themes, initiatives] = await Promise.all([
      ctx.db.selectFrom("themes").select(["slug", "name"]).orderBy("position").execute(),
      ctx.db
        .selectFrom("initiatives")
        .select(["id", "name"])
        .where("id", "!=", key)
        .orderBy("position")
        .limit(1000)
        .execute(),
    ]);
    return {
      themes: themes.map((one) => ({ value: one.slug, label: inLanguage(one.name, language).text })),
      initiatives: initiatives.map((one) => ({ value: one.id, label: inLanguage(one.name, language).text })),
    };
  },
  read,
  apply,
  remove: async (ctx, { key }) => {
    await ctx.db
      .updateTable("initiatives")
      .set({ published_at: null, withdrawn_at: ctx.now() })
      .where("id", "=", key)
      .execute();
  },
  publicPath: async (_ctx, _document, content, language) => paths(language).island(content.slug).home,
});

const noText = { nl: "", en: "" };

async function read(ctx: Ctx, key: string) {
  if (!isUuid(key)) return null;
  const row = await ctx.db.selectFrom("initiatives").selectAll().where("id", "=", key).executeTakeFirst();
  if (!row) return null;
  const themes = await ctx.db
    .selectFrom("initiative_themes")
    .select("theme")
    .where("initiative_id", "=", key)
    .orderBy("theme")
    .execute();
  const content: IslandContent = {
    ...{ name: row.name, tagline: row.tagline, lead: row.lead, story: row.story, kind: row.kind },
    themes: themes.map(({ theme }) => theme),
    partOf: row.part_of ?? "",
    contactHeading: row.contact_heading ?? noText,
    contactText: row.contact_text ?? noText,
    ...{ links: row.links, slug: row.slug },
  };
  return { initiativeId: row.id, content, out: row.published_at !== null };
}

async function apply(ctx: Ctx, { key: id }: Document, content: IslandContent): Promise<Applied> {
  const taken = await ctx.db
    .selectFrom("initiatives")
    .select("id")
    .where("slug", "=", content.slug)
    .where("id", "!=", id)
    .executeTakeFirst();
  if (taken)
    return { kind: "refused", errors: [{ name: "slug", message: "initiatives:document.slugTaken" }] };
  if (content.partOf && (await isBelow(ctx, content.partOf, id)))
    return { kind: "refused", errors: [{ name: "partOf", message: "initiatives:document.circle" }] };
  const before = await ctx.db
    .selectFrom("initiatives")
    .select(["slug", "published_at"])
    .where("id", "=", id)
    .executeTakeFirst();
  await ctx.db
    .updateTable("initiatives")
    .set({
      name: localized(content.name),
      tagline: localized(content.tagline),
      lead: localized(content.lead),
      story: localized(content.story),
      kind: content.kind,
      part_of: content.partOf || null,
      contact_heading: localizedOrNull(content.contactHeading),
      contact_text: localizedOrNull(content.contactText),
      links: JSON.stringify(content.links),
      slug: content.slug,
      published_at: before?.published_at ?? ctx.now(),
      withdrawn_at: null,
    })
    .where("id", "=", id)
    .execute();
  await ctx.db.deleteFrom("initiative_themes").where("initiative_id", "=", id).execute();
  if (content.themes.length > 0)
    await ctx.db
      .insertInto("initiative_themes")
      .columns(["initiative_id", "theme"])
      .expression(
        ctx.db
          .selectFrom("themes")
          .select(({ val, ref }) => [val(id).$castTo<string>().as("initiative_id"), ref("slug").as("theme")])
          .where("slug", "in", content.themes),
      )
      .execute();
  const own = { kind: "initiative" as const, initiative_id: null };
  if (before && before.slug !== content.slug)
    await leaveSlug(ctx, { ...own, slug: before.slug, target_id: id });
  await takeSlug(ctx, { ...own, slug: content.slug });
  return { kind: "applied" };
}

/** Whether an initiative is, by whatever steps, a part of `of` (or `of` itself). */
async function isBelow(ctx: Ctx, id: string, of: string): Promise<boolean> {
  const found = await ctx.db
    .withRecursive("above", (db) =>
      db
        .selectFrom("initiatives")
        .select(["initiatives.id", "initiatives.part_of"])
        .where("initiatives.id", "=", id)
        .union(
          db
            .selectFrom("initiatives")
            .innerJoin("above", "above.part_of", "initiatives.id")
            .select(["initiatives.id", "initiatives.part_of"]),
        ),
    )
    .selectFrom("above")
    .select("id")
    .where("id", "=", of)
    .executeTakeFirst();
  return found !== undefined;
}
