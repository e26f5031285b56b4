import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { ErrorSummary, Form, SubmitButton } from "../ui/forms.tsx";
import type { Problem } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";
import { MomentFields, type TypedMoment } from "./moment-fields.tsx";
import { wayTo } from "./way.ts";

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
  const { t, desk: to } = visit;
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
        <MomentFields visit={visit} typed={typed} error={error} twice={twice} />
        <SubmitButton>{t("writing:schedule")}</SubmitButton>
      </Form>
      <p class="desk-section">
        <a href={to.document(kind.kind, document.id)}>{t("writing:previewBar.back")}</a>
      </p>
    </DeskPage>
  );
}
