import { DeskPage } from "../accounts/components.tsx";
import { type DeskVisit, may } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { ButtonLink, SubmitButton } from "../ui/buttons.tsx";
import { TextField } from "../ui/forms.tsx";
import { canonicalIsland } from "../visit.tsx";
import type { Document, DocumentKind } from "../writing/operations.ts";
import type { IslandAtWork } from "./desk-queries.ts";
import type { IslandPart } from "./desk-routes.tsx";

type ListProps = { visit: DeskVisit; islands: IslandAtWork[]; search: string; next: string | null };

/** The initiatives that somebody works on. */
export function IslandsAtWorkPage({ visit, islands, search, next }: ListProps) {
  const { t, language, desk: to } = visit;
  return (
    <DeskPage
      visit={visit}
      title={t("desk:nav.islands")}
      section="islands"
      lead={t("initiatives:desk.lead")}
      actions={
        may(visit.person.roles, "islands.create", null) && (
          <ButtonLink href={to.all("islands", "new")}>{t("initiatives:new.title")}</ButtonLink>
        )
      }
    >
      <search>
        <form class="writing-filters" method="get" action={to.section("islands")}>
          <TextField
            t={t}
            name="zoek"
            type="search"
            label={t("initiatives:desk.search")}
            value={search}
            optional
          />
          <SubmitButton look="secondary">{t("initiatives:desk.find")}</SubmitButton>
        </form>
      </search>
      {islands.length === 0 ? (
        <p>{t("initiatives:desk.none")}</p>
      ) : (
        <ul class="desk-cards">
          {islands.map((island) => (
            <li>
              <h2 class="desk-cards__title">
                <a href={to.one("islands", island.id)}>{pick(island.name, language).text}</a>
              </h2>
              <p>{pick(island.tagline, language).text}</p>
              <State visit={visit} island={island} />
            </li>
          ))}
        </ul>
      )}
      {next && (
        <p class="section__more">
          <ButtonLink
            look="secondary"
            href={`?${new URLSearchParams({ ...(search && { zoek: search }), na: next })}`}
          >
            {t("initiatives:desk.more")}
          </ButtonLink>
        </p>
      )}
    </DeskPage>
  );
}

const stateOf = ({ published_at, withdrawn_at }: IslandAtWork) =>
  published_at ? "out" : withdrawn_at ? "withdrawn" : "hidden";

function State({ visit: { t }, island }: { visit: DeskVisit; island: IslandAtWork }) {
  const state = stateOf(island);
  return (
    <p class="meta">
      <span class={`writing-state writing-state--${state}`}>{t(`initiatives:desk.state.${state}`)}</span>
    </p>
  );
}

type PageProps = {
  visit: DeskVisit;
  island: IslandAtWork;
  documents: Document[];
  kinds: DocumentKind[];
  parts: IslandPart[];
};

/** One initiative: its texts, and everything else that its team keeps. */
export function IslandAtWorkPage({ visit, island, documents, kinds, parts }: PageProps) {
  const { t, language, desk: to, here } = visit;
  const name = pick(island.name, language).text;
  const { origin, paths } = canonicalIsland(here, island, language);
  return (
    <DeskPage
      visit={visit}
      title={name}
      section="islands"
      at={(path) => path.one("islands", island.id)}
      breadcrumbs={[
        { href: to.section("islands"), label: t("desk:nav.islands") },
        { href: to.one("islands", island.id), label: name },
      ]}
      actions={
        island.published_at && (
          <ButtonLink href={origin + paths.home} look="secondary">
            {t("initiatives:desk.view")}
          </ButtonLink>
        )
      }
    >
      <State visit={visit} island={island} />
      <section class="desk-section" aria-labelledby="teksten">
        <h2 id="teksten">{t("initiatives:desk.texts")}</h2>
        <ul class="desk-cards">
          {kinds.map((kind) => (
            <li>
              <h3>
                <a href={to.documentOf(kind.kind, island.id)}>{t(kind.name)}</a>
              </h3>
              <Written visit={visit} document={documents.find((one) => one.kind === kind.kind)} />
            </li>
          ))}
        </ul>
      </section>
      {parts.length > 0 && (
        <section class="desk-section" aria-labelledby="verder">
          <h2 id="verder">{t("initiatives:desk.rest")}</h2>
          <ul class="desk-cards">
            {parts.map(({ label, href }) => (
              <li>
                <h3>
                  <a href={href(to, island)}>{t(label)}</a>
                </h3>
              </li>
            ))}
          </ul>
        </section>
      )}
    </DeskPage>
  );
}

function Written({ visit, document }: { visit: DeskVisit; document: Document | undefined }) {
  const { t, language } = visit;
  if (!document) return <p class="meta">{t("initiatives:desk.untouched")}</p>;
  const { changedByName: name, changedAt, publishAt } = document;
  const moment = momentInWords(changedAt, language);
  return (
    <p class="meta">
      {t(name ? "initiatives:desk.changedBy" : "initiatives:desk.changed", { name: name ?? "", moment })}
      {publishAt && ` ${t("initiatives:desk.goesOut", { moment: momentInWords(publishAt, language) })}`}
    </p>
  );
}
