import type { Ctx } from "../../platform/context.ts";
import { pick as inLanguage, type Localized } from "../../platform/localized.ts";
import {
  type Applied,
  type Document,
  defineDocument,
  isUuid,
  line,
  list,
  localizedOrNull,
  pick,
  url,
} from "../../writing/operations.ts";
import { findInitiative, islandPart } from "./part.ts";

type SupportersContent = {
  supporters: { name: string; text: Localized; url: string; island: string }[];
};

/** Who supports an island, in their order; a supporter with an island of its own makes a bridge on the map. */
export const supportersDocument = defineDocument<SupportersContent>({
  ...islandPart,
  kind: "supporters",
  name: "initiatives:document.supporters",
  fields: [
    list(
      "supporters",
      [
        line("name", { label: "initiatives:document.supporterName", max: 150 }),
        line("text", {
          localized: true,
          label: "initiatives:document.supporterText",
          max: 300,
          optional: true,
        }),
        url("url", { label: "initiatives:document.supporterUrl", optional: true }),
        pick("island", {
          label: "initiatives:document.supporterIsland",
          from: "initiatives",
          optional: true,
        }),
      ],
      {
        label: "initiatives:document.supporters",
        item: "initiatives:document.supporter",
        add: "initiatives:document.addSupporter",
        max: 100,
      },
    ),
  ],
  title: () => "",
  options: async (ctx, { key }, language) => {
    const islands = await ctx.db
      .selectFrom("initiatives")
      .select(["id", "name"])
      .where("id", "!=", key)
      .orderBy("position")
      .limit(1000)
      .execute();
    return {
      initiatives: islands.map(({ id, name }) => ({ value: id, label: inLanguage(name, language).text })),
    };
  },
  read: async (ctx, key) => {
    if (!isUuid(key) || !(await findInitiative(ctx, key))) return null;
    const rows = await ctx.db
      .selectFrom("supporters")
      .selectAll()
      .where("initiative_id", "=", key)
      .orderBy("position")
      .execute();
    const supporters = rows.map(({ name, text, url, supporter_id }) => ({
      ...{ name, text: text ?? { nl: "", en: "" }, url: url ?? "", island: supporter_id ?? "" },
    }));
    return { initiativeId: key, content: { supporters } };
  },
  apply,
});

async function apply(ctx: Ctx, { key }: Document, { supporters }: SupportersContent): Promise<Applied> {
  const ids = supporters.map(({ island }) => island).filter(isUuid);
  const there = ids.length
    ? await ctx.db.selectFrom("initiatives").select("id").where("id", "in", ids).execute()
    : [];
  const known = new Set(there.map(({ id }) => id));
  await ctx.db.deleteFrom("supporters").where("initiative_id", "=", key).execute();
  if (supporters.length > 0)
    await ctx.db
      .insertInto("supporters")
      .values(
        supporters.map((one, position) => ({
          initiative_id: key,
          name: one.name,
          text: localizedOrNull(one.text),
          url: one.url || null,
          supporter_id: known.has(one.island) ? one.island : null,
          position,
        })),
      )
      .execute();
  return { kind: "applied" };
}
