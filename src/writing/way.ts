import type { DeskVisit } from "../accounts/operations.ts";
import { pick } from "../platform/localized.ts";
import type { Breadcrumb } from "../ui/breadcrumbs.tsx";
import { titleOf } from "./content.ts";
import type { Document, DocumentKind } from "./kinds.ts";
import type { Content } from "./table.ts";

/** What a document is called on the pages of the workplace. */
export const calledIn = ({ t, language }: DeskVisit, kind: DocumentKind, content: Content): string =>
  titleOf(kind, content, language) ?? t(kind.creatable ? "writing:untitled" : kind.name);

/** The way to a document: its section, and for what belongs to an initiative, that one's page. */
export function wayTo(
  visit: DeskVisit,
  kind: DocumentKind,
  document: Document,
  rest: Breadcrumb[] = [],
): Breadcrumb[] {
  const { t, desk: to, language } = visit;
  const { initiativeId, initiativeName } = document;
  const list = { href: to.section(kind.section), label: t(`desk:nav.${kind.section}`) };
  const island =
    kind.section === "islands" && initiativeId && initiativeName
      ? [{ href: to.one("islands", initiativeId), label: pick(initiativeName, language).text }]
      : [];
  const own = {
    href: to.document(kind.kind, document.id),
    label: calledIn(visit, kind, document.content),
  };
  return [list, ...island, own, ...rest];
}
