import type { Ctx } from "../../platform/context.ts";
import type { Localized } from "../../platform/localized.ts";
import {
  type Applied,
  type Document,
  defineDocument,
  type ImageContent,
  image,
  isUuid,
  line,
  list,
  localized,
  localizedOrNull,
  markdown,
} from "../../writing/operations.ts";
import { findInitiative, islandPart } from "./part.ts";

type PortraitsContent = {
  portraits: { name: string; role: Localized; text: Localized; image: ImageContent }[];
};

/** The people of an island, in their order. */
export const portraitsDocument = defineDocument<PortraitsContent>({
  ...islandPart,
  kind: "portraits",
  name: "initiatives:document.portraits",
  fields: [
    list(
      "portraits",
      [
        line("name", { label: "initiatives:document.personName", max: 100 }),
        line("role", { localized: true, label: "initiatives:document.personRole", max: 150 }),
        markdown("text", {
          localized: true,
          label: "initiatives:document.personText",
          max: 5000,
          optional: true,
        }),
        image("image", {
          label: "initiatives:document.personImage",
          description: "initiatives:document.personImageHelp",
          described: false, // the name beside a portrait says who it shows
        }),
      ],
      {
        label: "initiatives:document.portraits",
        item: "initiatives:document.portrait",
        add: "initiatives:document.addPortrait",
        max: 50,
      },
    ),
  ],
  title: () => "",
  read: async (ctx, key) => {
    if (!isUuid(key) || !(await findInitiative(ctx, key))) return null;
    const rows = await ctx.db
      .selectFrom("portraits")
      .selectAll()
      .where("initiative_id", "=", key)
      .orderBy("position")
      .execute();
    const portraits = rows.map(({ name, role, text, image }) => ({
      name,
      role,
      text: text ?? { nl: "", en: "" },
      image: { path: image ?? "", alt: { nl: "", en: "" }, decorative: false },
    }));
    return { initiativeId: key, content: { portraits } };
  },
  apply,
});

async function apply(ctx: Ctx, { key }: Document, { portraits }: PortraitsContent): Promise<Applied> {
  await ctx.db.deleteFrom("portraits").where("initiative_id", "=", key).execute();
  if (portraits.length > 0)
    await ctx.db
      .insertInto("portraits")
      .values(
        portraits.map((one, position) => ({
          initiative_id: key,
          name: one.name,
          role: localized(one.role),
          text: localizedOrNull(one.text),
          image: one.image.path || null,
          position,
        })),
      )
      .execute();
  return { kind: "applied" };
}
