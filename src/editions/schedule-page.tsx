import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { ErrorSummary, Form, SubmitButton } from "../ui/forms.tsx";
import { MomentFields, type TypedMoment } from "../writing/components.tsx";
import type { Edition } from "./queries.ts";
import { wayToEdition } from "./way.ts";

type Problem = { name: string; message: string; values?: Record<string, string | number> | undefined };
type Props = {
  visit: DeskVisit;
  edition: Edition;
  /** What was seen of it on its page: see `seenOf`. */
  seen: string;
  typed: TypedMoment;
  errors: Problem[];
  twice?: boolean;
};

/** When an edition goes out, on the Dutch clock. */
export function ScheduleEditionPage({ visit, edition, seen, typed, errors, twice }: Props) {
  const { t, desk } = visit;
  const messages = errors.map(({ name, message, values }) => ({ name, message: t(message, values ?? {}) }));
  const title = t("editions:schedule.title");
  return (
    <DeskPage
      visit={visit}
      section="newsletters"
      title={title}
      at={(to) => to.part("editions", edition.id, "schedule")}
      breadcrumbs={wayToEdition(visit, edition, title)}
      lead={t("editions:schedule.lead")}
      errorCount={messages.length}
      headingId="titel"
    >
      <ErrorSummary t={t} errors={messages} />
      <Form action={desk.part("editions", edition.id, "schedule")} labelledBy="titel">
        <input type="hidden" name="seen" value={seen} />
        <MomentFields
          visit={visit}
          typed={typed}
          error={(name) => messages.find((one) => one.name === name)?.message}
          twice={twice}
        />
        <SubmitButton>{t("editions:schedule.button")}</SubmitButton>
      </Form>
    </DeskPage>
  );
}
