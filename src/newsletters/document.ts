import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import type { Localized } from "../platform/localized.ts";
import {
  type Applied,
  choice,
  type Document,
  defineDocument,
  isUuid,
  line,
  lines,
  localized,
  localizedOrNull,
} from "../writing/operations.ts";

const rhythms = ["none", "weekly", "monthly"] as const;

type NewsletterContent = {
  name: Localized;
  description: Localized;
  welcome: Localized;
  digest: (typeof rhythms)[number];
};

/** What a newsletter says of itself: its name, what one gets, and its welcome. */
export const newsletterDocument = defineDocument<NewsletterContent>({
  kind: "newsletter",
  name: "newsletters:document.kind",
  section: "newsletters",
  actions: { edit: "newsletters.write", publish: "newsletters.write" },
  fields: [
    line("name", { localized: true, label: "newsletters:document.name", max: 100 }),
    lines("description", { localized: true, label: "newsletters:document.description", max: 400 }),
    lines("welcome", {
      localized: true,
      label: "newsletters:document.welcome",
      description: "newsletters:document.welcomeHelp",
      max: 1000,
      optional: true,
    }),
    choice("digest", {
      label: "newsletters:document.digest",
      description: "newsletters:document.digestHelp",
      of: rhythms.map((value) => ({ value, label: `newsletters:document.rhythm.${value}` })),
      initial: "none",
    }),
  ],
  title: ({ name }) => name,
  read: async (ctx, key) => {
    if (!isUuid(key)) return null;
    const row = await ctx.db.selectFrom("newsletters").selectAll().where("id", "=", key).executeTakeFirst();
    if (!row) return null;
    const { name, description, welcome, digest } = row;
    const content = { name, description, welcome: welcome ?? { nl: "", en: "" }, digest };
    return { initiativeId: row.initiative_id, content };
  },
  apply,
  publicPath: async (ctx, { initiativeId }, _content, language) => {
    if (initiativeId === null) return paths(language).newsletter;
    const island = await ctx.db
      .selectFrom("initiatives")
      .select("slug")
      .where("id", "=", initiativeId)
      .executeTakeFirstOrThrow();
    return paths(language).island(island.slug).newsletter;
  },
});

async function apply(ctx: Ctx, { key }: Document, content: NewsletterContent): Promise<Applied> {
  await ctx.db
    .updateTable("newsletters")
    .set({
      name: localized(content.name),
      description: localized(content.description),
      welcome: localizedOrNull(content.welcome),
      digest: content.digest,
    })
    .where("id", "=", key)
    .execute();
  return { kind: "applied" };
}
