import type { FC } from "hono/jsx";
import type { Language, Translate } from "../platform/i18n.ts";
import { CompassRose, IslandMark } from "./icons.tsx";
import type { Site } from "./page.tsx";

type SiteHeaderProps = {
  site: Site;
  language: Language;
  alternate: { language: Language; href: string }[];
  t: Translate;
};

/** Name, main menu and languages. The menu wraps on a small screen, so it needs no script. */
export const SiteHeader: FC<SiteHeaderProps> = ({ site, language, alternate, t }) => {
  const others = alternate.filter((link) => link.language !== language);
  return (
    <header class="site-header">
      <div class="wrap site-header__bar">
        <a class="site-header__home" href={site.homeHref}>
          {site.mark === "island" ? <IslandMark /> : <CompassRose />}
          <span class="site-header__name">{site.name}</span>
        </a>
        {others.length > 0 && (
          <nav class="site-header__languages" aria-label={t("ui:languageNavigation")}>
            {others.map((other) => (
              <a class="nl-link" href={other.href} lang={other.language} hreflang={other.language}>
                {t(`ui:languageName.${other.language}`)}
              </a>
            ))}
          </nav>
        )}
        {site.navigation.length > 0 && (
          <nav class="site-header__menu" aria-label={t("ui:mainNavigation")}>
            <ul>
              {site.navigation.map((item) => (
                <li>
                  <a href={item.href} aria-current={item.current ? "page" : undefined}>
                    {item.label}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        )}
      </div>
    </header>
  );
};
