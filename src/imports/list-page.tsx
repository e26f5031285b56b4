import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import type { FieldErrors } from "../platform/fields.ts";
import { formatNumber, momentInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { FileField } from "../ui/file-field.tsx";
import { ErrorSummary, Form, RadioGroup, SubmitButton } from "../ui/forms.tsx";
import { Select } from "../ui/select.tsx";
import { type ImportLine, stateOf } from "./queries.ts";
import { encodings } from "./reading.ts";
import type { ImportKind } from "./table.ts";

type ImportsPageProps = {
  visit: DeskVisit;
  imports: ImportLine[];
  /** What this person may import. */
  kinds: ImportKind[];
  newsletters: { value: string; label: string }[];
  errors: FieldErrors;
  typed: Record<string, string>;
  announce: string | undefined;
};

/** The files that were read in lately, and a form for a new one. */
export function ImportsPage(props: ImportsPageProps) {
  const { visit, imports, kinds, newsletters, typed, announce } = props;
  const { t, language, desk } = visit;
  const errors = props.errors.map(({ name, message }) => ({ name, message: t(message) }));
  const errorOf = (name: string) => errors.find((one) => one.name === name)?.message;
  return (
    <DeskPage
      visit={visit}
      section="imports"
      title={t("imports:title")}
      lead={t("imports:lead")}
      errorCount={errors.length}
      announce={announce}
    >
      <ErrorSummary t={t} idPrefix="import" errors={errors} />
      <section class="desk-section" aria-labelledby="new-import">
        <h2 id="new-import">{t("imports:new.heading")}</h2>
        <p>{t("imports:new.text")}</p>
        <Form action={desk.section("imports")} labelledBy="new-import" encType="multipart/form-data">
          <RadioGroup
            t={t}
            idPrefix="import"
            name="kind"
            label={t("imports:new.kind")}
            value={typed.kind ?? kinds[0]}
            error={errorOf("kind")}
            options={kinds.map((value) => ({
              value,
              label: t(`imports:kind.${value}.name`),
              description: t(`imports:kind.${value}.about`),
            }))}
          />
          <Select
            t={t}
            idPrefix="import"
            name="newsletter"
            label={t("imports:new.newsletter")}
            description={t("imports:new.newsletterWhy")}
            value={typed.newsletter ?? (newsletters.length === 1 ? newsletters[0]?.value : "")}
            error={errorOf("newsletter")}
            options={[{ value: "", label: t("imports:new.newsletterNone") }, ...newsletters]}
          />
          <FileField
            t={t}
            idPrefix="import"
            name="file"
            label={t("imports:new.file")}
            description={t("imports:new.fileWhy")}
            error={errorOf("file")}
            accept=".csv,.txt,.tsv,text/csv,text/plain"
          />
          <Select
            t={t}
            idPrefix="import"
            name="encoding"
            label={t("imports:encoding.label")}
            description={t("imports:encoding.why")}
            value={typed.encoding}
            options={[
              { value: "", label: t("imports:encoding.found") },
              ...encodings.map((value) => ({ value, label: t(`imports:encoding.${value}`) })),
            ]}
          />
          <SubmitButton>{t("imports:new.button")}</SubmitButton>
        </Form>
      </section>
      {imports.length > 0 && (
        <section class="desk-section" aria-labelledby="earlier-imports">
          <h2 id="earlier-imports">{t("imports:earlier")}</h2>
          <ul class="desk-cards">
            {imports.map((one) => (
              <li>
                <h3 class="desk-cards__title" dir="auto">
                  <a href={desk.one("imports", one.id)}>{one.file_name || t("imports:nameless")}</a>
                </h3>
                <p class="meta">
                  {t(`imports:kind.${one.kind}.name`)}
                  {one.newsletter && `, ${pick(one.newsletter, language).text}`}
                  <br />
                  {momentInWords(one.made_at, language)}
                </p>
                <p>
                  {t(`imports:state.${stateOf(one)}`)}{" "}
                  {t("imports:rows", { count: one.rows, number: formatNumber(one.rows, language) })}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </DeskPage>
  );
}
