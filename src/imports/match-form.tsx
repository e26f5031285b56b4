import type { DeskVisit } from "../accounts/operations.ts";
import { Checkbox, Form, SubmitButton, TextArea, TextField } from "../ui/forms.tsx";
import { Select } from "../ui/select.tsx";
import { guessEverybody } from "./everybody.ts";
import { guess } from "./guessing.ts";
import { meanings, saysNothingOfConsent } from "./meanings.ts";
import type { Import } from "./queries.ts";
import { encodings } from "./reading.ts";
import { type ColumnOrders, noesIn, ordersOf } from "./survey.ts";
import { everybodyStands } from "./table.ts";

type MatchFormProps = {
  visit: DeskVisit;
  one: Import;
  messages: { name: string; message: string }[];
  typed: Record<string, string>;
};

/** Some values of a column, so that one sees what it holds. */
const samples = (one: Import, at: number): string =>
  one.first
    .map(({ cells }) => cells[at] ?? "")
    .filter(Boolean)
    .slice(0, 3)
    .map((cell) => (cell.length > 40 ? `${cell.slice(0, 40)}…` : cell))
    .join(" · ");

/** Whether somebody has to say that a column is about something else than consent, to leave it out. */
const mayHoldNo = ({ kind, survey, columns }: Import, at: number): boolean => {
  const values = survey?.[at];
  if (kind === "initiatives" || !values) return false;
  return noesIn(values).any > 0 || columns?.[at] === saysNothingOfConsent;
};

/** Whether the dates of a column can be read in two ways, and no value tells in which. */
const asksOrder = ({ kind }: Import, found: ColumnOrders | undefined): boolean =>
  kind !== "initiatives" && Object.values(found ?? {}).includes(null);

/** What somebody said of it before. */
function orderBefore({ orders }: Import, at: number, found: ColumnOrders | undefined): string {
  const separator = Object.keys(found ?? {}).find((one) => found?.[one] === null) ?? "";
  const before = orders?.[at];
  return before ? (before[separator] ?? "unknown") : "";
}

