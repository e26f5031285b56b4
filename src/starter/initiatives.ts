import { existsSync } from "node:fs";
import type { InitiativeKind } from "../initiatives/table.ts";
import type { HelpKind } from "../participation/table.ts";
import type { Ctx } from "../platform/context.ts";
import type { Localized } from "../platform/localized.ts";
import { listBases, localized, localizedBody, readTexts, required, type Texts } from "./read.ts";

type Front = {
  kind: InitiativeKind;
  position?: number;
  themes?: string[];
  partOf?: string;
  localHost?: string;
  host?: string;
  contactEmail?: string;
  links?: { kind: "linkedin" | "website"; url: string }[];
  portraits?: { name: string; image?: string }[];
  questions?: { slug: string }[];
  supporters?: { name: string; url?: string; initiative?: string }[];
  helpWanted?: { kind: HelpKind; until?: string }[];
};

const json = (value: unknown) => JSON.stringify(value);
const jsonOrNull = (value: unknown) => (value === null ? null : json(value));
const frontOf = (texts: Texts) => texts.nl.front as unknown as Front;

/** Loads the islands in `<root>/initiatives` with their parts and updates; references by slug come second. */
export async function loadInitiatives(ctx: Ctx, root: string): Promise<void> {
  const islands: { id: string; slug: string; texts: Texts; folder: string }[] = [];
  for (const base of listBases(`${root}/initiatives`)) {
    const slug = base.slice(base.lastIndexOf("/") + 1);
    const texts = readTexts(base);
    islands.push({ id: await insertInitiative(ctx, slug, texts), slug, texts, folder: base });
  }
  const ids = new Map(islands.map(({ slug, id }) => [slug, id]));
  for (const { id, texts, folder } of islands) {
    const front = frontOf(texts);
    if (front.partOf)
      await ctx.db
        .updateTable("initiatives")
        .set({ part_of: ids.get(front.partOf) ?? null })
        .where("id", "=", id)
        .execute();
    await insertParts(ctx, id, texts, ids);
    await insertHelpWanted(ctx, id, texts);
    if (existsSync(`${folder}/updates`)) await insertUpdates(ctx, id, `${folder}/updates`);
  }
}

async function insertInitiative(ctx: Ctx, slug: string, texts: Texts): Promise<string> {
  const front = frontOf(texts);
  const onLocalhost = new URL(ctx.config.baseUrl).hostname === "localhost";
  const { id } = await ctx.db
    .insertInto("initiatives")
    .values({
      slug,
      kind: front.kind,
      name: json(required(texts, "name")),
      tagline: json(required(texts, "tagline")),
      lead: json(required(texts, "lead")),
      story: json(localizedBody(texts)),
      contact_heading: jsonOrNull(localized(texts, "contact", "heading")),
      contact_text: jsonOrNull(localized(texts, "contact", "text")),
      contact_email: front.contactEmail ?? null,
      links: json(front.links ?? []),
      host: front.host ?? (onLocalhost ? (front.localHost ?? null) : null),
      position: front.position ?? 0,
      created_at: ctx.now(),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  if (front.themes?.length)
    await ctx.db
      .insertInto("initiative_themes")
      .values(front.themes.map((theme) => ({ initiative_id: id, theme })))
      .execute();
  await ctx.db
    .insertInto("newsletters")
    .values({
      initiative_id: id,
      name: json(localized(texts, "newsletter", "name") ?? newsletterName(required(texts, "name"))),
      description: json(
        localized(texts, "newsletter", "description") ?? newsletterDescription(required(texts, "name")),
      ),
    })
    .execute();
  return id;
}

const newsletterName = (name: Localized): Localized => ({
  nl: `Nieuwsbrief van ${name.nl}`,
  en: `Newsletter of ${name.nl}`,
});
const newsletterDescription = (name: Localized): Localized => ({
  nl: `Lees als eerste wat er gebeurt bij ${name.nl}.`,
  en: `Be the first to read what happens at ${name.nl}.`,
});

async function insertParts(ctx: Ctx, id: string, texts: Texts, ids: Map<string, string>): Promise<void> {
  const { portraits = [], questions = [], supporters = [] } = frontOf(texts);
  for (const [position, { name, image }] of portraits.entries()) {
    const values = {
      role: json(required(texts, "portraits", position, "role")),
      text: jsonOrNull(localized(texts, "portraits", position, "text")),
    };
    await ctx.db
      .insertInto("portraits")
      .values({ initiative_id: id, name, image: image ?? null, position, ...values })
      .execute();
  }
  for (const [position, { slug }] of questions.entries()) {
    const question = json(required(texts, "questions", position, "question"));
    const answer = json(required(texts, "questions", position, "answer"));
    await ctx.db
      .insertInto("questions")
      .values({ initiative_id: id, slug, question, answer, position })
      .execute();
  }
  for (const [position, { name, url, initiative }] of supporters.entries()) {
    const text = jsonOrNull(localized(texts, "supporters", position, "text"));
    const supporter_id = (initiative && ids.get(initiative)) || null;
    await ctx.db
      .insertInto("supporters")
      .values({ initiative_id: id, name, text, url: url ?? null, supporter_id, position })
      .execute();
  }
}

async function insertHelpWanted(ctx: Ctx, id: string, texts: Texts): Promise<void> {
  for (const [position, { kind, until }] of (frontOf(texts).helpWanted ?? []).entries()) {
    const text = json(required(texts, "helpWanted", position, "text"));
    await ctx.db
      .insertInto("help_wanted")
      .values({ initiative_id: id, kind, text, until: until ?? null, position })
      .execute();
  }
}

async function insertUpdates(ctx: Ctx, initiativeId: string, folder: string): Promise<void> {
  for (const base of listBases(folder)) {
    const texts = readTexts(base);
    const { date, author, image } = texts.nl.front as { date: string; author?: string; image?: string };
    await ctx.db
      .insertInto("updates")
      .values({
        initiative_id: initiativeId,
        slug: base.replace(/^.*\/\d{4}-\d{2}-\d{2}-/, ""),
        title: json(required(texts, "title")),
        summary: json(required(texts, "summary")),
        body: json(localizedBody(texts)),
        author: author ?? null,
        image: image ?? null,
        image_alt: jsonOrNull(localized(texts, "imageAlt")),
        // Noon in Amsterdam, winter or summer time: the seeds give a day and no hour.
        published_at: new Date(`${date}T11:00:00Z`),
        changed_at: new Date(`${date}T11:00:00Z`),
      })
      .execute();
  }
}
