import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { momentInWords } from "../platform/i18n.ts";
import { ErrorSummary, Form, RadioGroup, SubmitButton, TextField } from "../ui/forms.tsx";
import type { Problem } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";
import { wayTo } from "./way.ts";

export type TypedMoment = Record<"day" | "month" | "year" | "hour" | "minute", string> & {
  which: "" | "first" | "second";
};

type Props = {
  visit: DeskVisit;
  kind: DocumentKind;
  document: Document;
  typed: TypedMoment;
  errors: Problem[];
  /** The clock shows this time twice: which of them? */
  twice?: boolean;
};

/** When it goes out by itself, on the Dutch clock. */
export function SchedulePage({ visit, kind, document, typed, errors, twice }: Props) {
  const { t, desk: to, language, ctx } = visit;
  const messages = errors.map(({ name, message, values }) => ({ name, message: t(message, values ?? {}) }));
  const error = (name: string) => messages.find((one) => one.name === name)?.message;
  const here = to.documentPart(kind.kind, document.id, "schedule");
  const title = t("writing:moment.title");
  return (
    <DeskPage
      visit={visit}
      title={title}
      section={kind.section}
      at={(path) => path.documentPart(kind.kind, document.id, "schedule")}
      breadcrumbs={wayTo(visit, kind, document, [{ href: here, label: title }])}
      errorCount={errors.length}
      lead={t("writing:moment.lead")}
      headingId="titel"
    >
      <ErrorSummary t={t} errors={messages} />
      <Form action={here} labelledBy="titel">
        <fieldset class="date-field">
          <legend>{t("writing:moment.date")}</legend>
          {(["day", "month", "year"] as const).map((part) => (
            <Digits
              t={t}
              name={part}
              label={t(`writing:date.${part}`)}
              value={typed[part]}
              error={error(part)}
            />
          ))}
        </fieldset>
        <fieldset class="date-field">
          <legend>{t("writing:moment.time")}</legend>
          <p class="bilingual__help">
            {t("writing:moment.zone", { now: momentInWords(ctx.now(), language) })}
          </p>
          {(["hour", "minute"] as const).map((part) => (
            <Digits
              t={t}
              name={part}
              label={t(`writing:moment.${part}`)}
              value={typed[part]}
              error={error(part)}
            />
          ))}
        </fieldset>
        {twice && (
          <RadioGroup
            t={t}
            name="which"
            label={t("writing:moment.which")}
            value={typed.which}
            error={error("which")}
            options={[
              { value: "first", label: t("writing:moment.first") },
              { value: "second", label: t("writing:moment.second") },
            ]}
          />
        )}
        <SubmitButton>{t("writing:schedule")}</SubmitButton>
      </Form>
      <p>
        <a href={to.document(kind.kind, document.id)}>{t("writing:previewBar.back")}</a>
      </p>
    </DeskPage>
  );
}

type DigitsProps = {
  t: DeskVisit["t"];
  name: string;
  label: string;
  value: string;
  error: string | undefined;
};

const Digits = (props: DigitsProps) => <TextField {...props} inputmode="numeric" maxlength={4} />;
