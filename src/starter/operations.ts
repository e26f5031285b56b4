import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import { parse } from "yaml";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { PageTable } from "../site/table.ts";
import { loadInitiatives } from "./initiatives.ts";
import { localized, localizedBody, readTexts, required } from "./read.ts";

const root = "content";
const json = (value: unknown) => JSON.stringify(value);

/** Loads the starter content into an empty database, once; whoever starts at the same moment waits and sees it. */
export async function loadStarter(ctx: Ctx): Promise<"loaded" | "not-empty"> {
  if (!existsSync(`${root}/movement.nl.md`)) throw new Error(`No starter content in ${root}/`);
  return inTransaction(ctx, async (ctx) => {
    await sql`select pg_advisory_xact_lock(4704728)`.execute(ctx.db);
    const present = await ctx.db.selectFrom("movement").select("name").executeTakeFirst();
    if (present) return "not-empty";
    await loadMovement(ctx);
    await loadManifesto(ctx);
    await loadThemes(ctx);
    await loadPages(ctx);
    await loadInitiatives(ctx, root);
    return "loaded";
  });
}

async function loadMovement(ctx: Ctx) {
  const texts = readTexts(`${root}/movement`);
  const { contactEmail } = texts.nl.front;
  await ctx.db
    .insertInto("movement")
    .values({
      name: json(required(texts, "name")),
      tagline: json(required(texts, "tagline")),
      summary: json(required(texts, "summary")),
      mission: json(localizedBody(texts)),
      contact_email: typeof contactEmail === "string" ? contactEmail : null,
    })
    .execute();
  await ctx.db
    .insertInto("newsletters")
    .values({
      initiative_id: null,
      name: json(required(texts, "newsletter", "name")),
      description: json(required(texts, "newsletter", "description")),
    })
    .execute();
}

async function loadManifesto(ctx: Ctx) {
  const texts = readTexts(`${root}/manifesto`);
  const front = texts.nl.front as { version: number; observations: string[]; principles: { slug: string }[] };
  await ctx.db
    .insertInto("manifestos")
    .values({
      version: front.version,
      title: json(required(texts, "title")),
      mission: json(localizedBody(texts)),
      observations_heading: json(required(texts, "observationsHeading")),
      observations: json(front.observations.map((_, at) => required(texts, "observations", at))),
      principles_heading: json(required(texts, "principlesHeading")),
      principles: json(
        front.principles.map(({ slug }, at) => ({
          slug,
          verb: required(texts, "principles", at, "verb"),
          text: required(texts, "principles", at, "text"),
        })),
      ),
      conclusion: json(required(texts, "conclusion")),
      published_at: ctx.now(),
    })
    .execute();
}

async function loadThemes(ctx: Ctx) {
  const themes = parse(readFileSync(`${root}/themes.yaml`, "utf8")) as {
    slug: string;
    nl: string;
    en?: string;
  }[];
  const rows = themes.map(({ slug, ...name }, position) => ({ slug, name: json(name), position }));
  await ctx.db.insertInto("themes").values(rows).execute();
}

async function loadPages(ctx: Ctx) {
  const slugs: PageTable["slug"][] = ["about", "privacy", "accessibility"];
  for (const slug of slugs) {
    const texts = readTexts(`${root}/pages/${slug}`);
    const summary = localized(texts, "summary");
    await ctx.db
      .insertInto("pages")
      .values({
        slug,
        title: json(required(texts, "title")),
        summary: summary && json(summary),
        body: json(localizedBody(texts)),
        updated_at: ctx.now(),
      })
      .execute();
  }
}
