import { type Action, type DeskVisit, may } from "../accounts/operations.ts";
import type { Role } from "../accounts/table.ts";
import { type AuditLine, type AuditObject, objectIn } from "../audit/queries.ts";
import { type DeskPaths, isDocumentName } from "../desk-paths.ts";
import { formatNumber } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";

/** Where each object is worked on, and what that takes. */
const places: Record<
  AuditObject,
  { action: Action; href: (to: DeskPaths, id: string, kind: string) => string | null }
> = {
  tip: { action: "tips.handle", href: (to, id) => to.one("tips", id) },
  offer: { action: "offers.answer", href: (to, id) => to.one("offers", id) },
  proposal: { action: "proposals.decide", href: (to, id) => to.one("proposals", id) },
  signature: { action: "signatures.list", href: (to, id) => to.one("signatures", id) },
  import: { action: "subscribers.import", href: (to, id) => to.one("imports", id) },
  image: { action: "images.use", href: (to, id) => to.part("images", id, "alt") },
  edition: { action: "newsletters.write", href: (to, id) => to.one("editions", id) },
  newsletter: { action: "newsletters.write", href: (to, id) => to.one("newsletters", id) },
  document: {
    action: "updates.write",
    href: (to, id, kind) => (isDocumentName(kind) ? to.document(kind, id) : null),
  },
};

type AboutProps = { visit: DeskVisit; entry: AuditLine; there: Set<string> };

/** What it was done to, as far as it is known; a link to it while it exists (`there`). */
export function About({ entry, visit, there }: AboutProps) {
  const { t, desk, person } = visit;
  const object = objectIn(entry.details);
  const place = object && there.has(object.id) ? places[object.kind] : null;
  const href =
    object && place && may(person.roles, place.action, entry.initiativeId)
      ? place.href(desk, object.id, String(entry.details.kind))
      : null;
  const rest = [
    !href && entry.subject,
    entry.aboutName ?? entry.aboutEmail,
    entry.initiative && pick(entry.initiative, visit.language).text,
    ...Object.entries(entry.details).map(([name, value]) => inWords(visit, name, value)),
  ].filter(Boolean);
  return (
    <>
      {href && object && <a href={href}>{entry.subject ?? t(`audit:object.${object.kind}`)}</a>}
      {href && rest.length > 0 && ", "}
      {rest.join(", ")}
    </>
  );
}

/** A detail as a reader would say it; ids and the like are for whoever looks into the database. */
function inWords({ t, language }: DeskVisit, name: string, value: unknown): string | null {
  switch (name) {
    case "role":
    case "from":
    case "to":
      return t(`accounts:role.${value as Role}`);
    case "number":
      return t("writing:versionNumber", { number: Number(value) });
    case "rows":
    case "good":
      return t("imports:rows", { count: Number(value), number: formatNumber(Number(value), language) });
    case "before":
      return String(value);
    default:
      return null;
  }
}
