import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { technical } from "../paths.ts";
import { formatNumber } from "../platform/i18n.ts";
import { ButtonLink, SubmitButton } from "../ui/buttons.tsx";
import { TextField } from "../ui/forms.tsx";
import { Select } from "../ui/select.tsx";
import { type Asked, queryOf } from "./asked.ts";
import type { DeskList } from "./definition.ts";
import type { Listed, ListPageRows } from "./paging.ts";
import type { Total } from "./total.ts";

type ListPageProps<Row extends Listed> = {
  visit: DeskVisit;
  list: DeskList<Row>;
  asked: Asked;
  page: ListPageRows<Row>;
  /** null: not known without counting everything. */
  total: Total | null;
  mayExport: boolean;
  announce: string | undefined;
};

/** One page of a list: what to show of it, the rows, and the way to the pages beside it. */
export function ListPage<Row extends Listed>(props: ListPageProps<Row>) {
  const { visit, list, asked, page, total, mayExport, announce } = props;
  const { t, desk } = visit;
  const address = desk.section(list.section);
  return (
    <DeskPage
      visit={visit}
      section={list.section}
      title={t(`lists:${list.name}.title`)}
      lead={t(`lists:${list.name}.lead`)}
      announce={announce}
      scripts={asked.filters.organisation ? ["browser/sign.ts"] : []}
      actions={
        mayExport ? (
          <ButtonLink look="secondary" href={desk.all(list.section, "export") + queryOf(asked, null)}>
            {t("lists:export")}
          </ButtonLink>
        ) : undefined
      }
    >
      <FilterForm visit={visit} action={address} asked={asked} />
      {asked.search?.kind === "beginning" && <p class="notice">{t("lists:search.short")}</p>}
      <p class="list-total" id="list-total">
        {totalInWords(visit, asked, total, page)}
      </p>
      {page.rows.length > 0 && <Table visit={visit} list={list} rows={page.rows} />}
      {(page.newer || page.older) && (
        <nav class="list-paging" aria-label={t("lists:paging.label")}>
          {page.newer && (
            <a rel="prev" href={address + queryOf(asked, page.newer)}>
              {t("lists:paging.newer")}
            </a>
          )}
          {page.older && (
            <a rel="next" href={address + queryOf(asked, page.older)}>
              {t("lists:paging.older")}
            </a>
          )}
        </nav>
      )}
    </DeskPage>
  );
}

function totalInWords(
  { t, language }: DeskVisit,
  { search }: Asked,
  total: Total | null,
  { rows, older, newer }: ListPageRows<Listed>,
): string {
  // A search can stop half-way and go on on the next page.
  if (rows.length === 0) return t(`lists:total.${search && (older || newer) ? "onward" : "none"}`);
  if (!total) return t("lists:total.found");
  const number = formatNumber(total.count, language);
  return t(`lists:total.${total.kind}`, { count: total.count, number });
}

/** Choices and search: a form that stands in the address, so that a list can be kept and shared. */
function FilterForm({ visit, action, asked }: { visit: DeskVisit; action: string; asked: Asked }) {
  const { t } = visit;
  const { filters, chosen, typed } = asked;
  return (
    <search>
      <form class="list-filters" method="get" action={action}>
        <TextField
          t={t}
          idPrefix="list"
          name="q"
          type="search"
          maxlength={100}
          label={t("lists:search.label")}
          value={typed}
          optional
        />
        {filters.organisation && (
          <TextField
            t={t}
            idPrefix="list"
            name="organisation"
            maxlength={100}
            label={t("lists:organisation.label")}
            value={chosen.organisation}
            optional
            suggestions={`${technical.organisations}?q=`}
          />
        )}
        {filters.choices.map(({ name, none, options }) => (
          <Select
            t={t}
            idPrefix="list"
            name={name}
            label={t(`lists:filter.${name}`)}
            value={chosen[name]}
            options={none === undefined ? options : [{ value: "", label: none }, ...options]}
          />
        ))}
        <SubmitButton look="secondary">{t("lists:filter.submit")}</SubmitButton>
      </form>
    </search>
  );
}

type TableProps<Row extends Listed> = { visit: DeskVisit; list: DeskList<Row>; rows: Row[] };

/** The rows; in a box that scrolls by itself, by keyboard too, where the screen is too narrow. */
function Table<Row extends Listed>({ visit, list, rows }: TableProps<Row>) {
  const { t } = visit;
  const [first, ...others] = list.columns.filter(({ aside }) => !aside);
  if (!first) return null;
  return (
    <section class="desk-table" tabindex={0} aria-labelledby="list-caption">
      <table>
        <caption id="list-caption" class="visually-hidden">
          {t(`lists:${list.name}.caption`)}
        </caption>
        <thead>
          <tr>
            {[first, ...others].map(({ name }) => (
              <th scope="col">{t(`lists:column.${name}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              <th scope="row" dir="auto">
                <a href={list.href(row, visit)}>
                  {(first.show ?? first.text)(row, visit) || t("lists:nameless")}
                </a>
              </th>
              {others.map(({ text, show }) => (
                <td dir="auto">{(show ?? text)(row, visit)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
