import { paths } from "../paths.ts";
import type { FieldErrors } from "../platform/fields.ts";
import type { Language } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { FilterRow } from "../ui/filter-row.tsx";
import {
  CheckboxGroup,
  ErrorSummary,
  Form,
  Honeypot,
  SubmitButton,
  TextArea,
  TextField,
} from "../ui/forms.tsx";
import { Text } from "../ui/text.tsx";
import { islandPaths, type Visit, VisitPage } from "../visit.tsx";
import { HelpList } from "./components.tsx";
import type { AskingInitiative, HelpFilter, HelpWanted } from "./queries.ts";
import type { HelpKind } from "./table.ts";

type JoinPageProps = {
  visit: Visit;
  help: HelpWanted[];
  filters: { kinds: HelpKind[]; themes: { slug: string; name: Localized }[] };
  chosen: HelpFilter;
  medians: Map<string, number>;
};

/** All help that initiatives want, to be filtered by kind and theme. */
export function JoinPage({ visit, help, filters, chosen, medians }: JoinPageProps) {
  const { t, language } = visit;
  const at = (language: Language) => paths(language).join;
  const title = t("participation:title");
  const filtered = chosen.kind !== null || chosen.theme !== null;
  const initiatives = [...new Map(help.map((line) => [line.initiativeId, line])).values()];
  return (
    <VisitPage
      visit={visit}
      at={at}
      canonical={(language) => visit.here.movementOrigin + at(language)}
      title={title}
      description={t("participation:description")}
      noindex={filtered}
      breadcrumbs={[{ href: visit.paths.home, label: visit.here.frame(language).name }, { label: title }]}
    >
      <div class="page-title">
        <h1>{title}</h1>
        <p class="lead">{t("participation:lead")}</p>
      </div>
      <div class="section section--tight">
        <Filters visit={visit} filters={filters} chosen={chosen} />
        {initiatives.length === 0 && (
          <p class="notice">{t(filtered ? "participation:noneFiltered" : "participation:none")}</p>
        )}
        <div class="join">
          {initiatives.map((initiative) => (
            <section class="panel" aria-labelledby={`help-${initiative.slug}`}>
              <h2 id={`help-${initiative.slug}`}>
                <a href={islandPaths(visit.here, initiative.slug, language).home}>
                  <Text value={initiative.name} language={language} />
                </a>
              </h2>
              <p class="lead">
                <Text value={initiative.tagline} language={language} />
              </p>
              <HelpList
                visit={visit}
                help={help.filter((line) => line.initiativeId === initiative.initiativeId)}
              />
              <Median visit={visit} days={medians.get(initiative.initiativeId)} />
              <p class="actions">
                <a
                  class="nl-button nl-button--secondary"
                  href={paths(language).joinInitiative(initiative.slug)}
                >
                  {t("participation:offerTo", { initiative: pick(initiative.name, language).text })}
                </a>
              </p>
            </section>
          ))}
        </div>
      </div>
    </VisitPage>
  );
}

function Median({ visit, days }: { visit: Visit; days: number | undefined }) {
  if (days === undefined) return null;
  const count = Math.max(1, Math.round(days));
  return <p class="meta">{visit.t("participation:median", { count })}</p>;
}

function Filters({ visit, filters, chosen }: Pick<JoinPageProps, "visit" | "filters" | "chosen">) {
  const { t, language, paths } = visit;
  const href = (filter: HelpFilter) => {
    const query = new URLSearchParams();
    if (filter.kind) query.set(t("participation:filter.kindParameter"), filter.kind);
    if (filter.theme) query.set(t("participation:filter.themeParameter"), filter.theme);
    return query.size > 0 ? `${paths.join}?${query}` : paths.join;
  };
  const all = t("participation:filter.all");
  if (filters.kinds.length < 2 && filters.themes.length < 2) return null;
  return (
    <nav class="filters" aria-label={t("participation:filter.label")}>
      <FilterRow
        label={t("participation:filter.kind")}
        all={{ label: all, href: href({ ...chosen, kind: null }) }}
        options={filters.kinds.map((kind) => ({
          label: t(`participation:kind.${kind}`),
          href: href({ ...chosen, kind }),
          chosen: chosen.kind === kind,
        }))}
      />
      <FilterRow
        label={t("participation:filter.theme")}
        all={{ label: all, href: href({ ...chosen, theme: null }) }}
        options={filters.themes.map(({ slug, name }) => ({
          label: <Text value={name} language={language} />,
          href: href({ ...chosen, theme: slug }),
          chosen: chosen.theme === slug,
        }))}
      />
    </nav>
  );
}

