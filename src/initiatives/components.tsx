import type { Child } from "hono/jsx";
import { type Language, listFormats } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { Text } from "../ui/text.tsx";
import { islandPaths, type Visit } from "../visit.tsx";
import { type Tie, tieKinds, tiesOf } from "./connections.ts";
import type { ArchipelagoContent } from "./queries.ts";

export { Rose } from "./archipelago/furniture.tsx";
export { Scene, type SceneIsland, sceneSoundings } from "./archipelago/scene.tsx";

export { MapOfIslands } from "./maps.tsx";

type Named = { slug: string; name: Localized };

/** What the map shows, in words: every island with its bridges. */
export function IslandsInWords({ visit, content }: { visit: Visit; content: ArchipelagoContent }) {
  const { islands, connections } = content;
  return (
    <ul class="islands">
      {islands.map((island) => (
        <li>
          <h3 class="islands__name">
            <IslandLink visit={visit} island={island} />
          </h3>
          <p class="islands__tagline">
            <Text value={island.tagline} language={visit.language} />
          </p>
          <Ties visit={visit} ties={tiesOf(island.slug, connections)} islands={islands} />
        </li>
      ))}
    </ul>
  );
}

const IslandLink = ({ visit, island }: { visit: Visit; island: Named }) => (
  <a class="nl-link" href={islandPaths(visit.here, island.slug, visit.language).home}>
    <Text value={island.name} language={visit.language} />
  </a>
);

type TiesProps = { visit: Visit; ties: Tie[]; islands: readonly Named[] };

/** The bridges of one island in words, a line for each kind of bridge. */
export function Ties({ visit, ties, islands }: TiesProps) {
  const { language, t } = visit;
  const bySlug = new Map(islands.map((island) => [island.slug, island]));
  const lines = tieKinds
    .map((kind) => ({ kind, ties: ties.filter((tie) => tie.kind === kind) }))
    .filter((line) => line.ties.length > 0);
  if (lines.length === 0) return null;
  return (
    <ul class="ties">
      {lines.map((line) => (
        <li class={`ties__${line.kind}`}>
          {t(`initiatives:tie.${line.kind}`, { count: countIn(line.ties) })}{" "}
          {enumerated(
            language,
            line.ties.map((tie) => {
              const island = bySlug.get(tie.to);
              const shared = sharedBy(tie).map((one) =>
                typeof one === "string" ? one : pick(one, language).text,
              );
              return (
                <>
                  {island && <IslandLink visit={visit} island={island} />}
                  {shared.length > 0 && ` (${listFormats[language].format(shared)})`}
                </>
              );
            }),
          )}
        </li>
      ))}
    </ul>
  );
}

const sharedBy = (tie: Tie) => [...tie.people, ...tie.themes];

/** One or several: of what is shared ("deelt een thema"), or else of the islands ("hierbij horen"). */
const countIn = (ties: Tie[]) => Math.max(...ties.map((tie) => sharedBy(tie).length || ties.length));

/** Items joined as the language joins them: "a, b en c". */
function enumerated(language: Language, items: Child[]): Child[] {
  let next = 0;
  return listFormats[language]
    .formatToParts(items.map(() => "-"))
    .map((part) => (part.type === "element" ? items[next++] : part.value));
}
