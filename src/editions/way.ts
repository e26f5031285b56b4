import type { DeskVisit } from "../accounts/operations.ts";
import { dateInWords } from "../platform/i18n.ts";
import { pick, pickAny } from "../platform/localized.ts";
import type { Breadcrumb } from "../ui/breadcrumbs.tsx";
import { wholeOf } from "./operations.ts";
import type { Edition } from "./queries.ts";

/** What an edition is called in the workplace. */
export const titleOf = ({ t, language }: DeskVisit, edition: Edition): string =>
  pickAny(wholeOf(edition).subject, language).text ||
  t("editions:untitled", { date: dateInWords(edition.created_at, language) });

/** The way to an edition, and to what lies behind it. */
export function wayToEdition(visit: DeskVisit, edition: Edition, behind?: string): Breadcrumb[] {
  const { t, desk, language } = visit;
  return [
    { href: desk.section("newsletters"), label: t("editions:newsletters.title") },
    { href: desk.one("newsletters", edition.newsletter_id), label: pick(edition.newsletter, language).text },
    { href: desk.one("editions", edition.id), label: titleOf(visit, edition) },
    ...(behind ? [{ label: behind }] : []),
  ];
}
