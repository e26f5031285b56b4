import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { type Language, translator } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import type { PageProps } from "../ui/page.tsx";
import { islandPaths, movementPaths, type Place } from "../visit.tsx";

type Frame = PageProps["site"];

/** Header and footer of the movement's site. */
export const movementFrame =
  (place: Place, name: Localized, theme: string | undefined) =>
  (language: Language): Frame => {
    const t = translator(language);
    const to = paths(language);
    return {
      name: pick(name, language).text,
      homeHref: to.home,
      mark: "movement",
      theme,
      navigation: [
        { href: to.initiatives, label: t("site:nav.initiatives") },
        { href: to.updates, label: t("site:nav.updates") },
        { href: to.manifesto, label: t("site:nav.manifesto") },
        { href: to.join, label: t("site:nav.join") },
        { href: to.about, label: t("site:nav.about") },
      ],
      footer: [
        {
          heading: t("site:footer.follow"),
          links: [
            { href: to.newsletter, label: t("site:footer.newsletter") },
            { href: to.updatesAtom, label: t("site:footer.feed") },
            { href: to.contact, label: t("site:footer.contact") },
          ],
        },
        { heading: t("site:footer.site"), links: legalLinks(place, language) },
      ],
    };
  };

/** Header and footer of an island on its own host name: its own, with a way to the movement. */
export const islandFrame =
  (
    place: Place & { ownIsland: string },
    name: Localized,
    movementName: Localized,
    theme: string | undefined,
  ) =>
  (language: Language): Frame => {
    const t = translator(language);
    const to = islandPaths(place, place.ownIsland, language);
    return {
      name: pick(name, language).text,
      homeHref: to.home,
      mark: "island",
      theme,
      navigation: [
        { href: to.updates, label: t("site:nav.updates") },
        { href: to.newsletter, label: t("site:nav.newsletter") },
        { href: to.contact, label: t("site:nav.contact") },
      ],
      footer: [
        {
          heading: t("site:footer.partOf"),
          links: [
            { href: movementPaths(place, language).home, label: pick(movementName, language).text },
            { href: movementPaths(place, language).initiatives, label: t("site:footer.allInitiatives") },
          ],
        },
        { heading: t("site:footer.site"), links: legalLinks(place, language) },
      ],
    };
  };

function legalLinks(place: Place, language: Language) {
  const t = translator(language);
  const to = movementPaths(place, language);
  const signIn = desk(language).signIn;
  const workplace = place.ownIsland === null ? signIn : place.movementOrigin + signIn;
  return [
    { href: to.about, label: t("site:nav.about") },
    { href: to.privacy, label: t("site:footer.privacy") },
    { href: to.mine, label: t("site:footer.mine") },
    { href: to.accessibility, label: t("site:footer.accessibility") },
    { href: workplace, label: t("site:footer.workplace") },
  ];
}
