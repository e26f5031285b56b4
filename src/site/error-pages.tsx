import type { Context } from "hono";
import { type VisitEnv, VisitPage } from "../visit.tsx";

type C = Context<VisitEnv>;

/** 404: says so, and shows ways on. */
export function notFoundPage(c: C) {
  const { visit } = c.var;
  const { t, paths } = visit;
  return c.html(
    <VisitPage visit={visit} at={() => new URL(c.req.url).pathname} title={t("site:notFound.title")} noindex>
      <div class="section prose">
        <h1>{t("site:notFound.title")}</h1>
        <p>{t("site:notFound.text")}</p>
        <ul>
          <li>
            <a href={visit.here.frame(visit.language).homeHref}>{t("site:notFound.home")}</a>
          </li>
          <li>
            <a href={paths.initiatives}>{t("site:notFound.initiatives")}</a>
          </li>
          <li>
            <a href={paths.contact}>{t("site:notFound.contact")}</a>
          </li>
        </ul>
      </div>
    </VisitPage>,
    404,
  );
}

/** 500: nothing of the error itself is shown, only the number under which it is in the log. */
export function errorPage(c: C) {
  const { visit } = c.var;
  const { t } = visit;
  return c.html(
    <VisitPage visit={visit} at={() => new URL(c.req.url).pathname} title={t("site:error.title")} noindex>
      <div class="section prose">
        <h1>{t("site:error.title")}</h1>
        <p>{t("site:error.text")}</p>
        <p>{t("site:error.number", { number: visit.requestId })}</p>
      </div>
    </VisitPage>,
    500,
  );
}
