import { DeskPage } from "../accounts/components.tsx";
import { Form, SubmitButton } from "../ui/forms.tsx";
import { withdrawDocument } from "./publishing.ts";
import { wayTo } from "./way.ts";
import type { Working } from "./working.tsx";

/** Whether it shall really go: what visitors get then, and that it can come back. */
export async function askWithdrawal({ c, visit, kind, document }: Working): Promise<Response> {
  const { t, desk: to } = visit;
  const here = to.documentPart(kind.kind, document.id, "withdraw");
  const title = t("writing:withdraw.title");
  return c.html(
    <DeskPage
      visit={visit}
      title={title}
      section={kind.section}
      at={(path) => path.documentPart(kind.kind, document.id, "withdraw")}
      breadcrumbs={wayTo(visit, kind, document, [{ href: here, label: title }])}
      lead={t("writing:withdraw.lead")}
    >
      <p>{t("writing:withdraw.text")}</p>
      <Form action={here}>
        <SubmitButton>{t("writing:withdraw.link")}</SubmitButton>
      </Form>
      <p>
        <a href={to.document(kind.kind, document.id)}>{t("writing:previewBar.back")}</a>
      </p>
    </DeskPage>,
  );
}

export async function withdraw({ c, visit, kind, document }: Working): Promise<Response> {
  const outcome = await withdrawDocument(visit.ctx, kind, { id: document.id, personId: visit.person.id });
  const query = outcome === "withdrawn" ? "?done=withdrawn" : "";
  return c.redirect(visit.desk.document(kind.kind, document.id) + query, 303);
}
