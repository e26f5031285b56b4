import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { dateInWords } from "../platform/i18n.ts";
import { pick as inLanguage } from "../platform/localized.ts";
import {
  type Document,
  defineDocument,
  isUuid,
  line,
  list,
  markdown,
  pick,
  tick,
} from "../writing/operations.ts";
import { listUpdatesToPick } from "./queries.ts";
import type { EditionContent } from "./table.ts";

/** The most that fits an edition that people read to its end. */
const mostBlocks = 20;

/** An edition, as its team writes it. It goes out from its own page, not from here. */
export const editionDocument = defineDocument<EditionContent>({
  kind: "edition",
  name: "editions:document.name",
  section: "newsletters",
  actions: { edit: "newsletters.write", publish: "newsletters.write" },
  fields: [
    line("subject", {
      localized: true,
      label: "editions:document.subject",
      description: "editions:document.subjectHelp",
      max: 150,
    }),
    line("preheader", {
      localized: true,
      label: "editions:document.preheader",
      description: "editions:document.preheaderHelp",
      max: 150,
      optional: true,
    }),
    tick("greeting", { label: "editions:document.greeting" }),
    markdown("intro", { localized: true, label: "editions:document.intro", max: 20_000 }),
    list("blocks", [pick("update", { label: "editions:document.update", from: "updates" })], {
      label: "editions:document.blocks",
      description: "editions:document.blocksHelp",
      item: "editions:document.block",
      add: "editions:document.add",
      max: mostBlocks,
    }),
    markdown("closing", { localized: true, label: "editions:document.closing", max: 5000, optional: true }),
  ],
  title: ({ subject }) => subject,
  read: async (ctx, key) => {
    if (!isUuid(key)) return null;
    const edition = await ctx.db
      .selectFrom("editions as e")
      .innerJoin("newsletters as n", "n.id", "e.newsletter_id")
      .select(["n.initiative_id", "e.content"])
      .where("e.id", "=", key)
      .executeTakeFirst();
    return edition
      ? { initiativeId: edition.initiative_id, content: edition.content ?? emptyEdition() }
      : null;
  },
  onward: { label: "editions:document.onward", href: (to, { key }) => to.one("editions", key) },
  notice: async (ctx, { key }) => {
    const edition = await ctx.db
      .selectFrom("editions")
      .select("state")
      .where("id", "=", key)
      .executeTakeFirst();
    return edition && edition.state !== "draft" ? "editions:document.frozen" : null;
  },
  options: async (ctx, document, language) => ({ updates: await updatesToPick(ctx, document, language) }),
  apply: async () => ({ kind: "applied" }),
  publicPath: async () => "",
});

const emptyText = () => ({ nl: "", en: "" });

export const emptyEdition = (): EditionContent => ({
  subject: emptyText(),
  preheader: emptyText(),
  greeting: true,
  intro: emptyText(),
  blocks: [],
  closing: emptyText(),
});

async function updatesToPick(ctx: Ctx, { initiativeId }: Document, language: Language) {
  const updates = await listUpdatesToPick(ctx, initiativeId);
  return updates.map(({ id, title, published_at, initiative }) => {
    const words = [
      inLanguage(title, language).text,
      ...(initiativeId === null ? [inLanguage(initiative, language).text] : []),
      dateInWords(published_at, language),
    ];
    return { value: id, label: words.join(", ") };
  });
}
