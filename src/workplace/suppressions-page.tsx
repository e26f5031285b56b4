import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { dateInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import type { Hold, Suppressed } from "../suppressions/queries.ts";
import { SubmitButton } from "../ui/buttons.tsx";
import { TextField } from "../ui/forms.tsx";
import { HoldsSection } from "./holds-section.tsx";

type SuppressionsPageProps = {
  visit: DeskVisit;
  search: string;
  addresses: Suppressed[];
  next: string | null;
  isFirst: boolean;
  /** Providers that get nothing for now. */
  holds: Hold[];
  announce: string | undefined;
};

/** Which addresses get no mail: why, since when, and what their owner can do about it. */
export function SuppressionsPage(props: SuppressionsPageProps) {
  const { visit, search, addresses, next, isFirst, holds, announce } = props;
  const { t, desk } = visit;
  const path = desk.section("suppressions");
  const at = (na: string | null) => {
    const query = new URLSearchParams({ ...(search && { zoek: search }), ...(na && { na }) }).toString();
    return query ? `${path}?${query}` : path;
  };
  return (
    <DeskPage
      visit={visit}
      section="suppressions"
      title={t("suppressions:title")}
      lead={t("suppressions:lead")}
      announce={announce}
    >
      <HoldsSection visit={visit} holds={holds} />
      <p class={holds.length > 0 ? "prose desk-section" : "prose"}>{t("suppressions:way")}</p>
      <search>
        <form class="list-filters" method="get" action={path}>
          <TextField
            t={t}
            name="zoek"
            type="search"
            label={t("suppressions:search")}
            value={search}
            maxlength={100}
            optional
          />
          <SubmitButton look="secondary">{t("suppressions:submit")}</SubmitButton>
        </form>
      </search>
      {addresses.length > 0 ? (
        <Table visit={visit} addresses={addresses} />
      ) : (
        <p>{t(search ? "suppressions:nothingFound" : "suppressions:none")}</p>
      )}
      {(next || !isFirst) && (
        <nav class="list-paging" aria-label={t("suppressions:paging")}>
          {!isFirst && (
            <a rel="prev" href={at(null)}>
              {t("suppressions:first")}
            </a>
          )}
          {next && (
            <a rel="next" href={at(next)}>
              {t("suppressions:older")}
            </a>
          )}
        </nav>
      )}
    </DeskPage>
  );
}

function Table({ visit, addresses }: Pick<SuppressionsPageProps, "visit" | "addresses">) {
  const { t, language } = visit;
  const reasonOf = ({ reason, detail }: Suppressed) => {
    const words = t(`suppressions:reason.${reason}`);
    return detail ? t("suppressions:status", { reason: words, code: detail }) : words;
  };
  const editionOf = ({ edition, newsletter }: Suppressed) =>
    edition && newsletter
      ? `${pick(edition, language).text}, ${pick(newsletter, language).text}`
      : t("suppressions:unknown");
  return (
    <section class="desk-table" tabindex={0} aria-labelledby="suppressions-caption">
      <table>
        <caption class="visually-hidden" id="suppressions-caption">
          {t("suppressions:caption")}
        </caption>
        <thead>
          <tr>
            {(["address", "reason", "since", "through"] as const).map((name) => (
              <th scope="col">{t(`suppressions:column.${name}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {addresses.map((one) => (
            <tr>
              <th scope="row" dir="auto">
                {one.address}
              </th>
              <td>{reasonOf(one)}</td>
              <td>
                <time datetime={one.since.toISOString()}>{dateInWords(one.since, language)}</time>
              </td>
              <td>{editionOf(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
