import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { formatNumber } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { MonthChart } from "./chart.tsx";
import type { countActs, countOffers, InitiativeFigures, Series } from "./queries.ts";

export type Figures = {
  /** Of one initiative: its name. */
  name: Localized | null;
  subscribers: Series;
  /** Of the movement as a whole. */
  signatures: Series | null;
  updates: Series;
  acts: Awaited<ReturnType<typeof countActs>> | null;
  offers: Awaited<ReturnType<typeof countOffers>>;
  initiatives: InitiativeFigures[];
};

/** Counts that the database has anyway. */
export function FiguresPage({ visit, figures }: { visit: DeskVisit; figures: Figures }) {
  const { t, language, desk } = visit;
  const { name, subscribers, signatures, updates, acts, offers, initiatives } = figures;
  const own = name && pick(name, language).text;
  const title = own ? t("figures:titleOf", { name: own }) : t("figures:title");
  const number = (count: number) => formatNumber(count, language);
  return (
    <DeskPage
      visit={visit}
      section="figures"
      title={title}
      lead={t("figures:lead")}
      breadcrumbs={own ? [{ href: desk.section("figures"), label: t("figures:title") }, { label: own }] : []}
    >
      <div class="figure-charts">
        <MonthChart
          visit={visit}
          id="subscribers"
          title={t(name ? "figures:subscribers" : "figures:subscriptions")}
          note={name ? undefined : t("figures:subscriptionsNote")}
          series={subscribers}
        />
        {signatures && (
          <MonthChart visit={visit} id="signatures" title={t("figures:signatures")} series={signatures} />
        )}
        <MonthChart visit={visit} id="updates" title={t("figures:updates")} series={updates} />
      </div>
      <section class="desk-section" aria-labelledby="offers-heading">
        <h2 id="offers-heading">{t("figures:offers.title")}</h2>
        <dl class="figure-list">
          {(["all", "accepted", "declined", "withdrawn"] as const).map((what) => (
            <div>
              <dt>{t(`figures:offers.${what}`)}</dt>
              <dd>{number(offers[what])}</dd>
            </div>
          ))}
          {offers.days !== null && (
            <div>
              <dt>{t("figures:offers.days")}</dt>
              <dd>{t("figures:days", { count: Math.max(1, Math.round(offers.days)) })}</dd>
            </div>
          )}
        </dl>
      </section>
      {acts && (
        <section class="desk-section" aria-labelledby="acts-heading">
          <h2 id="acts-heading">{t("figures:acts.title")}</h2>
          <p>{t("figures:acts.lead")}</p>
          <dl class="figure-list">
            {(["sent", "confirmed", "rejected"] as const).map((what) => (
              <div>
                <dt>{t(`figures:acts.${what}`)}</dt>
                <dd>{number(acts[what])}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {initiatives.length > 0 && <PerInitiative visit={visit} initiatives={initiatives} />}
    </DeskPage>
  );
}

function PerInitiative({ visit, initiatives }: { visit: DeskVisit; initiatives: InitiativeFigures[] }) {
  const { t, language, desk } = visit;
  const columns = ["subscribers", "updates", "offers"] as const;
  return (
    <section class="desk-section" aria-labelledby="each-heading">
      <h2 id="each-heading">{t("figures:each.title")}</h2>
      <div class="desk-table table-scroll" tabindex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t("figures:each.initiative")}</th>
              {columns.map((column) => (
                <th scope="col">{t(`figures:each.${column}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {initiatives.map((one) => (
              <tr>
                <th scope="row">
                  <a href={desk.one("figures", one.id)}>{pick(one.name, language).text}</a>
                </th>
                {columns.map((column) => (
                  <td>{formatNumber(one[column] ?? 0, language)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
