import { raw } from "hono/html";
import type { Child } from "hono/jsx";
import { type DeskPaths, type DeskSection, desk } from "../desk-paths.ts";
import { readableAddress } from "../platform/email-address.ts";
import { languages } from "../platform/i18n.ts";
import { type Breadcrumb, Breadcrumbs } from "../ui/breadcrumbs.tsx";
import { SubmitButton } from "../ui/buttons.tsx";
import { Head } from "../ui/head.tsx";
import { CompassRose } from "../ui/icons.tsx";
import { PageLanguage } from "../ui/markdown.tsx";
import type { Visit } from "../visit.tsx";
import { navigationFor } from "./navigation.ts";
import type { SignedIn } from "./sessions.ts";

type DeskPageProps = {
  visit: Visit & { person: SignedIn; desk: DeskPaths };
  title: string;
  /** Which entry of the menu this page belongs to. */
  section?: DeskSection | "home" | undefined;
  /** The path of this page in the other language; by default that of the section. */
  at?: ((to: DeskPaths) => string) | undefined;
  breadcrumbs?: Breadcrumb[] | undefined;
  lead?: Child | undefined;
  /** Buttons beside the heading. */
  actions?: Child | undefined;
  errorCount?: number | undefined;
  /** What just succeeded: first in the title, and in a line above the page. */
  announce?: string | undefined;
  scripts?: string[] | undefined;
  /** The id of the heading, for forms that it names. */
  headingId?: string | undefined;
  children?: Child | undefined;
};

/** A page of the workplace: its menu, who is at work, the heading, and the page itself. */
export function DeskPage({ visit, title, section, at, children, ...props }: DeskPageProps) {
  const { t, language, person } = visit;
  const site = { ...visit.here.frame(language), name: t("desk:name") };
  const here = at ?? ((to: DeskPaths) => (section && section !== "home" ? to.section(section) : to.home));
  const [other] = languages.filter((one) => one !== language);
  const groups = navigationFor(person.roles);
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang={language} class="archipel-theme">
        <Head
          {...{ language, t, title, site }}
          canonical={visit.here.origin + here(visit.desk)}
          errorCount={props.errorCount}
          announce={props.announce}
          scripts={["browser/desk.ts", ...(props.scripts ?? [])]}
          styles={["browser/desk.css"]}
          noindex
        />
        <body class="desk">
          <a class="nl-skip-link nl-skip-link--visible-on-focus" href="#inhoud">
            {t("ui:skipLink")}
          </a>
          <header class="desk-header">
            <a class="desk-header__home" href={visit.desk.home}>
              <CompassRose />
              <span>{t("desk:name")}</span>
            </a>
            <ul class="desk-header__links">
              <li>
                <a href={visit.paths.home}>{t("desk:toSite")}</a>
              </li>
              {other && (
                <li>
                  <a href={here(desk(other))} lang={other} hreflang={other}>
                    {t(`ui:languageName.${other}`)}
                  </a>
                </li>
              )}
              <li>
                <a href={visit.desk.section("account")}>{person.name ?? readableAddress(person.email)}</a>
              </li>
              <li>
                <form method="post" action={visit.desk.signInPart("out")} data-sign-out>
                  <SubmitButton look="subtle">{t("desk:signOut")}</SubmitButton>
                </form>
              </li>
            </ul>
          </header>
          <div class="desk-body">
            <details class="desk-menu" data-desk-menu open>
              <summary>{t("desk:menu")}</summary>
              <nav aria-label={t("desk:menu")}>
                <ul>
                  <li>
                    <a href={visit.desk.home} aria-current={section === "home" ? "page" : undefined}>
                      {t("desk:nav.home")}
                    </a>
                  </li>
                </ul>
                {groups.map((group) => (
                  <>
                    <h2>{t(`desk:group.${group.name}`)}</h2>
                    <ul>
                      {group.sections.map((name) => (
                        <li>
                          <a
                            href={visit.desk.section(name)}
                            aria-current={section === name ? "page" : undefined}
                          >
                            {t(`desk:nav.${name}`)}
                          </a>
                        </li>
                      ))}
                    </ul>
                  </>
                ))}
              </nav>
            </details>
            <main id="inhoud" tabindex={-1}>
              {props.breadcrumbs && props.breadcrumbs.length > 0 && (
                <Breadcrumbs t={t} items={props.breadcrumbs} />
              )}
              {props.announce && (
                <p class="notice notice--success" role="status">
                  {props.announce}
                </p>
              )}
              <div class="desk-title">
                <h1 id={props.headingId}>{title}</h1>
                {props.actions && <div class="desk-title__actions">{props.actions}</div>}
              </div>
              {props.lead && <p class="lead">{props.lead}</p>}
              <PageLanguage.Provider value={language}>{children}</PageLanguage.Provider>
            </main>
          </div>
        </body>
      </html>
    </>
  );
}
