import { newsletterPlace, SubscribeForm } from "../newsletters/components.tsx";
import type { Newsletter } from "../newsletters/queries.ts";
import { technical } from "../paths.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/icons.tsx";
import { Pagination } from "../ui/pagination.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { Day } from "../updates/components.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { ArchivedEdition } from "./archive-queries.ts";
import { wordsFor } from "./archive-words.ts";

type ArchivePageProps = {
  visit: Visit;
  newsletter: Newsletter;
  editions: ArchivedEdition[];
  page: number;
  pages: number;
};

/** A newsletter: the form to subscribe, and the editions that were sent, a page at a time. */
export function ArchivePage({ visit, newsletter, editions, page, pages }: ArchivePageProps) {
  const { t, language, here } = visit;
  const { owner, home, own, canonical } = newsletterPlace(visit, newsletter);
  const { newsletter: path, newsletterAtom, newsletterJson } = own(language);
  const paged = (path: string, number = page) => (number === 1 ? path : `${path}?page=${number}`);
  const title =
    page === 1
      ? t("newsletters:title", { name: owner })
      : t("editions:archive.pageTitle", { name: owner, page, pages });
  const description = t("newsletters:description", { name: owner });
  const crumbs = [
    { href: home, label: owner },
    { href: path, label: t("newsletters:heading") },
  ];
  const feed = t("editions:archive.feedTitle", { name: owner });
  return (
    <VisitPage
      visit={visit}
      at={(language) => paged(own(language).newsletter)}
      canonical={(language) => canonical(language).origin + paged(canonical(language).paths.newsletter)}
      title={title}
      description={description}
      breadcrumbs={crumbs}
      jsonLd={[breadcrumbList(crumbs, here.origin)]}
      openGraph={{
        type: "website",
        title,
        description,
        image: canonical(language).origin + technical.shareImage(language, newsletter.slug, null),
        imageAlt: owner,
      }}
      feeds={[
        { href: newsletterAtom, type: "application/atom+xml", title: `${feed} (Atom)` },
        { href: newsletterJson, type: "application/feed+json", title: `${feed} (JSON Feed)` },
      ]}
    >
      {page === 1 ? (
        <div class="section section--tight">
          <div class="panel panel--sand">
            <SubscribeForm visit={visit} newsletter={newsletter} action={path} level={1} />
          </div>
        </div>
      ) : (
        <div class="page-title">
          <h1>{title}</h1>
        </div>
      )}
      {editions.length > 0 && (
        <section class="section" aria-labelledby="archive-heading">
          <h2 class={page === 1 ? "section__heading" : "visually-hidden"} id="archive-heading">
            {t("editions:archive.heading")}
          </h2>
          <ul class="cards">
            {editions.map((edition) => (
              <li>
                <EditionCard visit={visit} edition={edition} href={own(language).edition(edition.slug)} />
              </li>
            ))}
          </ul>
          <Pagination t={t} page={page} pages={pages} href={(number) => paged(path, number)} />
          <p class="section__more">
            <a class="nl-link" href={newsletterAtom}>
              <Icon name="feed" /> {t("editions:archive.followFeed")}
            </a>
          </p>
          {page > 1 && <ButtonLink href={path}>{t("newsletters:subscribe")}</ButtonLink>}
        </section>
      )}
    </VisitPage>
  );
}

type EditionCardProps = { visit: Visit; edition: ArchivedEdition; href: string };

function EditionCard({ visit: { language }, edition, href }: EditionCardProps) {
  const words = edition.content && wordsFor(edition.content, language);
  if (!words) return null;
  return (
    <Card
      title={words.subject}
      href={href}
      meta={<Day date={edition.at} language={language} />}
      summary={words.preheader || undefined}
      lang={words.language === language ? undefined : words.language}
    />
  );
}
