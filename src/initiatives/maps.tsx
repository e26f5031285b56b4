import { raw } from "hono/html";
import { LRUCache } from "lru-cache";
import { pick } from "../platform/localized.ts";
import { islandPaths, type Visit } from "../visit.tsx";
import { Archipelago, ArchipelagoMap, type Bridge, type Island } from "./archipelago/index.ts";
import { tiesOf } from "./connections.ts";
import type { ArchipelagoContent } from "./queries.ts";

/** The map of all islands, each a link. Which bridges there are is said by `IslandsInWords`. */
export function MapOfIslands({ visit, content }: { visit: Visit; content: ArchipelagoContent }) {
  const { t } = visit;
  return drawn({
    whole: true,
    title: t("initiatives:map.title"),
    description: t("initiatives:map.description"),
    islands: onMap(visit, content.islands),
    bridges: content.connections,
  });
}

/** How many neighbours the map of one island's surroundings has room for. */
const mostNeighbours = 5;

type SurroundingsProps = { visit: Visit; slug: string; content: ArchipelagoContent };

/** One island on the map with the islands it has a bridge to. */
export function MapOfSurroundings({ visit, slug, content }: SurroundingsProps) {
  const { t } = visit;
  const neighbours = new Set(tiesOf(slug, content.connections).map((tie) => tie.to));
  const shown = new Set([slug, ...[...neighbours].slice(0, mostNeighbours)]);
  const islands = content.islands.filter((island) => shown.has(island.slug));
  return drawn({
    whole: false,
    title: t("initiatives:map.surroundings"),
    description: t("initiatives:map.surroundingsDescription"),
    islands: onMap(visit, islands),
    bridges: content.connections.filter(({ from, to }) => shown.has(from) && shown.has(to)),
  });
}

const onMap = ({ here, language }: Visit, islands: ArchipelagoContent["islands"]): Island[] =>
  islands.map(({ slug, name, life }) => ({
    slug,
    life,
    name: pick(name, language).text,
    href: islandPaths(here, slug, language).home,
  }));

type Sheet = {
  /** The whole archipelago on a sheet for each screen, or one small sheet. */
  whole: boolean;
  title: string;
  description: string;
  islands: Island[];
  bridges: readonly Bridge[];
};

/** Working out a chart takes longer than the rest of a page, and gives the same for the same islands. */
const drawings = new LRUCache<string, string>({ max: 100 });

function drawn({ whole, bridges, ...sheet }: Sheet) {
  const props = { ...sheet, bridges: bridges.map(({ from, to, reason }) => ({ from, to, reason })) };
  const key = JSON.stringify({ whole, ...props });
  const known = drawings.get(key);
  if (known !== undefined) return raw(known);
  const map = whole ? (
    <ArchipelagoMap {...props} />
  ) : (
    <div class="archipelago">
      <Archipelago {...props} compact id="surroundings" />
    </div>
  );
  const drawing = map.toString();
  drawings.set(key, drawing);
  return raw(drawing);
}
