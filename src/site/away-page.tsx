import { raw } from "hono/html";
import { languageOf } from "../paths.ts";
import { asset } from "../platform/assets.ts";
import { languages, translator } from "../platform/i18n.ts";

/** Seconds after which it is worth asking again (RFC 9110, section 10.2.3). */
const retryAfter = "10";

/**
 * 503: the database is away for a moment. In both languages, that of the address first, and without anything of the
 * site, since what it is called stands in the database.
 */
export function awayPage(request: Request): Response {
  const { pathname, search } = new URL(request.url);
  const first = languageOf(pathname);
  const shown = [first, ...languages.filter((one) => one !== first)];
  const isPage = request.method === "GET";
  const page = (
    <html lang={first} class="archipel-theme">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{translator(first)("site:away.title")}</title>
        <meta name="robots" content="noindex" />
        <link rel="stylesheet" href={asset("browser/site.css")} />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </head>
      <body>
        <main id="inhoud" tabindex={-1}>
          {shown.map((language, nth) => {
            const t = translator(language);
            const title = t("site:away.title");
            return (
              <div class="section prose" lang={language}>
                {nth === 0 ? <h1>{title}</h1> : <h2>{title}</h2>}
                <p>{t("site:away.text")}</p>
                {isPage ? (
                  <p>
                    <a href={pathname + search}>{t("site:away.again")}</a>
                  </p>
                ) : (
                  <p>{t("site:away.sent")}</p>
                )}
              </div>
            );
          })}
        </main>
      </body>
    </html>
  );
  return new Response(`${raw("<!DOCTYPE html>")}${page}`, {
    status: 503,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "retry-after": retryAfter,
      "cache-control": "no-store",
    },
  });
}
