import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import type { Language, Translate } from "../platform/i18n.ts";
import { type Breadcrumb, Breadcrumbs } from "./breadcrumbs.tsx";
import { Head } from "./head.tsx";
import { PageLanguage } from "./markdown.tsx";
import { SiteFooter } from "./site-footer.tsx";
import { SiteHeader } from "./site-header.tsx";

export type Site = {
  name: string;
  homeHref: string;
  navigation: { href: string; label: string; current?: boolean | undefined }[];
  footer: { heading?: string | undefined; links: { href: string; label: string }[] }[];
  footerNote?: Child | undefined;
  mark?: "movement" | "island" | undefined;
  /** A stylesheet with colours of its own. */
  theme?: string | undefined;
};

export type PageProps = {
  language: Language;
  t: Translate;
  /** What this page is, without the name of the site. */
  title: string;
  site: Site;
  /** This page in other languages, as absolute URLs; the page's own language may be among them. */
  alternate?: { language: Language; href: string }[] | undefined;
  /** Absolute URL. */
  canonical: string;
  description?: string | undefined;
  openGraph?:
    | {
        title: string;
        description?: string | undefined;
        /** Absolute URL of a 1200 × 630 image. */
        image?: string | undefined;
        imageAlt?: string | undefined;
        type: "website" | "article" | "profile";
        /** Of an article: when it came out and when it last changed. */
        published?: Date | undefined;
        modified?: Date | undefined;
      }
    | undefined;
  jsonLd?: object[] | undefined;
  feeds?: { href: string; title: string; type: string }[] | undefined;
  /** How many fields of a sent form have to be mended: stands first in the title. */
  errorCount?: number | undefined;
  /** What just succeeded, in a few words: stands first in the title. */
  announce?: string | undefined;
  noindex?: boolean | undefined;
  /** Source names of browser code, such as "browser/sign.ts". */
  scripts?: string[] | undefined;
  /** Source names of stylesheets beside the site's own. */
  styles?: string[] | undefined;
  breadcrumbs?: Breadcrumb[] | undefined;
  children?: Child | undefined;
};

/** A whole page: head, header, the content given as children, footer. */
export const Page: FC<PageProps> = (props) => {
  const { language, t, site, breadcrumbs, children } = props;
  return (
    <>
      {raw("<!DOCTYPE html>")}
      <html lang={language} class="archipel-theme">
        <Head {...props} />
        <body>
          <a class="nl-skip-link nl-skip-link--visible-on-focus" href="#inhoud">
            {t("ui:skipLink")}
          </a>
          <SiteHeader site={site} language={language} alternate={props.alternate ?? []} t={t} />
          {breadcrumbs && breadcrumbs.length > 0 && (
            <div class="wrap">
              <Breadcrumbs t={t} items={breadcrumbs} />
            </div>
          )}
          <main id="inhoud" tabindex={-1}>
            <PageLanguage.Provider value={language}>{children}</PageLanguage.Provider>
          </main>
          <SiteFooter site={site} />
        </body>
      </html>
    </>
  );
};
