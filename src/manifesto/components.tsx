import type { Child } from "hono/jsx";
import { paths } from "../paths.ts";
import { dateInWords, type Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { plainText } from "../ui/markdown.tsx";
import { breadcrumbList } from "../ui/structured-data.ts";
import { isUntranslated, RunningText, Text, Untranslated } from "../ui/text.tsx";
import { type Visit, VisitPage } from "../visit.tsx";
import { doingsOf, signAnchor } from "./doing.ts";
import type { Manifesto, ManifestoVersion } from "./queries.ts";

export { signAnchor };

type ManifestoPageProps = {
  visit: Visit;
  manifesto: Manifesto;
  /** The path of this page where that is not the manifesto's. */
  at?: ((language: Language) => string) | undefined;
  /** Tells this page from the manifesto's in its title: "versie 1". */
  label?: string | undefined;
  noindex?: boolean | undefined;
  /** Under the title: who invites, or that this is an earlier version. */
  notice?: Child | undefined;
  /** After the principles: the form to sign. */
  children?: Child | undefined;
  errorCount?: number | undefined;
  scripts?: string[] | undefined;
  /** What other sites show with a link to it: absolute URL and what it shows. */
  picture?: { image: string; imageAlt: string } | undefined;
};

/** The mission, what the movement sees, and its principles, each with an address of its own. */
export function ManifestoPage(props: ManifestoPageProps) {
  const { visit, manifesto, label, notice, children, at = (other) => paths(other).manifesto } = props;
  const { t, language, here } = visit;
  const to = paths(language);
  const title = pick(manifesto.title, language).text;
  const version = t("manifesto:version", {
    version: manifesto.version,
    date: dateInWords(manifesto.published_at, language),
  });
  const crumbs = [
    { href: to.home, label: t("ui:home") },
    { href: to.manifesto, label: title },
    ...(label ? [{ label }] : []),
  ];
  return (
    <VisitPage
      visit={visit}
      at={at}
      title={label ? `${title}, ${label}` : title}
      description={plainText(pick(manifesto.mission, language).text, 160)}
      breadcrumbs={crumbs}
      jsonLd={label ? [] : [breadcrumbList(crumbs, here.origin)]}
      noindex={props.noindex}
      errorCount={props.errorCount}
      scripts={props.scripts}
      openGraph={{ type: "website", title, ...props.picture }}
    >
      <div class="page-title">
        <h1>
          <Text value={manifesto.title} language={language} />
        </h1>
        <p class="meta">{version}</p>
        {notice}
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
      <Principles visit={visit} manifesto={manifesto} />
      {children}
    </VisitPage>
  );
}

/** Each principle with what one can do here under that verb. */
function Principles({ visit, manifesto }: { visit: Visit; manifesto: Manifesto }) {
  const { t, language } = visit;
  return (
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
            {doingsOf(slug, paths(language)).map(({ href, words }) => (
              <p class="statements__do">
                <a href={href}>{t(words)}</a>
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

type VersionListProps = { visit: Visit; versions: ManifestoVersion[]; shown: number };

/** The other versions of the manifesto, where there are any. */
export function VersionList({ visit, versions, shown }: VersionListProps) {
  const { t, language } = visit;
  const others = versions.filter(({ version }) => version !== shown);
  if (others.length === 0) return null;
  return (
    <section class="section section--tight" aria-labelledby="versions">
      <h2 id="versions">{t("manifesto:versions")}</h2>
      <ul>
        {others.map(({ version, published_at }) => (
          <li>
            <a href={paths(language).manifestoVersion(String(version))}>
              {t("manifesto:version", { version, date: dateInWords(published_at, language) })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
