import { paths } from "../paths.ts";
import { defaultLanguage, type Language, languages } from "../platform/i18n.ts";
import type { Localized } from "../platform/localized.ts";
import {
  choices,
  colour,
  defineDocument,
  email,
  group,
  line,
  lines,
  localized,
  markdown,
} from "../writing/operations.ts";
import { colourNames, contrastProblems } from "./colours.ts";

type MovementContent = {
  name: Localized;
  tagline: Localized;
  summary: Localized;
  mission: Localized;
  contactEmail: string;
  languages: Language[];
  colours: Record<string, string>;
};

const key = "movement";
const none = { nl: "", en: "" };

/** The movement's own settings: what it is called, what it says of itself, how it looks. */
export const movementDocument = defineDocument<MovementContent>({
  kind: "movement",
  name: "site:document.movement",
  section: "texts",
  actions: { edit: "movement.edit", publish: "movement.publish" },
  keys: async () => [key],
  fields: [
    line("name", { localized: true, label: "site:document.name", max: 80 }),
    line("tagline", { localized: true, label: "site:document.tagline", max: 200 }),
    lines("summary", { localized: true, label: "site:document.summary", max: 600 }),
    markdown("mission", { localized: true, label: "site:document.mission", max: 20_000 }),
    email("contactEmail", {
      label: "site:document.contactEmail",
      description: "site:document.contactEmailHelp",
      optional: true,
    }),
    choices("languages", {
      label: "site:document.languages",
      description: "site:document.languagesHelp",
      always: [defaultLanguage],
      of: languages.map((value) => ({ value, label: `ui:languageName.${value}` })),
    }),
    group(
      "colours",
      colourNames.map((name) => colour(name, { label: `site:colour.${name}` })),
      { label: "site:document.colours", description: "site:document.coloursHelp" },
    ),
  ],
  problems: ({ colours }) => contrastProblems(colours, "colours"),
  title: ({ name }) => name,
  read: async (ctx, wanted) => {
    if (wanted !== key) return null;
    const row = await ctx.db.selectFrom("movement").selectAll().executeTakeFirst();
    const content: MovementContent = {
      name: row?.name ?? none,
      tagline: row?.tagline ?? none,
      summary: row?.summary ?? none,
      mission: row?.mission ?? none,
      contactEmail: row?.contact_email ?? "",
      languages: row?.languages ?? [...languages],
      colours: Object.fromEntries(colourNames.map((name) => [name, row?.colours[name] ?? ""])),
    };
    return { initiativeId: null, content };
  },
  apply: async (ctx, _document, content) => {
    const chosen = Object.entries(content.colours).filter(([, value]) => value !== "");
    const settings = {
      name: localized(content.name),
      tagline: localized(content.tagline),
      summary: localized(content.summary),
      mission: localized(content.mission),
      contact_email: content.contactEmail || null,
      languages: JSON.stringify(content.languages),
      colours: JSON.stringify(Object.fromEntries(chosen)),
      changed_at: ctx.now(),
    };
    const { numUpdatedRows } = await ctx.db.updateTable("movement").set(settings).executeTakeFirst();
    if (numUpdatedRows === 0n) await ctx.db.insertInto("movement").values(settings).execute();
    return { kind: "applied" };
  },
  publicPath: async (_ctx, _document, _content, language) => paths(language).home,
});
