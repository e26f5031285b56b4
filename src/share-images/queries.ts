import { getArchived, wordsFor } from "../editions/queries.ts";
import { getIsland, listInitiatives } from "../initiatives/queries.ts";
import { getManifesto } from "../manifesto/queries.ts";
import { getNewsletter } from "../newsletters/queries.ts";
import type { Ctx } from "../platform/context.ts";
import { dateInWords, formatNumber, type Language, translator } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { getFigures, roundedDown } from "../signatures/queries.ts";
import { getMovement } from "../site/queries.ts";
import { getUpdate } from "../updates/queries.ts";
import type { Picture } from "./facts.ts";

/** Letters that the typefaces have: Latin script and common signs, no emoji. */
const drawable = (text: string) =>
  text
    .replace(
      /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]|\p{Extended_Pictographic}|\ufe0f|\u200d/gu,
      "",
    )
    .replace(/\s+/g, " ")
    .trim();

/** What stands on the movement's own picture, or null without content. */
export async function movementPicture(ctx: Ctx, language: Language): Promise<Picture | null> {
  const [movement, islands] = await Promise.all([
    getMovement(ctx),
    listInitiatives(ctx, { kind: null, theme: null }),
  ]);
  if (!movement) return null;
  const [title, subtitle] = [movement.name, movement.tagline].map(written(language));
  return {
    words: { site: null, title: title ?? "", subtitle: subtitle ?? null, foot: null },
    islands: islands.slice(0, 6).map(({ slug }) => slug),
  };
}

/** What stands on the manifesto's picture, with how many signed it (rounded down), or null without a manifesto. */
export async function manifestoPicture(ctx: Ctx, language: Language): Promise<Picture | null> {
  const [manifesto, movement, figures] = await Promise.all([
    getManifesto(ctx),
    movementPicture(ctx, language),
    getFigures(ctx),
  ]);
  if (!manifesto || !movement) return null;
  const count = roundedDown(figures.count);
  const number = formatNumber(count, language);
  const subtitle = count > 0 ? translator(language)("wall:pictureTitle", { count, number }) : null;
  const title = written(language)(manifesto.title);
  return { ...movement, words: { site: movement.words.title, title, subtitle, foot: null } };
}

/** What stands on an island's picture, or null for an unknown slug. */
export async function islandPicture(ctx: Ctx, language: Language, slug: string): Promise<Picture | null> {
  const [island, site] = await Promise.all([getIsland(ctx, slug), nameOfMovement(ctx, language)]);
  if (!island) return null;
  const [title, subtitle] = [island.name, island.tagline].map(written(language));
  return { words: { site, title: title ?? "", subtitle: subtitle ?? null, foot: null }, islands: [slug] };
}

/** What stands on an update's picture, or null when there is no such update (yet). */
export async function updatePicture(
  ctx: Ctx,
  language: Language,
  island: string,
  slug: string,
): Promise<Picture | null> {
  const [update, site] = await Promise.all([getUpdate(ctx, island, slug), nameOfMovement(ctx, language)]);
  if (!update) return null;
  const [title, name] = [update.title, update.islandName].map(written(language));
  const foot = `${name} · ${dateInWords(update.publishedAt, language)}`;
  return { words: { site, title: title || name || "", subtitle: null, foot }, islands: [island] };
}

/** What stands on the picture of a newsletter's edition, or null when none with this slug is on the web. */
export async function editionPicture(
  ctx: Ctx,
  language: Language,
  island: string | null,
  slug: string,
): Promise<Picture | null> {
  const newsletter = await getNewsletter(ctx, island);
  const [edition, ofMovement] = await Promise.all([
    newsletter ? getArchived(ctx, newsletter.id, slug) : undefined,
    movementPicture(ctx, language),
  ]);
  if (!newsletter || !edition?.content || !ofMovement) return null;
  const name = written(language)(newsletter.name);
  return {
    words: {
      site: ofMovement.words.title,
      title: drawable(wordsFor(edition.content, language).subject) || name,
      subtitle: null,
      foot: `${name} · ${dateInWords(edition.at, language)}`,
    },
    islands: island === null ? ofMovement.islands : [island],
  };
}

const written = (language: Language) => (text: Localized) => drawable(pick(text, language).text);

async function nameOfMovement(ctx: Ctx, language: Language): Promise<string | null> {
  const movement = await getMovement(ctx);
  return movement ? written(language)(movement.name) : null;
}
