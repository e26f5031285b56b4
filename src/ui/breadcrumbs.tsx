import type { FC } from "hono/jsx";
import type { Translate } from "../platform/i18n.ts";

export type Breadcrumb = { href?: string | undefined; label: string };

/** The way back up; the last one is the page itself. */
export const Breadcrumbs: FC<{ t: Translate; items: Breadcrumb[] }> = ({ t, items }) => (
  <nav class="utrecht-breadcrumb-nav breadcrumbs" aria-label={t("ui:breadcrumbs")}>
    <ol class="utrecht-breadcrumb-nav__list utrecht-breadcrumb-nav__list--html-ol">
      {items.map(({ href, label }, index) => (
        <li class="utrecht-breadcrumb-nav__item">
          {href && index < items.length - 1 ? (
            <a class="nl-link utrecht-breadcrumb-nav__link" href={href}>
              {label}
            </a>
          ) : (
            <span class="utrecht-breadcrumb-nav__link" aria-current="page">
              {label}
            </span>
          )}
        </li>
      ))}
    </ol>
  </nav>
);