type JoinFormPageProps = {
  visit: Visit;
  initiative: AskingInitiative;
  others: AskingInitiative[];
  help: Parameters<typeof HelpList>[0]["help"];
  errors?: FieldErrors;
  typed?: Record<string, string>;
};

/** Offer to work along with one initiative, and with others in one go. */
export function JoinFormPage({
  visit,
  initiative,
  others,
  help,
  errors = [],
  typed = {},
}: JoinFormPageProps) {
  const { t, language } = visit;
  const at = (language: Language) => paths(language).joinInitiative(initiative.slug);
  const name = pick(initiative.name, language).text;
  const title = t("participation:form.title", { initiative: name });
  const field = (name: string) => {
    const error = errors.find((one) => one.name === name);
    return { t, idPrefix: "join", name, value: typed[name], error: error && t(error.message) };
  };
  return (
    <VisitPage
      visit={visit}
      at={at}
      canonical={(language) => visit.here.movementOrigin + at(language)}
      title={title}
      description={t("participation:form.description", { initiative: name })}
      errorCount={errors.length}
      breadcrumbs={[{ href: visit.paths.join, label: t("participation:title") }, { label: name }]}
    >
      <div class="page-title">
        <h1>{title}</h1>
        <p class="lead">{t("participation:form.lead")}</p>
      </div>
      <div class="section section--tight">
        <h2>{t("participation:form.wanted", { initiative: name })}</h2>
        <HelpList visit={visit} help={help} />
      </div>
      <div class="section section--tight">
        <div class="panel panel--sand">
          <h2 id="join-heading">{t("participation:form.heading")}</h2>
          <ErrorSummary
            t={t}
            idPrefix="join"
            errors={errors.map((error) => ({ ...error, message: t(error.message) }))}
          />
          <Form action={at(language)} labelledBy="join-heading">
            <TextArea
              {...field("offer")}
              rows={5}
              label={t("participation:form.offer.label")}
              description={t("participation:form.offer.why")}
            />
            <TextArea {...field("why")} rows={3} optional label={t("participation:form.why.label")} />
            <TextField
              {...field("available")}
              optional
              label={t("participation:form.available.label")}
              description={t("participation:form.available.why")}
            />
            {others.length > 0 && (
              <CheckboxGroup
                t={t}
                idPrefix="join"
                name="also"
                optional
                label={t("participation:form.also")}
                options={others.map((other) => ({
                  name: `also-${other.slug}`,
                  label: pick(other.name, language).text,
                  checked: typed[`also-${other.slug}`] === "yes",
                }))}
              />
            )}
            <TextField
              {...field("name")}
              autocomplete="name"
              label={t("forms:name.label")}
              description={t("participation:form.name.why")}
            />
            <TextField
              {...field("email")}
              type="email"
              autocomplete="email"
              label={t("forms:email.label")}
              description={t("participation:form.emailWhy")}
            />
            <p>{t("participation:form.consent", { initiative: name })}</p>
            <p>
              <a href={visit.paths.privacy}>{t("forms:privacyLink")}</a>
            </p>
            <Honeypot t={t} idPrefix="join" />
            <SubmitButton>{t("participation:form.send")}</SubmitButton>
          </Form>
        </div>
      </div>
    </VisitPage>
  );
}
