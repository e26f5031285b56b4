import { newsletterPlace, SubscribeForm } from "../newsletters/components.tsx";
import type { Newsletter } from "../newsletters/queries.ts";
import { paths, technical } from "../paths.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { Card } from "../ui/card.tsx";
import { Markdown } from "../ui/markdown.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { Text, Untranslated } from "../ui/text.tsx";
import { Day } from "../updates/components.tsx";
import { canonicalIsland, islandPaths, type Visit, VisitPage } from "../visit.tsx";
import type { ArchivedEdition } from "./archive-queries.ts";
import { languagesOf, wordsFor } from "./archive-words.ts";
import type { Block } from "./queries.ts";
import type { EditionContent } from "./table.ts";

type EditionPageProps = {
  visit: Visit;
  newsletter: Newsletter;
  edition: Pick<ArchivedEdition, "slug" | "at">;
  content: EditionContent;
  blocks: Block[];
};

/** One edition on the web: what everybody got, without what was of one reader. */
export function EditionPage({ visit, newsletter, edition, content, blocks }: EditionPageProps) {
  const { t, language, here } = visit;
  const { owner, home, own, canonical } = newsletterPlace(visit, newsletter);
  const words = wordsFor(content, language);
  const written = languagesOf(content);
  const { slug, at } = edition;
  const name = pick(newsletter.name, language);
  const { origin, paths: canonicalPaths } = canonical(words.language);
  const image = origin + technical.editionImage(words.language, newsletter.slug, slug);
  const description = words.preheader || t("editions:archive.description", { newsletter: name.text });
  const crumbs = [
    { href: home, label: owner },
    { href: own(language).newsletter, label: t("newsletters:heading") },
    { href: own(language).edition(slug), label: words.subject },
  ];
  const foreign = words.language === language ? undefined : words.language;
  return (
    <VisitPage
      visit={visit}
      at={(language) => own(language).edition(slug)}
      in={written}
      canonical={(language) =>
        written.includes(language)
          ? canonical(language).origin + canonical(language).paths.edition(slug)
          : origin + canonicalPaths.edition(slug)
      }
      title={words.subject}
      description={description}
      breadcrumbs={crumbs}
      jsonLd={[
        articleData(visit, { newsletter, at, image, ...words, url: origin + canonicalPaths.edition(slug) }),
        breadcrumbList(crumbs, here.origin),
      ]}
      openGraph={{
        type: "article",
        title: words.subject,
        description,
        image,
        imageAlt: t("editions:archive.shareImageAlt", { title: words.subject, newsletter: name.text }),
        published: at,
      }}
    >
      <article>
        <header class="page-title">
          <h1 lang={foreign}>{words.subject}</h1>
          <p class="meta">
            <Day date={at} language={language} />
            {" · "}
            <a class="nl-link" href={own(language).newsletter} lang={name.language}>
              {name.text}
            </a>
          </p>
          {words.preheader && (
            <p class="lead" lang={foreign}>
              {words.preheader}
            </p>
          )}
        </header>
        <div class="section">
          {foreign && <Untranslated t={t} />}
          {words.greeting && <p lang={foreign}>{words.greeting}</p>}
          <Markdown text={words.intro} language={foreign} headingLevel={2} />
        </div>
        {blocks.length > 0 && (
          <section class="section section--sand" aria-labelledby="edition-updates">
            <h2 class="section__heading" id="edition-updates">
              {t("editions:archive.updates")}
            </h2>
            <ul class="cards">
              {blocks.map((block) => (
                <li>
                  <UpdateCard visit={visit} block={block} withIsland={newsletter.slug === null} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <div class="section">
          {words.closing && <Markdown text={words.closing} language={foreign} headingLevel={2} />}
          <p class="section__more">
            <ButtonLink href={own(language).newsletter} look="subtle">
              {t("editions:archive.all")}
            </ButtonLink>
          </p>
        </div>
      </article>
      <div class="section section--sea">
        <SubscribeForm visit={visit} newsletter={newsletter} action={own(language).newsletter} />
      </div>
    </VisitPage>
  );
}

type UpdateCardProps = { visit: Visit; block: Block; withIsland: boolean };

/** An update as it is now: what was mended in it since is right here too. */
function UpdateCard({ visit, block, withIsland }: UpdateCardProps) {
  const { here, language } = visit;
  const { island, host, title, summary, image, initiative } = block;
  const elsewhere = here.ownIsland !== null && here.ownIsland !== island;
  const { origin, paths: own } = elsewhere
    ? canonicalIsland(here, { slug: island, host }, language)
    : { origin: "", paths: islandPaths(here, island, language) };
  return (
    <Card
      title={<Text value={title} language={language} />}
      href={origin + own.update(block.slug)}
      meta={withIsland ? <Text value={initiative} language={language} /> : undefined}
      summary={<Text value={summary} language={language} />}
      image={image ? { src: technical.media(image), alt: "" } : undefined}
    />
  );
}

type Article = {
  newsletter: Newsletter;
  at: Date;
  image: string;
  url: string;
  subject: string;
  preheader: string;
  language: Language;
};

/** schema.org NewsArticle, as an issue of the newsletter. */
function articleData(visit: Visit, { newsletter, at, image, url, subject, preheader, language }: Article) {
  const { here } = visit;
  const { slug, host, initiative, name } = newsletter;
  const home =
    slug === null
      ? { origin: here.movementOrigin, paths: paths(language) }
      : canonicalIsland(here, { slug, host }, language);
  const publisher = {
    "@type": "Organization",
    name: initiative ? pick(initiative, language).text : here.frame(language).name,
    url: home.origin + home.paths.home,
  };
  return {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: subject,
    ...(preheader && { description: preheader }),
    inLanguage: language,
    datePublished: at.toISOString(),
    author: publisher,
    publisher,
    isPartOf: {
      "@type": "Periodical",
      name: pick(name, language).text,
      url: home.origin + home.paths.newsletter,
    },
    image: [image],
    url,
    mainEntityOfPage: url,
  };
}
