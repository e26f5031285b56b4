import type { DeskVisit } from "../accounts/operations.ts";
import { previewPath } from "../desk-paths.ts";
import { defaultLanguage } from "../platform/i18n.ts";
import type { Breadcrumb } from "../ui/breadcrumbs.tsx";
import { titleOf } from "./content.ts";
import type { Document, DocumentKind } from "./kinds.ts";

/** The way to a document: its section, and for what belongs to an initiative, that one's page. */
export function wayTo(
  { t, desk: to, language }: DeskVisit,
  kind: DocumentKind,
  document: Document,
  rest: Breadcrumb[] = [],
): Breadcrumb[] {
  const { section } = kind;
  const up = { href: to.section(section), label: t(`desk:nav.${section}`) };
  const title = titleOf(kind, document.content, language) ?? titleOf(kind, document.content, defaultLanguage);
  const own = { href: to.document(kind.kind, document.id), label: title ?? t("writing:untitled") };
  return [up, own, ...rest];
}

/** Where somebody with the link sees the working copy. */
export const previewOf = ({ ctx, here }: DeskVisit, document: Document): string =>
  here.origin + previewPath(ctx.keys.token("preview", document.id));