/** What each column means, with the first rows beside it; and where the consent of these people comes from. */
export function MatchForm({ visit, one, messages, typed }: MatchFormProps) {
  const { t, desk } = visit;
  const guessed = one.columns ?? guess(one.kind, one.header, one.survey);
  const orders = ordersOf(one.survey ?? []);
  const everybody = guessEverybody(one);
  const errorOf = (name: string) => messages.find((error) => error.name === name)?.message;
  const [year, month, day] = one.statement_day?.split("-") ?? [];
  const before: Record<string, string | undefined> = {
    ...{ statement: one.statement ?? undefined, by: one.statement_by ?? undefined },
    ...{ year, month: month && String(Number(month)), day: day && String(Number(day)) },
  };
  const filledIn = (name: string) => typed[name] ?? before[name];
  const nameOf = (name: string) => (/^\d+$/.test(name) ? t("imports:match.column", { number: name }) : name);
  return (
    <>
      <Preview visit={visit} one={one} nameOf={nameOf} />
      <p class="meta">
        {t("imports:encoding.read", { name: t(`imports:encoding.${encodingOf(one)}`) })}{" "}
        <a href={desk.section("imports")}>{t("imports:encoding.again")}</a>
      </p>
      <Form action={desk.part("imports", one.id, "match")} labelledBy="match-heading">
        <h2 id="match-heading">{t("imports:match.heading")}</h2>
        <p>{t("imports:match.text")}</p>
        {one.kind !== "initiatives" && <p>{t("imports:match.erased")}</p>}
        {everybody && (
          <Select
            t={t}
            idPrefix="match"
            name="everybody"
            label={t("imports:everybody.label")}
            description={t("imports:everybody.why", { name: one.file_name })}
            value={typed.everybody ?? (one.columns ? (one.everybody ?? "columns") : everybody)}
            options={["columns", ...everybodyStands].map((value) => ({
              value,
              label: t(`imports:everybody.${value}`),
            }))}
          />
        )}
        {one.header.map((name, at) => (
          <>
            <Select
              t={t}
              idPrefix="match"
              name={`column-${at}`}
              label={nameOf(name) || t("imports:match.column", { number: at + 1 })}
              description={samples(one, at) || t("imports:match.empty")}
              value={typed[`column-${at}`] ?? guessed[at]}
              error={errorOf(`column-${at}`)}
              options={[
                { value: "", label: t("imports:meaning.none") },
                ...(mayHoldNo(one, at)
                  ? [{ value: saysNothingOfConsent, label: t("imports:meaning.nothing") }]
                  : []),
                ...meanings[one.kind].map((value) => ({ value, label: t(`imports:meaning.${value}`) })),
              ]}
            />
            {asksOrder(one, orders[at]) && (
              <Select
                t={t}
                idPrefix="match"
                name={`order-${at}`}
                label={t("imports:order.label", { column: nameOf(name) })}
                description={t("imports:order.why")}
                value={typed[`order-${at}`] ?? orderBefore(one, at, orders[at])}
                error={errorOf(`order-${at}`)}
                options={["", "day-first", "month-first", "unknown"].map((value) => ({
                  value,
                  label: t(`imports:order.${value || "none"}`),
                }))}
              />
            )}
          </>
        ))}
        {one.kind !== "initiatives" && (
          <>
            <h2>{t("imports:consent.heading")}</h2>
            <p>{t("imports:consent.text")}</p>
            <TextArea
              t={t}
              idPrefix="match"
              name="statement"
              rows={4}
              label={t("imports:consent.statement")}
              description={t("imports:consent.statementWhy")}
              value={filledIn("statement")}
              error={errorOf("statement")}
            />
            <fieldset class="field import-day">
              <legend>{t("imports:consent.day")}</legend>
              {(["day", "month", "year"] as const).map((part) => (
                <TextField
                  t={t}
                  idPrefix="match"
                  name={part}
                  inputmode="numeric"
                  maxlength={part === "year" ? 4 : 2}
                  label={t(`imports:consent.${part}Part`)}
                  value={filledIn(part)}
                  error={errorOf(part)}
                />
              ))}
            </fieldset>
            <TextField
              t={t}
              idPrefix="match"
              name="by"
              maxlength={100}
              label={t("imports:consent.by")}
              description={t("imports:consent.byWhy")}
              value={filledIn("by")}
              error={errorOf("by")}
            />
          </>
        )}
        {one.kind === "signatures" && (
          <Checkbox
            t={t}
            idPrefix="match"
            name="shows"
            optional
            label={t("imports:consent.shows")}
            description={t("imports:consent.showsWhy")}
            checked={typed.shows === "yes" || one.shows}
          />
        )}
        <SubmitButton>{t("imports:match.button")}</SubmitButton>
      </Form>
    </>
  );
}

const encodingOf = ({ encoding }: Import) => encodings.find((one) => one === encoding) ?? "utf-8";

type PreviewProps = Pick<MatchFormProps, "visit" | "one"> & { nameOf: (name: string) => string };

/** The first rows of the file as they were read. */
const Preview = ({ visit: { t }, one, nameOf }: PreviewProps) => (
  <section class="desk-table" tabindex={0} aria-labelledby="preview-caption">
    <table>
      <caption id="preview-caption">{t("imports:preview", { count: one.first.length })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("imports:row")}</th>
          {one.header.map((name, at) => (
            <th scope="col" dir="auto">
              {nameOf(name) || t("imports:match.column", { number: at + 1 })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {one.first.map(({ number, cells }) => (
          <tr>
            <th scope="row">{number}</th>
            {one.header.map((_name, at) => (
              <td dir="auto">{cells[at]?.slice(0, 80)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
