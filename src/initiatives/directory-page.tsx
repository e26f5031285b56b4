import { paths } from "../paths.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { Card } from "../ui/card.tsx";
import { FilterRow } from "../ui/filter-row.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { Text } from "../ui/text.tsx";
import { islandPaths, type Visit, VisitPage } from "../visit.tsx";
import { directoryPath } from "./filters.ts";
import type { DirectoryFilter, InitiativeCard, listFilters } from "./queries.ts";

type Props = {
  visit: Visit;
  initiatives: InitiativeCard[];
  filters: Awaited<ReturnType<typeof listFilters>>;
  chosen: DirectoryFilter;
};

/** All islands as cards, by kind and theme. The filters are links, so that every choice has an address. */
export function DirectoryPage({ visit, initiatives, filters, chosen }: Props) {
  const { t, language, here } = visit;
  const title = t("initiatives:directory.title");
  const lead = t("initiatives:directory.lead");
  const theme = filters.themes.find((one) => one.slug === chosen.theme);
  const choice = [
    chosen.kind && t(`initiatives:kind.${chosen.kind}`),
    theme && pick(theme.name, language).text,
  ].filter(Boolean);
  const crumbs = [
    { href: paths(language).home, label: t("ui:home") },
    { href: paths(language).initiatives, label: title },
  ];
  return (
    <VisitPage
      visit={visit}
      at={(other) => directoryPath(paths(other), chosen)}
      canonical={(other) => here.movementOrigin + paths(other).initiatives}
      title={choice.length > 0 ? `${title}: ${choice.join(", ")}` : title}
      description={lead}
      breadcrumbs={crumbs}
      jsonLd={[breadcrumbList(crumbs, here.origin)]}
    >
      <div class="page-title">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        <p>
          <a href={paths(language).propose}>{t("initiatives:directory.propose")}</a>
        </p>
      </div>
      <div class="section">
        <nav class="filters" aria-label={t("initiatives:directory.filter")}>
          <FilterRow
            label={t("initiatives:directory.kind")}
            all={{ label: t("initiatives:directory.all"), href: hrefFor({ ...chosen, kind: null }) }}
            options={filters.kinds.map((kind) => ({
              label: t(`initiatives:kind.${kind}`),
              href: hrefFor({ ...chosen, kind }),
              chosen: kind === chosen.kind,
            }))}
          />
          <FilterRow
            label={t("initiatives:directory.theme")}
            all={{ label: t("initiatives:directory.all"), href: hrefFor({ ...chosen, theme: null }) }}
            options={filters.themes.map((theme) => ({
              label: <Text value={theme.name} language={language} />,
              href: hrefFor({ ...chosen, theme: theme.slug }),
              chosen: theme.slug === chosen.theme,
            }))}
          />
        </nav>
        {initiatives.length > 0 ? (
          <>
            <h2 class="section__heading" id="found">
              {t("initiatives:directory.found", { count: initiatives.length })}
            </h2>
            <ul class="cards" aria-labelledby="found">
              {initiatives.map((initiative) => (
                <li>
                  <InitiativeSheet visit={visit} initiative={initiative} />
                </li>
              ))}
            </ul>
          </>
        ) : (
          <div class="panel panel--sand">
            <h2>{t("initiatives:directory.emptyTitle")}</h2>
            <p>{t("initiatives:directory.empty")}</p>
            <p class="actions">
              <ButtonLink href={paths(language).initiatives}>{t("initiatives:directory.showAll")}</ButtonLink>
            </p>
          </div>
        )}
      </div>
    </VisitPage>
  );

  function hrefFor(filter: DirectoryFilter) {
    return directoryPath(paths(language), filter);
  }
}

function InitiativeSheet({ visit, initiative }: { visit: Visit; initiative: InitiativeCard }) {
  const { t, language, here } = visit;
  return (
    <Card
      title={<Text value={initiative.name} language={language} />}
      href={islandPaths(here, initiative.slug, language).home}
      headingLevel={3}
      meta={t(`initiatives:kind.${initiative.kind}`)}
      summary={<Text value={initiative.tagline} language={language} />}
    >
      {initiative.themes.length > 0 && (
        <ul class="tags">
          {initiative.themes.map((theme) => (
            <li>
              <Text value={theme.name} language={language} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
