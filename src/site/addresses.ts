import { desk } from "../desk-paths.ts";
import { languageOf, paths } from "../paths.ts";
import { onOrigin } from "../platform/redirects.ts";
import type { Here } from "../visit.tsx";

/** Where a path on an island's own host leads: to a route of this program, or to the movement's site. */
export type Addressed = { kind: "route"; path: string } | { kind: "elsewhere"; url: string };

/** The route that a public path stands for. On an island's own host its paths stand at the root. */
export function addressed(path: string, here: Here): Addressed {
  if (here.ownIsland === null) return { kind: "route", path };
  const language = languageOf(path);
  const to = paths(language);
  const island = to.island(here.ownIsland);
  if (path === to.home || path === `${to.home}/`) return { kind: "route", path: island.home };
  for (const part of ["updates", "newsletter", "contact"] as const)
    if (isBelow(path, to.ownHost[part]))
      return { kind: "route", path: island[part] + path.slice(to.ownHost[part].length) };
  if (path === island.home || path.startsWith(`${island.home}/`)) {
    const rest = path.slice(island.home.length);
    return { kind: "elsewhere", url: onOrigin(here.origin, (to.home === "/" ? "" : to.home) + rest) };
  }
  const movementOnly = [
    to.initiatives,
    to.propose,
    to.manifesto,
    to.join,
    to.mine,
    to.about,
    to.privacy,
    to.accessibility,
    desk(language).home,
    desk(language).signIn,
  ];
  if (movementOnly.some((one) => isBelow(path, one)))
    return { kind: "elsewhere", url: onOrigin(here.movementOrigin, path) };
  return { kind: "route", path };
}

const isBelow = (path: string, base: string) =>
  path === base || path.startsWith(`${base}/`) || path.startsWith(`${base}.`);
