import type { Child } from "hono/jsx";
import type { Language } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { Text } from "../ui/text.tsx";
import { islandPaths, type Visit } from "../visit.tsx";
import { ArchipelagoMap } from "./archipelago/index.ts";
import { type Tie, tieKinds, tiesOf } from "./connections.ts";
import type { ArchipelagoContent } from "./queries.ts";

type Named = { slug: string; name: Localized };

/** The movement's islands as a map, and below it the same in words: every island with its bridges. */
export function ArchipelagoInWordsAndMap({ visit, content }: { visit: Visit; content: ArchipelagoContent }) {
  const { here, language, t } = visit;
  const { islands, connections } = content;
  return (
    <>
      <ArchipelagoMap
        title={t("initiatives:map.title")}
        description={t("initiatives:map.description")}
        islands={islands.map(({ slug, name, life }) => ({
          slug,
          life,
          name: pick(name, language).text,
          href: islandPaths(here, slug, language).home,
        }))}
        bridges={connections}
      />
      <ul class="islands">
        {islands.map((island) => (
          <li>
            <h3 class="islands__name">
              <IslandLink visit={visit} island={island} />
            </h3>
            <p class="islands__tagline">
              <Text value={island.tagline} language={language} />
            </p>
            <Ties visit={visit} ties={tiesOf(island.slug, connections)} islands={islands} />
          </li>
        ))}
      </ul>
    </>
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
          {t(`initiatives:tie.${line.kind}`, { count: line.ties.length })}{" "}
          {enumerated(
            language,
            line.ties.map((tie) => {
              const island = bySlug.get(tie.to);
              const shared = [...tie.people, ...tie.themes.map((theme) => pick(theme, language).text)];
              return (
                <>
                  {island && <IslandLink visit={visit} island={island} />}
                  {shared.length > 0 && ` (${inSentence(language, shared)})`}
                </>
              );
            }),
          )}
        </li>
      ))}
    </ul>
  );
}

const listFormat = (language: Language) => new Intl.ListFormat(language, { type: "conjunction" });
const inSentence = (language: Language, words: string[]) => listFormat(language).format(words);

/** Items joined as the language joins them: "a, b en c". */
function enumerated(language: Language, items: Child[]): Child[] {
  let next = 0;
  return listFormat(language)
    .formatToParts(items.map(() => "-"))
    .map((part) => (part.type === "element" ? items[next++] : part.value));
}
