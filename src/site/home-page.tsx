import { IslandsInWords, MapOfIslands } from "../initiatives/components.tsx";
import type { ArchipelagoContent } from "../initiatives/queries.ts";
import type { Manifesto } from "../manifesto/queries.ts";
import { SubscribeForm } from "../newsletters/components.tsx";
import type { Newsletter } from "../newsletters/queries.ts";
import { paths, technical } from "../paths.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { RunningText, Text } from "../ui/text.tsx";
import { UpdateCard } from "../updates/components.tsx";
import type { UpdateSummary } from "../updates/queries.ts";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Movement } from "./queries.ts";

export type Home = {
  movement: Movement;
  archipelago: ArchipelagoContent;
  updates: UpdateSummary[];
  newsletter: Newsletter | undefined;
  manifesto: Manifesto | undefined;
};

/** The movement's home: what this is, who is there and how they hang together, what is new. */
export function HomePage({ visit, ...home }: Home & { visit: Visit }) {
  const { movement, archipelago, updates, newsletter, manifesto } = home;
  const { t, language } = visit;
  const to = paths(language);
  return (
    <VisitPage visit={visit} {...head(visit, movement)}>
      <div class="hero">
        <div class="hero__text">
          <h1>
            <Text value={movement.tagline} language={language} />
          </h1>
          <p class="lead">
            <Text value={movement.summary} language={language} />
          </p>
          <p class="actions">
            <ButtonLink href={to.initiatives}>{t("site:home.readInitiatives")}</ButtonLink>
            <ButtonLink href={to.manifesto} look="secondary">
              {t("site:home.readManifesto")}
            </ButtonLink>
          </p>
        </div>
      </div>
      {archipelago.islands.length > 0 && (
        <section class="section" aria-labelledby="archipelago">
          <h2 class="section__heading" id="archipelago">
            {t("site:home.archipelago")}
          </h2>
          <p class="lead">{t("site:home.archipelagoIntro")}</p>
          <MapOfIslands visit={visit} content={archipelago} />
          <IslandsInWords visit={visit} content={archipelago} />
        </section>
      )}
      {updates.length > 0 && (
        <section class="section section--sand" aria-labelledby="updates">
          <h2 class="section__heading" id="updates">
            {t("site:home.updates")}
          </h2>
          <ul class="cards">
            {updates.map((update) => (
              <li>
                <UpdateCard visit={visit} update={update} withIsland />
              </li>
            ))}
          </ul>
          <p class="section__more">
            <ButtonLink href={to.updates} look="subtle">
              {t("site:home.allUpdates")}
            </ButtonLink>
          </p>
        </section>
      )}
      {newsletter && (
        <div class="section section--sea">
          <SubscribeForm visit={visit} newsletter={newsletter} action={to.newsletter} />
        </div>
      )}
      <section class="section split" aria-labelledby="mission">
        <div>
          <h2 class="section__heading" id="mission">
            {t("site:home.mission")}
          </h2>
          <RunningText value={movement.mission} language={language} headingLevel={3} />
        </div>
        {manifesto && <Verbs visit={visit} manifesto={manifesto} />}
      </section>
    </VisitPage>
  );
}

/** The manifesto's verbs, each a way to what it says about it. */
function Verbs({ visit, manifesto }: { visit: Visit; manifesto: Manifesto }) {
  const { t, language } = visit;
  const { manifesto: path } = paths(language);
  return (
    <div class="panel panel--sand">
      <h3>
        <Text value={manifesto.principles_heading} language={language} />
      </h3>
      <ol class="verbs">
        {manifesto.principles.map(({ slug, verb }) => (
          <li>
            <a href={`${path}#${slug}`}>
              <Text value={verb} language={language} />
            </a>
          </li>
        ))}
      </ol>
      <p class="actions">
        <ButtonLink href={path} look="secondary">
          {t("site:home.readManifesto")}
        </ButtonLink>
      </p>
    </div>
  );
}

function head({ t, language, here }: Visit, movement: Movement) {
  const to = paths(language);
  const name = pick(movement.name, language).text;
  const tagline = pick(movement.tagline, language).text;
  const description = pick(movement.summary, language).text;
  const url = here.movementOrigin + to.home;
  return {
    at: (other: typeof language) => paths(other).home,
    title: name,
    description,
    openGraph: {
      type: "website" as const,
      title: name,
      description: tagline,
      image: here.movementOrigin + technical.shareImage(language, null, null),
      imageAlt: `${name}: ${tagline}`,
    },
    jsonLd: [
      {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": url,
        name,
        slogan: tagline,
        description,
        url,
        ...(movement.contact_email && { email: movement.contact_email }),
      },
    ],
    feeds: [
      { href: to.updatesAtom, type: "application/atom+xml", title: t("site:home.atom") },
      { href: to.updatesJson, type: "application/feed+json", title: t("site:home.json") },
    ],
  };
}
