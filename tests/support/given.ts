import type { InitiativeKind } from "../../src/initiatives/table.ts";
import type { Ctx } from "../../src/platform/context.ts";

const json = (value: unknown) => JSON.stringify(value);
let counter = 0;

/** Makes what a test needs to be there, with sensible values for what the test does not care about. */
export const given = (ctx: Ctx) => ({
  async initiative(wanted: { slug?: string; name?: string; kind?: InitiativeKind; host?: string } = {}) {
    const slug = wanted.slug ?? `initiative-${++counter}`;
    const name = wanted.name ?? `Initiatief ${slug}`;
    const row = await ctx.db
      .insertInto("initiatives")
      .values({
        slug,
        kind: wanted.kind ?? "initiative",
        name: json({ nl: name }),
        tagline: json({ nl: `De leus van ${name}` }),
        lead: json({ nl: `Waar ${name} om draait.` }),
        story: json({ nl: "" }),
        links: json([]),
        host: wanted.host ?? null,
        created_at: ctx.now(),
      })
      .returning(["id", "slug"])
      .executeTakeFirstOrThrow();
    await ctx.db
      .insertInto("newsletters")
      .values({
        initiative_id: row.id,
        name: json({ nl: `Nieuws van ${name}` }),
        description: json({ nl: "Nieuws." }),
      })
      .execute();
    return row;
  },

  async update(wanted: {
    initiativeId: string;
    slug?: string;
    title?: string;
    body?: string;
    publishedAt?: Date;
  }) {
    const slug = wanted.slug ?? `update-${++counter}`;
    const title = wanted.title ?? `Update ${slug}`;
    const publishedAt = wanted.publishedAt ?? ctx.now();
    return ctx.db
      .insertInto("updates")
      .values({
        initiative_id: wanted.initiativeId,
        slug,
        title: json({ nl: title }),
        summary: json({ nl: `Samenvatting van ${title}` }),
        body: json({ nl: wanted.body ?? `Tekst van ${title}.` }),
        published_at: publishedAt,
        changed_at: publishedAt,
      })
      .returning(["id", "slug"])
      .executeTakeFirstOrThrow();
  },
});
