import type { Context, Env } from "hono";
import type { Child } from "hono/jsx";
import { type IslandPaths, type Paths, paths } from "./paths.ts";
import type { Ctx } from "./platform/context.ts";
import type { Language, Translate } from "./platform/i18n.ts";
import { Page, type PageProps } from "./ui/page.tsx";

/** One request as the features see it: who is asked (which site), in which language, with what at hand. */
export type Visit = {
  ctx: Ctx;
  language: Language;
  t: Translate;
  /** The site that answers: the movement's, or an island's on its own host name. */
  here: Here;
  /** The movement's paths in this language, as seen from here (absolute on an island's own host). */
  paths: Paths;
  requestId: string;
};

export type Place = {
  /** Scheme and host of this site, without a trailing slash. */
  origin: string;
  /** Scheme and host of the movement's site. */
  movementOrigin: string;
  /** Slug of the island whose own host this is. */
  ownIsland: string | null;
  /** The languages that the site is shown in: Dutch, and English unless the movement leaves it out. */
  languages: readonly Language[];
};

/** The site that answers, with its header and footer in a language. */
export type Here = Place & { frame: (language: Language) => PageProps["site"] };

export type VisitEnv = Env & {
  Bindings: {
    here: Here;
    remoteAddress: string | null;
    requestId: string;
    route: string;
    /** What the request works with: the program's own, or a transaction that it is rendered in. */
    ctx: Ctx;
    /** The page that visitors get at a path of the movement's site, as this ctx sees the database. */
    render: Render;
  };
  Variables: { visit: Visit };
};
export type Render = (ctx: Ctx, path: string) => Promise<Response>;
export type VisitContext = Context<VisitEnv>;

/** What is needed to address an island: its slug, and its own host name where it has one. */
export type IslandAddress = { slug: string; host: string | null };

/** The paths of an island as seen from here. */
export function islandPaths(here: Place, slug: string, language: Language): IslandPaths {
  if (here.ownIsland === slug) return paths(language).ownHost;
  const island = paths(language).island(slug);
  return here.ownIsland === null ? island : absolute(island, here.movementOrigin);
}

/** The movement's paths as seen from here. */
export const movementPaths = (here: Place, language: Language): Paths =>
  here.ownIsland === null ? paths(language) : absolute(paths(language), here.movementOrigin);

/** Puts an origin before every path of a set. */
function absolute<Set extends object>(set: Set, origin: string): Set {
  const entries = Object.entries(set).map(([name, path]) => {
    if (typeof path === "string") return [name, origin + path];
    if (typeof path === "object") return [name, path];
    return [
      name,
      (argument: string) => {
        const result = path(argument);
        return typeof result === "string" ? origin + result : absolute(result, origin);
      },
    ];
  });
  return Object.fromEntries(entries);
}

/** Origin and paths of an island's canonical home: its own host where it has one, else the movement's. */
export function canonicalIsland(here: Place, island: IslandAddress, language: Language) {
  const base = new URL(here.movementOrigin);
  return island.host
    ? {
        origin: `${base.protocol}//${island.host}${base.port && `:${base.port}`}`,
        paths: paths(language).ownHost,
      }
    : { origin: here.movementOrigin, paths: paths(language).island(island.slug) };
}

type VisitPageProps = Omit<PageProps, "language" | "t" | "site" | "canonical" | "alternate" | "children"> & {
  visit: Visit;
  /** The path of this page in a language, without origin. */
  at: (language: Language) => string;
  /** The languages that this page exists in, where those are not all of the site's. */
  in?: readonly Language[] | undefined;
  /** Origin and path of the canonical page, where that is not `at` on this site. */
  canonical?: ((language: Language) => string) | undefined;
  children?: Child | undefined;
};

/** A whole page in the frame of this visit's site. */
export function VisitPage({ visit, at, in: written, canonical, children, ...props }: VisitPageProps) {
  const url = canonical ?? ((language: Language) => visit.here.origin + at(language));
  const site = visit.here.frame(visit.language);
  const shown = visit.here.languages.filter((one) => !written || written.includes(one));
  const [path] = at(visit.language).split("?");
  const navigation = site.navigation.map((item) => ({ ...item, current: item.href === path }));
  return (
    <Page
      {...props}
      language={visit.language}
      t={visit.t}
      site={{ ...site, navigation }}
      canonical={url(visit.language)}
      alternate={
        shown.length > 1 ? shown.map((one) => ({ language: one, href: visit.here.origin + at(one) })) : []
      }
    >
      {children}
    </Page>
  );
}
