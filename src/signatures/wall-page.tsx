import type { Manifesto } from "../manifesto/queries.ts";
import { paths } from "../paths.ts";
import { dateInWords, formatNumber } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { type Visit, VisitPage } from "../visit.tsx";
import { ChoicesChart } from "./chart.tsx";
import { figuresInWords, manifestoPicture, SignatureList } from "./components.tsx";
import type { Choice, Figures, Milestone } from "./count.ts";
import { CounterSection } from "./counter-section.tsx";
import { wallPath } from "./wall-address.ts";
import { mostCounted } from "./wall-finds.ts";
import { WallForm } from "./wall-form.tsx";
import type { WallPage as Wall, WallFilter } from "./wall-queries.ts";

export type WallPageProps = {
  visit: Visit;
  manifesto: Manifesto;
  filter: WallFilter;
  wall: Wall;
  figures: Figures;
  choices: Choice[];
  milestones: Milestone[];
};

/** Everybody who signed and shows it, newest first; and how many, from where and moved by what. */
export function WallPage({ visit, manifesto, filter, wall, figures, choices, milestones }: WallPageProps) {
  const { t, language, here } = visit;
  const to = paths(language);
  const title = t("wall:title");
  const words = t("wall:signed", { who: figuresInWords(t, language, figures) });
  const crumbs = [
    { href: to.home, label: t("ui:home") },
    { href: to.manifesto, label: pick(manifesto.title, language).text },
    { href: to.signatories, label: title },
  ];
  const plain = !filter.search && !filter.principle && filter.before === null;
  return (
    <VisitPage
      visit={visit}
      at={(other) => wallPath(other, filter)}
      title={filter.search ? t("wall:titleOfSearch", { search: filter.search }) : title}
      description={words}
      openGraph={{ type: "website", title: words, ...manifestoPicture(visit, figures) }}
      breadcrumbs={crumbs}
      jsonLd={[breadcrumbList(crumbs, here.origin)]}
      noindex={!plain}
      scripts={["browser/copy.ts", "browser/manifest-counter.ts"]}
    >
      <div class="page-title">
        <h1>{title}</h1>
        <p class="lead">{figures.count > 0 ? words : t("wall:nobody")}</p>
        <p class="actions">
          <ButtonLink href={to.manifesto}>{t("wall:sign")}</ButtonLink>
        </p>
      </div>
      <div class="section split">
        <section aria-labelledby="who">
          <WallForm visit={visit} manifesto={manifesto} filter={filter} />
          <Found visit={visit} manifesto={manifesto} filter={filter} wall={wall} />
        </section>
        <div>
          <section aria-labelledby="choices">
            <h2 id="choices">{t("wall:chart.heading")}</h2>
            <ChoicesChart
              visit={visit}
              principles={manifesto.principles}
              choices={choices}
              chosen={filter.principle}
            />
          </section>
          <Milestones visit={visit} milestones={milestones} />
        </div>
      </div>
      <CounterSection visit={visit} />
    </VisitPage>
  );
}

type FoundProps = Pick<WallPageProps, "visit" | "manifesto" | "filter" | "wall">;

function Found({ visit, manifesto, filter, wall }: FoundProps) {
  const { t, language } = visit;
  const principle = manifesto.principles.find(({ slug }) => slug === filter.principle);
  return (
    <>
      <h2 class="section__heading" id="who">
        {heading()}
      </h2>
      {principle && (
        <p>
          {t("wall:chose", { principle: pick(principle.verb, language).text })}{" "}
          <a href={wallPath(language, { search: filter.search })}>{t("wall:withoutPrinciple")}</a>
        </p>
      )}
      {wall.search?.mended
        .filter(({ as }) => as.length > 0)
        .map(({ typed, as }) => (
          <p class="notice">{t("wall:mended", { typed, as: as.join(", ") })}</p>
        ))}
      {wall.signatures.length > 0 ? (
        <SignatureList signatures={wall.signatures} labelledBy="who" />
      ) : (
        <NothingFound visit={visit} filter={filter} />
      )}
      <Pages visit={visit} filter={filter} wall={wall} />
    </>
  );

  function heading(): string {
    const { search } = filter;
    if (!search) return filter.before === null ? t("wall:newest") : t("wall:earlier");
    const { found } = wall;
    if (found === null) return t("wall:findsEarlier", { search });
    if (found > mostCounted)
      return t("wall:findsMany", { search, most: formatNumber(mostCounted, language) });
    return t("wall:finds", { search, count: found, number: formatNumber(found, language) });
  }
}

function NothingFound({ visit, filter }: { visit: Visit; filter: WallFilter }) {
  const { t, language } = visit;
  const searched = Boolean(filter.search || filter.principle);
  if (!searched) return filter.before === null ? null : <p>{t("wall:end")}</p>;
  return (
    <div class="panel panel--sand">
      <h3>{t("wall:nothing.heading")}</h3>
      <ul>
        <li>{t("wall:nothing.fewer")}</li>
        <li>{t("wall:nothing.part")}</li>
        <li>{t("wall:nothing.unnamed")}</li>
      </ul>
      <p class="actions">
        <ButtonLink href={paths(language).signatories} look="secondary">
          {t("wall:nothing.all")}
        </ButtonLink>
      </p>
    </div>
  );
}

function Pages({ visit, filter, wall }: Pick<WallPageProps, "visit" | "filter" | "wall">) {
  const { t, language } = visit;
  const { older, newer } = wall;
  if (older === null && newer === null) return null;
  const href = (before: number | null) => wallPath(language, { ...filter, before });
  return (
    <nav class="utrecht-pagination pagination" aria-label={t("ui:pagination")}>
      {newer !== null && (
        <a class="utrecht-pagination__relative-link" rel="prev" href={href(newer === "first" ? null : newer)}>
          {t("wall:newer")}
        </a>
      )}
      {older !== null && (
        <a class="utrecht-pagination__relative-link" rel="next" href={href(older)}>
          {t("wall:older")}
        </a>
      )}
    </nav>
  );
}

function Milestones({ visit, milestones }: { visit: Visit; milestones: Milestone[] }) {
  const { t, language } = visit;
  if (milestones.length === 0) return null;
  return (
    <section aria-labelledby="milestones">
      <h2 id="milestones">{t("wall:milestones")}</h2>
      <ul class="milestones">
        {milestones.map(({ number, reached_at }) => (
          <li>
            {t("wall:milestone", {
              date: dateInWords(reached_at, language),
              number: formatNumber(number, language),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
