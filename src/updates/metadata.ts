import { technical } from "../paths.ts";
import { pick } from "../platform/localized.ts";
import type { Breadcrumb } from "../ui/breadcrumbs.tsx";
import { canonicalIsland, islandPaths, type Visit } from "../visit.tsx";
import type { Island, Update } from "./queries.ts";

/** The way from the home page to a page about updates; on its own host an island is the home page. */
export function wayTo(
  visit: Visit,
  island: Pick<Island, "slug" | "name"> | null,
  rest: Breadcrumb[],
): Breadcrumb[] {
  const { t, language, here } = visit;
  const home = { href: here.frame(language).homeHref, label: t("updates:home") };
  if (!island || here.ownIsland === island.slug) return [home, ...rest];
  return [
    home,
    { href: visit.paths.initiatives, label: t("updates:initiatives") },
    { href: islandPaths(here, island.slug, language).home, label: pick(island.name, language).text },
    ...rest,
  ];
}

/** The address under which an update is known, and its island's home, with their site. */
export function canonicalUpdate(visit: Visit, update: Update) {
  const address = { slug: update.islandSlug, host: update.islandHost };
  const { origin, paths } = canonicalIsland(visit.here, address, visit.language);
  return { origin, url: origin + paths.update(update.slug), islandUrl: origin + paths.home };
}

export const shareImageOf = (visit: Visit, update: Update) =>
  canonicalUpdate(visit, update).origin +
  technical.shareImage(visit.language, update.islandSlug, update.slug);

/** schema.org NewsArticle, with the properties Google's documentation of articles recommends. */
export function articleData(visit: Visit, update: Update) {
  const { language } = visit;
  const { origin, url, islandUrl } = canonicalUpdate(visit, update);
  const publisher = { "@type": "Organization", name: pick(update.islandName, language).text, url: islandUrl };
  return {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: pick(update.title, language).text,
    description: pick(update.summary, language).text,
    inLanguage: pick(update.body, language).language,
    datePublished: update.publishedAt.toISOString(),
    dateModified: update.changedAt.toISOString(),
    author: update.author ? { "@type": "Person", name: update.author } : publisher,
    publisher,
    image: [shareImageOf(visit, update), ...(update.image ? [origin + technical.media(update.image)] : [])],
    url,
    mainEntityOfPage: url,
  };
}
