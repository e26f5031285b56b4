import { paths } from "../paths.ts";
import { dateInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { plainText } from "../ui/markdown.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { isUntranslated, RunningText, Text, Untranslated } from "../ui/text.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Page } from "./queries.ts";

/** A page of the movement itself: about, privacy, accessibility. */
export function TextPage({ visit, page }: { visit: Visit; page: Page }) {
  const { t, language, here } = visit;
  const title = pick(page.title, language).text;
  const summary = page.summary && pick(page.summary, language).text;
  const crumbs = [
    { href: paths(language).home, label: t("ui:home") },
    { href: paths(language)[page.slug], label: title },
  ];
  return (
    <VisitPage
      visit={visit}
      at={(other) => paths(other)[page.slug]}
      title={title}
      description={summary ?? plainText(pick(page.body, language).text, 160)}
      breadcrumbs={crumbs}
      jsonLd={[breadcrumbList(crumbs, here.origin)]}
    >
      <article>
        <div class="page-title">
          <h1>
            <Text value={page.title} language={language} />
          </h1>
          {page.summary && (
            <p class="lead">
              <Text value={page.summary} language={language} />
            </p>
          )}
        </div>
        <div class="section text-page">
          {isUntranslated(page.body, language) && <Untranslated t={t} />}
          <RunningText value={page.body} language={language} />
          <p class="meta text-page__date">
            {t("site:changed", { date: dateInWords(page.updated_at, language) })}
          </p>
        </div>
      </article>
    </VisitPage>
  );
}
