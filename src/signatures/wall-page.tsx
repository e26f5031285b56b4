import type { Manifesto } from "../manifesto/queries.ts";
import { paths } from "../paths.ts";
import { dateInWords, formatNumber } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { type Visit, VisitPage } from "../visit.tsx";
import { ChoicesChart } from "./chart.tsx";
import { figuresInWords, manifestoPicture } from "./components.tsx";
import type { Choice, Figures, Milestone } from "./count.ts";
import { CounterSection } from "./counter-section.tsx";
import { wallPath } from "./wall-address.ts";
import { WallForm } from "./wall-form.tsx";
import { Found } from "./wall-found.tsx";
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
      title={titleOf({ visit, manifesto, filter })}
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
        <div class="wall-aside">
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

/** Each page's own: what is sought, which principle, how far back. */
function titleOf({
  visit,
  manifesto,
  filter,
}: Pick<WallPageProps, "visit" | "manifesto" | "filter">): string {
  const { t, language } = visit;
  const { search, before } = filter;
  const principle = manifesto.principles.find(({ slug }) => slug === filter.principle);
  const chosen = principle && t("wall:titleOfPrinciple", { principle: pick(principle.verb, language).text });
  const title = search ? t("wall:titleOfSearch", { search }) : (chosen ?? t("wall:title"));
  return before === null ? title : t("wall:titleEarlier", { title, number: formatNumber(before, language) });
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
