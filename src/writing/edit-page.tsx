import type { Child } from "hono/jsx";
import { DeskPage } from "../accounts/components.tsx";
import type { DeskVisit } from "../accounts/operations.ts";
import { pick } from "../platform/localized.ts";
import { ErrorSummary, Form, SubmitButton } from "../ui/forms.tsx";
import { sameTexts } from "./content.ts";
import { idOf, type Problem, type Surroundings } from "./fields/types.ts";
import { ImagesElsewhere } from "./images-elsewhere.tsx";
import type { Document, DocumentKind } from "./kinds.ts";
import { arrivedFrom, type Opened } from "./opened.ts";
import type { PreviewLink } from "./preview-link.ts";
import { Publication } from "./publication.tsx";
import type { Content } from "./table.ts";
import { calledIn, wayTo } from "./way.ts";

export type EditPageProps = {
  visit: DeskVisit;
  kind: DocumentKind;
  document: Document;
  /** What the form shows: the working copy, or what was typed. */
  content: Content;
  /** The version that it was made from; by default that of the document. */
  version?: number;
  /** The page that it is, for the server to know what it sends; a form that comes back is still the same one. */
  opened: Opened;
  /** Somebody else saved meanwhile: the version that the text in the form was typed on, until somebody chooses. */
  undecided?: number;
  errors: Problem[];
  around: Omit<Surroundings, "error">;
  mayPublish: boolean;
  /** The link with which anybody sees the preview. */
  share: PreviewLink;
  done?: string | undefined;
  /** What stands above the form: who else saved meanwhile. */
  notice?: Child;
};

const announcements = [
  "saved",
  "published",
  "withdrawn",
  "scheduled",
  "unscheduled",
  "restored",
  "shared",
] as const;

/** The one page to write on: the form, its bar, and beside it what becomes of the text. */
export function EditPage(props: EditPageProps) {
  const { visit, kind, document, content, errors, around, opened } = props;
  const { t, desk: to } = visit;
  const messages = errors.map(({ name, message, values }) => ({ name, message: t(message, values ?? {}) }));
  const surroundings: Surroundings = {
    ...around,
    error: (name) => messages.find((one) => one.name === name)?.message,
  };
  const version = props.version ?? document.version;
  const title = calledIn(visit, kind, content);
  const island = document.initiativeName && pick(document.initiativeName, visit.language).text;
  const done = announcements.find((one) => one === props.done);
  return (
    <DeskPage
      visit={visit}
      title={title}
      section={kind.section}
      at={(path) => path.document(kind.kind, document.id)}
      breadcrumbs={wayTo(visit, kind, document)}
      errorCount={errors.length}
      announce={done && t(`writing:done.${done}`)}
      scripts={["browser/editor.ts"]}
      headingId="titel"
    >
      <p class="writing-kind">
        {[...new Set([t(kind.name), island])].filter((one) => one && one !== title).join(" · ")}
      </p>
      {props.notice}
      <ImagesElsewhere {...{ visit, kind, content }} />
      <ErrorSummary t={t} errors={messages.map((one) => ({ ...one, name: idOf(one.name) }))} />
      <div class="writing">
        <Form
          class="writing__form"
          id="tekst"
          action={to.documentPart(kind.kind, document.id, "save")}
          labelledBy="titel"
          data-autosave={to.documentPart(kind.kind, document.id, "autosave")}
          data-version={version}
          data-page={opened.page}
          data-turn={opened.turn}
          data-draft-key={`${visit.person.id}-${document.id}`}
          data-arrived={arrivedFrom(document.saves, visit.person.id)}
          data-undecided={props.undecided}
        >
          <input type="hidden" name="version" value={String(version)} />
          <input type="hidden" name="page" value={opened.page} />
          <input type="hidden" name="turn" value={String(opened.turn)} />
          <Bar {...props} />
          {kind.fields.map((field) =>
            field.input(content[field.name] ?? field.empty, field.name, surroundings),
          )}
        </Form>
        <Publication {...props} />
      </div>
    </DeskPage>
  );
}

/** Always at hand: whether everything is kept, and what can be done with it. */
function Bar({ visit, kind, document, content, mayPublish }: EditPageProps) {
  const { t, desk: to } = visit;
  return (
    <div class="writing-bar">
      <p class="writing-bar__state" role="status" data-save-status>
        {sameTexts(kind, content, document.content)
          ? t("writing:state.version", { version: document.version })
          : t("writing:state.unsaved")}
      </p>
      <div class="writing-bar__buttons">
        <SubmitButton look="secondary">{t("writing:save")}</SubmitButton>
        {!kind.onward && (
          <SubmitButton look="subtle" name="then" value="preview">
            {t("writing:preview")}
          </SubmitButton>
        )}
        {kind.onward && (
          <SubmitButton name="then" value="onward">
            {t(kind.onward.label)}
          </SubmitButton>
        )}
        {mayPublish && !kind.onward && (
          <SubmitButton action={to.documentPart(kind.kind, document.id, "publish")}>
            {t(document.published ? "writing:publishChanges" : "writing:publish")}
          </SubmitButton>
        )}
      </div>
    </div>
  );
}
