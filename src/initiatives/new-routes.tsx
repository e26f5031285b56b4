import { z } from "zod";
import { DeskPage } from "../accounts/components.tsx";
import { DeskRoutes, type DeskVisit } from "../accounts/operations.ts";
import { noteAudit } from "../audit/operations.ts";
import { inTransaction } from "../platform/context.ts";
import { type FieldErrors, fieldErrors } from "../platform/fields.ts";
import { readFields } from "../protection/operations.ts";
import { ErrorSummary, Form, RadioGroup, SubmitButton, TextField } from "../ui/forms.tsx";
import type { VisitContext } from "../visit.tsx";
import { createInitiative } from "./operations.ts";
import { initiativeKinds } from "./table.ts";

const line = (missing: string, most: number) =>
  z.string(missing).trim().min(1, missing).max(most, "initiatives:new.tooLong");
const form = z.object({
  name: line("initiatives:new.name", 100),
  kind: z.enum(initiativeKinds, "initiatives:new.kind"),
  tagline: line("initiatives:new.tagline", 200),
});

/** A new island, begun by the movement itself. */
export const newIslandDesk = new DeskRoutes()
  .get(
    (to) => to.all("islands", "new"),
    "islands.create",
    "movement",
    (c, visit) => c.html(<NewPage visit={visit} />),
  )
  .post((to) => to.all("islands", "new"), "islands.create", "movement", create);

async function create(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const typed = await readFields(c);
  const parsed = form.safeParse(typed);
  if (!parsed.success)
    return c.html(<NewPage {...{ visit, typed }} errors={fieldErrors(parsed.error)} />, 422);
  const id = await inTransaction(visit.ctx, async (ctx) => {
    const id = await createInitiative(ctx, { ...parsed.data, story: "", website: null });
    await noteAudit(ctx, {
      ...{ personId: visit.person.id, action: "initiatives.create", initiativeId: id },
      subject: parsed.data.name,
    });
    return id;
  });
  return c.redirect(visit.desk.one("islands", id), 303);
}

type NewPageProps = { visit: DeskVisit; typed?: Record<string, string>; errors?: FieldErrors };

function NewPage({ visit, typed = {}, errors = [] }: NewPageProps) {
  const { t, desk } = visit;
  const messages = errors.map(({ name, message }) => ({ name, message: t(message) }));
  const field = (name: string) => ({
    ...{ t, idPrefix: "new", name, value: typed[name] },
    error: messages.find((one) => one.name === name)?.message,
  });
  const title = t("initiatives:new.title");
  return (
    <DeskPage
      visit={visit}
      section="islands"
      title={title}
      at={(to) => to.all("islands", "new")}
      lead={t("initiatives:new.lead")}
      errorCount={errors.length}
      headingId="new-heading"
      breadcrumbs={[{ href: desk.section("islands"), label: t("desk:nav.islands") }, { label: title }]}
    >
      <ErrorSummary t={t} idPrefix="new" errors={messages} />
      <Form action={desk.all("islands", "new")} labelledBy="new-heading">
        <TextField {...field("name")} label={t("initiatives:document.name")} />
        <RadioGroup
          {...field("kind")}
          label={t("initiatives:document.kind")}
          options={initiativeKinds.map((value) => ({ value, label: t(`initiatives:kind.${value}`) }))}
        />
        <TextField {...field("tagline")} label={t("initiatives:document.tagline")} />
        <SubmitButton>{t("initiatives:new.button")}</SubmitButton>
      </Form>
    </DeskPage>
  );
}
