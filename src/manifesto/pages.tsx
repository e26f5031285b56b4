import { paths } from "../paths.ts";
import { dateInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink } from "../ui/buttons.tsx";
import { plainText } from "../ui/markdown.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { isUntranslated, RunningText, Text, Untranslated } from "../ui/text.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import type { Manifesto } from "./queries.ts";

/** The mission, what the movement sees, and its principles, each with an address of its own. */
export function ManifestoPage({ visit, manifesto }: { visit: Visit; manifesto: Manifesto }) {
  const { t, language, here } = visit;
  const to = paths(language);
  const title = pick(manifesto.title, language).text;
  const crumbs = [
    { href: to.home, label: t("ui:home") },
    { href: to.manifesto, label: title },
  ];
  return (
    <VisitPage
      visit={visit}
      at={(other) => paths(other).manifesto}
      title={title}
      description={plainText(pick(manifesto.mission, language).text, 160)}
      breadcrumbs={crumbs}
      jsonLd={[breadcrumbList(crumbs, here.origin)]}
    >
      <div class="page-title">
        <h1>
          <Text value={manifesto.title} language={language} />
        </h1>
        <p class="meta">
          {t("manifesto:version", {
            version: manifesto.version,
            date: dateInWords(manifesto.published_at, language),
          })}
        </p>
      </div>
      <div class="section manifesto__mission">
        {isUntranslated(manifesto.mission, language) && <Untranslated t={t} />}
        <RunningText value={manifesto.mission} language={language} />
      </div>
      <section class="section section--sand" aria-labelledby="observations">
        <h2 class="section__heading" id="observations">
          <Text value={manifesto.observations_heading} language={language} />
        </h2>
        <ul class="observations">
          {manifesto.observations.map((observation) => (
            <li>
              <Text value={observation} language={language} />
            </li>
          ))}
        </ul>
        <p class="lead">
          <Text value={manifesto.conclusion} language={language} />
        </p>
      </section>
      <section class="section" aria-labelledby="principles">
        <h2 class="section__heading" id="principles">
          <Text value={manifesto.principles_heading} language={language} />
        </h2>
        <ol class="statements">
          {manifesto.principles.map(({ slug, verb, text }) => (
            <li id={slug}>
              <h3>
                <a href={`#${slug}`}>
                  <Text value={verb} language={language} />
                </a>
              </h3>
              <p>
                <Text value={text} language={language} />
              </p>
            </li>
          ))}
        </ol>
        <p class="actions">
          <ButtonLink href={to.initiatives}>{t("manifesto:seeInitiatives")}</ButtonLink>
        </p>
      </section>
    </VisitPage>
  );
}
