import type { Localized } from "../platform/localized.ts";
import type { Bridge } from "./archipelago/index.ts";

/** What an island has that may connect it to others. */
export type Ties = {
  slug: string;
  /** Slug of the island it is part of. */
  partOf: string | null;
  /** Slugs of the islands that make it possible. */
  supporters: string[];
  /** Names on its portraits. */
  people: string[];
  themes: { slug: string; name: Localized }[];
};

/** A bridge with what it is made of: the people or the themes that both islands have. */
export type Connection = Bridge & { people: string[]; themes: Localized[] };

/** The kinds of islands' connections as told from one of them: `to` is the other island. */
export type Tie = { kind: TieKind; to: string; people: string[]; themes: Localized[] };
export const tieKinds = ["part-of", "parts", "supported-by", "supports", "people", "theme"] as const;
export type TieKind = (typeof tieKinds)[number];

/**
 * The real connections between islands, several for one pair where there are several. Themes alone would join
 * nearly all islands, so an island reaches out by theme only to the one it is most alike, and only over two
 * themes, or over one if it would otherwise lie alone.
 */
export function connectionsBetween(islands: readonly Ties[]): Connection[] {
  const known = new Set(islands.map((island) => island.slug));
  const strong = islands.flatMap((island) => directConnections(island, islands, known));
  const joined = new Set(strong.flatMap(({ from, to }) => [pair(from, to), from, to]));
  const themed = new Map<string, Connection>();
  for (const island of islands) {
    const nearest = mostAlike(island, islands, joined.has(island.slug) ? 2 : 1);
    if (nearest && !joined.has(pair(island.slug, nearest.to)))
      themed.set(pair(island.slug, nearest.to), nearest);
  }
  return [...strong, ...themed.values()];
}

function directConnections(island: Ties, islands: readonly Ties[], known: Set<string>): Connection[] {
  const from = island.slug;
  const others = (slugs: (string | null)[]) =>
    [...new Set(slugs)].filter((slug) => slug !== null && slug !== from && known.has(slug)) as string[];
  const bare = (to: string, reason: Bridge["reason"]) => ({ from, to, reason, people: [], themes: [] });
  const later = islands.slice(islands.indexOf(island) + 1);
  return [
    ...others([island.partOf]).map((to) => bare(to, "part-of")),
    ...others(island.supporters).map((to) => bare(to, "support")),
    ...later.flatMap((other) => {
      const people = [...new Set(island.people)].filter((name) => other.people.includes(name));
      return people.length > 0 ? [{ ...bare(other.slug, "people"), people }] : [];
    }),
  ];
}

/** The island that shares the largest part of its themes with this one, if they share enough of them. */
function mostAlike(island: Ties, islands: readonly Ties[], atLeast: number): Connection | null {
  let best: { likeness: number; connection: Connection } | null = null;
  const own = new Set(island.themes.map((theme) => theme.slug));
  for (const other of islands) {
    if (other.slug === island.slug) continue;
    const shared = other.themes.filter((theme) => own.has(theme.slug));
    const likeness = shared.length / (own.size + other.themes.length - shared.length);
    if (shared.length < atLeast || likeness <= (best?.likeness ?? 0)) continue;
    const themes = shared.map((theme) => theme.name);
    best = {
      likeness,
      connection: { from: island.slug, to: other.slug, reason: "theme", people: [], themes },
    };
  }
  return best?.connection ?? null;
}

/** The connections of one island, told from its side, in the order in which a page names them. */
export function tiesOf(slug: string, connections: readonly Connection[]): Tie[] {
  const ties = connections.flatMap(({ from, to, reason, people, themes }): Tie[] => {
    if (from === slug) return [{ kind: outward[reason], to, people, themes }];
    if (to === slug) return [{ kind: inward[reason], to: from, people, themes }];
    return [];
  });
  return ties.sort((a, b) => tieKinds.indexOf(a.kind) - tieKinds.indexOf(b.kind));
}

const outward = { "part-of": "part-of", support: "supported-by", people: "people", theme: "theme" } as const;
const inward = { "part-of": "parts", support: "supports", people: "people", theme: "theme" } as const;
const pair = (a: string, b: string) => [a, b].sort().join(" ");
