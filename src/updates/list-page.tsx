import { SubscribeForm } from "../newsletters/components.tsx";
import type { Newsletter } from "../newsletters/queries.ts";
import { paths, technical } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { Icon } from "../ui/icons.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { canonicalIsland, islandPaths, type Visit, VisitPage } from "../visit.tsx";
import { UpdateCard } from "./components.tsx";
import { wayTo } from "./metadata.ts";
import type { Island, UpdateSummary } from "./queries.ts";

type UpdatesPageProps = {
  visit: Visit;
  /** Whose updates; null for those of all islands. */
  island: Island | null;
  newsletter: Newsletter | undefined;
  updates: UpdateSummary[];
  page: number;
  pages: number;
};

/** The updates of an island or of all, a page at a time. */
export function UpdatesPage({ visit, island, newsletter, updates, page, pages }: UpdatesPageProps) {
  const { t, language, here } = visit;
  const name = island && pick(island.name, language).text;
  const title = name ? t("updates:allFrom", { name }) : t("updates:all");
  const lead = name ? t("updates:islandLead", { name }) : t("updates:allLead");
  const pathsOf = (language: Language) =>
    island ? islandPaths(here, island.slug, language) : paths(language);
  const canonical = (language: Language) =>
    island ? canonicalIsland(here, island, language) : { origin: here.origin, paths: paths(language) };
  const paged = (path: string, number = page) => (number === 1 ? path : `${path}?page=${number}`);
  const own = pathsOf(language);
  const crumbs = wayTo(visit, island, [{ href: own.updates, label: t("updates:all") }]);
  return (
    <VisitPage
      visit={visit}
      at={(language) => paged(pathsOf(language).updates)}
      canonical={(language) => canonical(language).origin + paged(canonical(language).paths.updates)}
      title={page === 1 ? title : t("updates:pageTitle", { title, page, pages })}
      description={lead}
      breadcrumbs={crumbs}
      jsonLd={[breadcrumbList(crumbs, here.origin)]}
      openGraph={{
        type: "website",
        title,
        description: lead,
        image: canonical(language).origin + technical.shareImage(language, island?.slug ?? null, null),
        imageAlt: title,
      }}
      feeds={[
        { href: own.updatesAtom, type: "application/atom+xml", title: t("updates:atomTitle", { title }) },
        { href: own.updatesJson, type: "application/feed+json", title: t("updates:jsonTitle", { title }) },
      ]}
    >
      <div class="page-title">
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
      </div>
      <div class="section">
        {updates.length === 0 ? (
          <p>{t("updates:none")}</p>
        ) : (
          <ul class="cards">
            {updates.map((update) => (
              <li>
                <UpdateCard visit={visit} update={update} headingLevel={2} withIsland={!island} />
              </li>
            ))}
          </ul>
        )}
        <Pagination t={t} page={page} pages={pages} href={(number) => paged(own.updates, number)} />
        <p class="section__more">
          <a class="nl-link" href={own.updatesAtom}>
            <Icon name="feed" /> {t("updates:followFeed")}
          </a>
        </p>
      </div>
      {newsletter && (
        <div class="section section--sand">
          <SubscribeForm visit={visit} newsletter={newsletter} action={own.newsletter} />
        </div>
      )}
    </VisitPage>
  );
}
