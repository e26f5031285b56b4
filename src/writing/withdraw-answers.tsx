import { DeskPage } from "../accounts/components.tsx";
import { Form, SubmitButton } from "../ui/forms.tsx";
import { removeDraft, withdrawDocument } from "./publishing.ts";
import { calledIn, wayTo } from "./way.ts";
import type { Working } from "./working.tsx";

/** Whether it shall really go: what visitors get then, and whether it can come back. */
export async function askWithdrawal(working: Working): Promise<Response> {
  return ask(working, "withdraw");
}

export async function withdraw({ c, visit, kind, document }: Working): Promise<Response> {
  const outcome = await withdrawDocument(visit.ctx, kind, { id: document.id, personId: visit.person.id });
  const query = outcome === "withdrawn" ? "?done=withdrawn" : "";
  return c.redirect(visit.desk.document(kind.kind, document.id) + query, 303);
}

export async function askRemoval(working: Working): Promise<Response> {
  return ask(working, "remove");
}

export async function remove({ c, visit, kind, document }: Working): Promise<Response> {
  const { ctx, person, desk: to } = visit;
  const outcome = await removeDraft(ctx, kind, { id: document.id, personId: person.id });
  if (outcome === "kept") return c.redirect(to.document(kind.kind, document.id), 303);
  return c.redirect(`${to.section(kind.section)}?done=removed`, 303);
}

function ask({ c, visit, kind, document }: Working, what: "withdraw" | "remove") {
  const { t, desk: to } = visit;
  const here = to.documentPart(kind.kind, document.id, what);
  const title = t(`writing:${what}.title`);
  return c.html(
    <DeskPage
      visit={visit}
      title={title}
      section={kind.section}
      at={(path) => path.documentPart(kind.kind, document.id, what)}
      breadcrumbs={wayTo(visit, kind, document, [{ href: here, label: title }])}
      lead={t(`writing:${what}.lead`, { name: calledIn(visit, kind, document.content) })}
    >
      <p>{t(`writing:${what}.text`)}</p>
      <Form action={here}>
        <SubmitButton>{t(`writing:${what}.link`)}</SubmitButton>
      </Form>
      <p>
        <a href={to.document(kind.kind, document.id)}>{t("writing:previewBar.back")}</a>
      </p>
    </DeskPage>,
  );
}
