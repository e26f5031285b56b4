import type { FC } from "hono/jsx";
import { CompassRose } from "./icons.tsx";
import type { Site } from "./page.tsx";

/** The deep end of the chart: links in columns, a note, the rose. */
export const SiteFooter: FC<{ site: Site }> = ({ site }) => (
  <footer class="site-footer archipel-theme--sea">
    <div class="wrap site-footer__columns">
      <div class="site-footer__name">
        <CompassRose />
        <p>{site.name}</p>
        {site.footerNote && <div class="site-footer__note">{site.footerNote}</div>}
      </div>
      {site.footer.map((column) => (
        <div class="site-footer__column">
          {column.heading && <h2>{column.heading}</h2>}
          <ul>
            {column.links.map((link) => (
              <li>
                <a class="nl-link" href={link.href}>
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  </footer>
);
