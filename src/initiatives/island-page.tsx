import { SubscribeForm } from "../newsletters/components.tsx";
import type { Newsletter } from "../newsletters/queries.ts";
import { HelpList } from "../participation/components.tsx";
import { paths, technical } from "../paths.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { plainText } from "../ui/markdown.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { isUntranslated, RunningText, Text, Untranslated } from "../ui/text.tsx";
import { UpdateCard } from "../updates/components.tsx";
import type { UpdateSummary } from "../updates/queries.ts";
import { canonicalIsland, islandPaths, type Visit, VisitPage } from "../visit.tsx";
import { Bridges, Contact, Portraits, QuestionsAndSupporters } from "./island-sections.tsx";
import { MapOfSurroundings } from "./maps.tsx";
import type { ArchipelagoContent, Island } from "./queries.ts";

export type IslandHome = {
  island: Island;
  archipelago: ArchipelagoContent;
  updates: UpdateSummary[];
  newsletter: Newsletter | undefined;
};

/** An island's home: its whole story on one page. A part that has no content doesn't show. */
export function IslandPage({
  visit,
  island,
  archipelago,
  updates,
  newsletter,
}: IslandHome & { visit: Visit }) {
  const { t, language, here } = visit;
  const to = islandPaths(here, island.slug, language);
  const name = pick(island.name, language).text;
  const untranslated = [island.tagline, island.lead, island.story].some((text) =>
    isUntranslated(text, language),
  );
  return (
    <VisitPage visit={visit} {...head(visit, island)}>
      <div class="hero island-hero">
        <div class="hero__text">
          {here.ownIsland === null && <p class="meta">{t(`initiatives:kind.${island.kind}`)}</p>}
          <h1>
            <Text value={island.name} language={language} />
          </h1>
          <p class="lead">
            <Text value={island.tagline} language={language} />
          </p>
          <p class="actions">
            {newsletter && (
              <ButtonLink href="#subscribe-heading">{t("initiatives:island.subscribe")}</ButtonLink>
            )}
            <ButtonLink href={to.contact} look="secondary">
              {t("initiatives:island.tip")}
            </ButtonLink>
          </p>
        </div>
        <div class="hero__figure">
          <MapOfSurroundings visit={visit} slug={island.slug} content={archipelago} />
        </div>
      </div>
      <div class="section split">
        <div class="story">
          {untranslated && <Untranslated t={t} />}
          <div class="lead">
            <RunningText value={island.lead} language={language} />
          </div>
          <Story visit={visit} island={island} />
        </div>
        <Portraits visit={visit} portraits={island.portraits} />
      </div>
      {updates.length > 0 && (
        <section class="section section--sand" aria-labelledby="updates">
          <h2 class="section__heading" id="updates">
            {t("initiatives:island.updates")}
          </h2>
          <ul class="cards">
            {updates.map((update) => (
              <li>
                <UpdateCard visit={visit} update={update} />
              </li>
            ))}
          </ul>
          <p class="section__more">
            <ButtonLink href={to.updates} look="subtle">
              {t("initiatives:island.allUpdates")}
            </ButtonLink>
          </p>
        </section>
      )}
      <QuestionsAndSupporters visit={visit} island={island} />
      {island.help.length > 0 && <HelpWanted visit={visit} island={island} />}
      {newsletter && (
        <div class="section section--sea">
          <SubscribeForm visit={visit} newsletter={newsletter} action={to.newsletter} />
        </div>
      )}
      <Bridges visit={visit} island={island} archipelago={archipelago} />
      <Contact visit={visit} island={island} name={name} />
    </VisitPage>
  );
}

function HelpWanted({ visit, island }: { visit: Visit; island: Island }) {
  const { t } = visit;
  return (
    <section class="section" aria-labelledby="help">
      <h2 class="section__heading" id="help">
        {t("initiatives:island.help")}
      </h2>
      <HelpList visit={visit} help={island.help} />
      <p class="actions">
        <ButtonLink href={visit.paths.joinInitiative(island.slug)}>{t("initiatives:island.join")}</ButtonLink>
      </p>
    </section>
  );
}

/** A long story is folded after the lead; a short one needs no click. */
function Story({ visit, island }: { visit: Visit; island: Island }) {
  const { t, language } = visit;
  const story = pick(island.story, language).text;
  if (!story) return null;
  const text = <RunningText value={island.story} language={language} />;
  if (story.length < 700) return text;
  return (
    <details class="fold">
      <summary>{t("initiatives:island.readMore")}</summary>
      {text}
    </details>
  );
}

function head(visit: Visit, island: Island) {
  const { t, language, here } = visit;
  const name = pick(island.name, language).text;
  const tagline = pick(island.tagline, language).text;
  const home = canonicalIsland(here, island, language);
  const url = home.origin + home.paths.home;
  const crumbs = [
    { href: paths(language).home, label: t("ui:home") },
    { href: paths(language).initiatives, label: t("initiatives:directory.title") },
    { href: paths(language).island(island.slug).home, label: name },
  ];
  const onMovement = here.ownIsland === null;
  const image = here.movementOrigin + technical.shareImage(language, island.slug, null);
  const description = plainText(pick(island.lead, language).text, 160);
  const to = islandPaths(here, island.slug, language);
  const organisation = {
    "@context": "https://schema.org",
    "@type": "Organization",
    "@id": url,
    name,
    slogan: tagline,
    description,
    url,
    ...(island.contact_email && { email: island.contact_email }),
    ...(island.links.length > 0 && { sameAs: island.links.map((link) => link.url) }),
  };
  return {
    at: (other: typeof language) => islandPaths(here, island.slug, other).home,
    canonical: (other: typeof language) => {
      const place = canonicalIsland(here, island, other);
      return place.origin + place.paths.home;
    },
    title: name,
    description,
    openGraph: {
      type: "website" as const,
      title: name,
      description: tagline,
      image,
      imageAlt: t("initiatives:island.shareImageAlt", { name, tagline }),
    },
    breadcrumbs: onMovement ? crumbs : undefined,
    jsonLd: onMovement ? [organisation, breadcrumbList(crumbs, here.origin)] : [organisation],
    feeds: [
      { href: to.updatesAtom, type: "application/atom+xml", title: t("initiatives:island.atom", { name }) },
      { href: to.updatesJson, type: "application/feed+json", title: t("initiatives:island.json", { name }) },
    ],
  };
}
