import { paths } from "../paths.ts";
import type { Ctx } from "../platform/context.ts";
import type { Localized } from "../platform/localized.ts";
import {
  type Applied,
  choice,
  type Document,
  date,
  dayOf,
  defineDocument,
  isUuid,
  lines,
  list,
  localized,
  type TypedDay,
  typedDay,
} from "../writing/operations.ts";
import { type HelpKind, helpKinds } from "./table.ts";

type HelpContent = { help: { kind: HelpKind; text: Localized; until: TypedDay }[] };

/** The help that an initiative wants, in its order. */
export const helpDocument = defineDocument<HelpContent>({
  kind: "help",
  name: "participation:document.help",
  section: "islands",
  actions: { edit: "island.edit", publish: "island.publish" },
  fields: [
    list(
      "help",
      [
        choice("kind", {
          label: "participation:document.kind",
          of: helpKinds.map((value) => ({ value, label: `participation:kind.${value}` })),
        }),
        lines("text", { localized: true, label: "participation:document.text", max: 400 }),
        date("until", {
          label: "participation:document.until",
          description: "participation:document.untilHelp",
          optional: true,
        }),
      ],
      {
        label: "participation:document.help",
        item: "participation:document.item",
        add: "participation:document.add",
        max: 20,
      },
    ),
  ],
  title: () => "",
  read: async (ctx, key) => {
    if (!isUuid(key)) return null;
    const island = await ctx.db
      .selectFrom("initiatives")
      .select("id")
      .where("id", "=", key)
      .executeTakeFirst();
    if (!island) return null;
    const rows = await ctx.db
      .selectFrom("help_wanted")
      .select(["kind", "text", "until"])
      .where("initiative_id", "=", key)
      .orderBy("position")
      .execute();
    return {
      initiativeId: key,
      content: { help: rows.map((row) => ({ ...row, until: typedDay(row.until) })) },
    };
  },
  apply,
  publicPath: async (ctx, { key }, _content, language) => {
    const island = await ctx.db
      .selectFrom("initiatives")
      .select("slug")
      .where("id", "=", key)
      .executeTakeFirstOrThrow();
    return paths(language).island(island.slug).home;
  },
});

async function apply(ctx: Ctx, { key }: Document, { help }: HelpContent): Promise<Applied> {
  await ctx.db.deleteFrom("help_wanted").where("initiative_id", "=", key).execute();
  if (help.length > 0)
    await ctx.db
      .insertInto("help_wanted")
      .values(
        help.map(({ kind, text, until }, position) => ({
          ...{ initiative_id: key, kind, text: localized(text), until: dayOf(until) ?? null, position },
        })),
      )
      .execute();
  return { kind: "applied" };
}
