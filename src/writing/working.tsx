import { type DeskVisit, may } from "../accounts/operations.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { contentFrom } from "./content.ts";
import { EditPage, type EditPageProps } from "./edit-page.tsx";
import type { Typed } from "./fields/index.ts";
import type { Document, DocumentKind } from "./kinds.ts";
import { newlyOpened, type Opened, openedIn, type SentFrom } from "./opened.ts";
import { previewLink } from "./preview-link.ts";
import { isUuid } from "./queries.ts";
import { surroundings } from "./surroundings.ts";
import type { Content } from "./table.ts";

/** Bytes of a whole document in two languages, as a form sends it. */
const most = 2 * 1024 * 1024;

/** Who asks for a document of a kind: the address says which, and the document says whose it is. */
export type Working = { c: VisitContext; visit: DeskVisit; kind: DocumentKind; document: Document };

/** What the form sent: the content, the version that it was made from, and the opened page that it came from. */
export type Sent = { content: Content; version: number; from: SentFrom | null };

export async function sent({ c, kind }: Working): Promise<Sent & { typed: Typed }> {
  const typed = await readFields(c, most);
  const content = contentFrom(kind, typed);
  return { typed, content, version: Number(typed.version) || 0, from: openedIn(typed) };
}

/** The page to write on; 422 where something has to be mended. */
export async function editPage(
  { c, visit, kind, document }: Working,
  props: Partial<Omit<EditPageProps, "opened">> & { opened?: Opened | null } = {},
  status: 200 | 409 | 422 = props.errors?.length ? 422 : 200,
): Promise<Response> {
  const after = c.req.query("images") ?? "";
  const around = await surroundings(visit, kind, document, isUuid(after) ? after : null);
  const mayPublish = may(visit.person.roles, kind.actions.publish, document.initiativeId);
  const share = await previewLink(visit.ctx, document.id);
  const known = await kind.notice?.(visit.ctx, document);
  const notice = known ? (
    <p class="notice" data-writing-news>
      {visit.t(known)}
    </p>
  ) : undefined;
  const page = {
    ...{ visit, kind, document, content: document.content, around, mayPublish, notice, share, errors: [] },
    ...props,
    opened: props.opened ?? newlyOpened(),
  };
  return c.html(<EditPage {...page} done={c.req.query("done")} />, status);
}
