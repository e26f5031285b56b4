import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import { asset } from "../platform/assets.ts";
import { defaultLanguage, type Language } from "../platform/i18n.ts";
import type { PageProps } from "./page.tsx";

/** The two files every first screen needs; other subsets load when a page holds their letters. */
const fonts = [
  "node_modules/@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  "node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2",
];

const locales: Record<Language, string> = { nl: "nl_NL", en: "en_GB" };

/** The browser's bars in the colours of the page (tokens.css: paper, by day and at night). */
const themeColors = { light: "#fbf8f1", dark: "#06212a" };

export const Head: FC<PageProps> = (props) => {
  const { language, site, canonical, description } = props;
  const title = pageTitle(props);
  const og = props.openGraph;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      {description && <meta name="description" content={description} />}
      {props.noindex && <meta name="robots" content="noindex" />}
      {fonts.map((font) => (
        <link rel="preload" href={asset(font)} as="font" type="font/woff2" crossorigin="anonymous" />
      ))}
      <link rel="stylesheet" href={asset("browser/site.css")} />
      {props.styles?.map((source) => (
        <link rel="stylesheet" href={asset(source)} />
      ))}
      {site.theme && <link rel="stylesheet" href={site.theme} />}
      <link rel="canonical" href={canonical} />
      {alternates(props).map((link) => (
        <link rel="alternate" hreflang={link.hreflang} href={link.href} />
      ))}
      {props.feeds?.map((feed) => (
        <link rel="alternate" type={feed.type} title={feed.title} href={feed.href} />
      ))}
      <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      <link rel="icon" href="/icon-192.png" type="image/png" sizes="192x192" />
      <link rel="apple-touch-icon" href="/apple-touch-icon.png" />
      <link rel="manifest" href="/site.webmanifest" />
      <meta name="theme-color" content={themeColors.light} media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content={themeColors.dark} media="(prefers-color-scheme: dark)" />
      <meta property="og:site_name" content={site.name} />
      <meta property="og:title" content={og?.title ?? props.title} />
      <meta property="og:type" content={og?.type ?? "website"} />
      <meta property="og:url" content={canonical} />
      <meta property="og:locale" content={locales[language]} />
      {(og?.description ?? description) && (
        <meta property="og:description" content={og?.description ?? description} />
      )}
      {og?.published && <meta property="article:published_time" content={og.published.toISOString()} />}
      {og?.modified && <meta property="article:modified_time" content={og.modified.toISOString()} />}
      {og?.image && <meta property="og:image" content={og.image} />}
      {og?.image && og.imageAlt && <meta property="og:image:alt" content={og.imageAlt} />}
      <meta name="twitter:card" content={og?.image ? "summary_large_image" : "summary"} />
      {props.jsonLd?.map((data) => (
        <script type="application/ld+json">{raw(JSON.stringify(data).replaceAll("<", "\\u003c"))}</script>
      ))}
      {props.scripts?.map((source) => (
        <script type="module" src={asset(source)} />
      ))}
    </head>
  );
};

/** Tabs and search results cut a title about here. */
const longestTitle = 65;

/**
 * Errors and successes come first: a screen reader says the title before anything else. The site's name comes last,
 * where the title doesn't end with it already and there is room.
 */
function pageTitle({ title, site, errorCount, announce, t }: PageProps): string {
  const first = errorCount ? t("ui:titleErrors", { count: errorCount }) : announce;
  const own = [first, title].filter(Boolean).join(" - ");
  const whole = `${own} - ${site.name}`;
  return title.endsWith(site.name) || whole.length > longestTitle ? own : whole;
}

function alternates({ alternate = [], language, canonical }: PageProps) {
  if (alternate.length === 0) return [];
  const all = alternate.some((link) => link.language === language)
    ? alternate
    : [{ language, href: canonical }, ...alternate];
  const fallback = all.find((link) => link.language === defaultLanguage);
  const links: { hreflang: string; href: string }[] = all.map((link) => ({
    hreflang: link.language,
    href: link.href,
  }));
  return fallback ? [...links, { hreflang: "x-default", href: fallback.href }] : links;
}
