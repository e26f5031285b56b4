import { SubscribeForm } from "../newsletters/components.tsx";
import type { Newsletter } from "../newsletters/queries.ts";
import { technical } from "../paths.ts";
import { pick } from "../platform/localized.ts";
import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/icons.tsx";
import { Picture } from "../ui/picture.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { isUntranslated, RunningText, Text, Untranslated } from "../ui/text.tsx";
import { canonicalIsland, islandPaths, type Visit, VisitPage } from "../visit.tsx";
import { Day } from "./components.tsx";
import { articleData, canonicalUpdate, shareImageOf, wayTo } from "./metadata.ts";
import type { Update } from "./queries.ts";

type UpdatePageProps = { visit: Visit; update: Update; newsletter: Newsletter | undefined };

/** One update, with ways to share it, to hear of the next one and to read on. */
export function UpdatePage({ visit, update, newsletter }: UpdatePageProps) {
  const { t, language, here } = visit;
  const { islandSlug, islandName, islandHost, slug } = update;
  const island = { slug: islandSlug, name: islandName, host: islandHost };
  const own = islandPaths(here, islandSlug, language);
  const title = pick(update.title, language).text;
  const summary = pick(update.summary, language).text;
  const crumbs = wayTo(visit, island, [
    { href: own.updates, label: t("updates:all") },
    { href: own.update(slug), label: title },
  ]);
  return (
    <VisitPage
      visit={visit}
      at={(language) => islandPaths(here, islandSlug, language).update(slug)}
      canonical={(language) => {
        const { origin, paths } = canonicalIsland(here, island, language);
        return origin + paths.update(slug);
      }}
      title={title}
      description={summary}
      breadcrumbs={crumbs}
      jsonLd={[articleData(visit, update), breadcrumbList(crumbs, here.origin)]}
      openGraph={{
        type: "article",
        title,
        description: summary,
        image: shareImageOf(visit, update),
        imageAlt: t("updates:shareImageAlt", { title, site: pick(islandName, language).text }),
        published: update.publishedAt,
        modified: update.changedAt,
      }}
    >
      <article>
        <header class="page-title">
          <h1>
            <Text value={update.title} language={language} />
          </h1>
          <Byline visit={visit} update={update} />
          <p class="lead">
            <Text value={update.summary} language={language} />
          </p>
        </header>
        <div class="section split">
          <div>
            {isUntranslated(update.body, language) && <Untranslated t={t} />}
            {update.image && <UpdatePicture visit={visit} update={update} />}
            <RunningText value={update.body} language={language} />
          </div>
          <aside class="panel" aria-labelledby="share-heading">
            <ShareLinks visit={visit} update={update} />
          </aside>
        </div>
      </article>
      <Neighbours visit={visit} update={update} />
      {newsletter && (
        <div class="section section--sand">
          <SubscribeForm visit={visit} newsletter={newsletter} action={own.newsletter} />
        </div>
      )}
    </VisitPage>
  );
}

type Props = { visit: Visit; update: Update };

/** Date, author and island. */
function Byline({ visit, update }: Props) {
  const { t, language, here } = visit;
  return (
    <p class="meta">
      <Day date={update.publishedAt} language={language} />
      {update.author && ` ${t("updates:by", { author: update.author })}`}
      {here.ownIsland === null && (
        <>
          {" · "}
          <a class="nl-link" href={islandPaths(here, update.islandSlug, language).home}>
            <Text value={update.islandName} language={language} />
          </a>
        </>
      )}
    </p>
  );
}

function UpdatePicture({ visit: { language }, update }: Props) {
  const alt = update.imageAlt && pick(update.imageAlt, language);
  return (
    <figure class="prose">
      <Picture
        src={technical.media(update.image ?? "")}
        alt={alt?.text ?? ""}
        lang={alt && alt.language !== language ? alt.language : undefined}
        use="text"
        eager
      />
    </figure>
  );
}

/** Plain links: nothing of another site is loaded, and none hears of it before somebody clicks. */
function ShareLinks({ visit, update }: Props) {
  const { t, language } = visit;
  const { url } = canonicalUpdate(visit, update);
  const subject = encodeURIComponent(pick(update.title, language).text);
  const body = encodeURIComponent(`${t("updates:shareMailText")}\n${url}\n`);
  return (
    <>
      <h2 id="share-heading">{t("updates:share")}</h2>
      <ul class="share-links">
        <li>
          <a href={`mailto:?subject=${subject}&body=${body}`}>
            <Icon name="mail" /> {t("updates:shareMail")}
          </a>
        </li>
        <li>
          <a
            href={`https://www.linkedin.com/sharing/share-offsite/?url=${encodeURIComponent(url)}`}
            rel="noopener noreferrer"
          >
            <Icon name="linkedin" /> {t("updates:shareLinkedIn")}
          </a>
        </li>
      </ul>
    </>
  );
}

/** The update before this one and the one after it. */
function Neighbours({ visit, update }: Props) {
  const { t, language, here } = visit;
  const own = islandPaths(here, update.islandSlug, language);
  const neighbours = [
    { label: t("updates:previous"), update: update.previous },
    { label: t("updates:next"), update: update.next },
  ].flatMap(({ update, ...rest }) => (update ? [{ ...rest, update }] : []));
  if (neighbours.length === 0) return null;
  return (
    <nav class="section" aria-labelledby="others-heading">
      <h2 class="section__heading" id="others-heading">
        {t("updates:others")}
      </h2>
      <ul class="cards">
        {neighbours.map(({ label, update }) => (
          <li>
            <Card
              title={<Text value={update.title} language={language} />}
              href={own.update(update.slug)}
              meta={label}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}
