import type { Context } from "hono";
import { askAgain } from "../platform/redirects.ts";
import { type VisitEnv, VisitPage } from "../visit.tsx";
import { whereNow } from "./moved.ts";

type C = Context<VisitEnv>;

/**
 * Nothing stands here. What moved answers with its new address (308, so that a form goes along); what was withdrawn says
 * so (410).
 */
export async function missing(c: C) {
  const { visit } = c.var;
  const found = await whereNow(visit.ctx, visit.here, c.env.route);
  if (found.kind === "unknown") return notFoundPage(c);
  if (found.kind === "gone") return gonePage(c, found.what);
  c.header("Cache-Control", askAgain);
  return c.redirect(found.path + new URL(c.req.url).search, 308);
}

/** 410: it was here, and its makers took it away (RFC 9110, section 15.5.11). */
function gonePage(c: C, what: "update" | "initiative") {
  const { visit } = c.var;
  const { t, paths } = visit;
  const title = t(`site:gone.${what}`);
  return c.html(
    <VisitPage visit={visit} at={() => new URL(c.req.url).pathname} title={title} noindex>
      <div class="section prose">
        <h1>{title}</h1>
        <p>{t("site:gone.text")}</p>
        <ul>
          {what === "update" && (
            <li>
              <a href={visit.here.frame(visit.language).homeHref}>{t("site:notFound.home")}</a>
            </li>
          )}
          <li>
            <a href={paths.initiatives}>{t("site:notFound.initiatives")}</a>
          </li>
          <li>
            <a href={paths.contact}>{t("site:notFound.contact")}</a>
          </li>
        </ul>
      </div>
    </VisitPage>,
    410,
    { "cache-control": "no-store" },
  );
}

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
    { "cache-control": "no-store" },
  );
}

/** 500: nothing of the error itself is shown, only the number under which it is in the log. */
export const errorPage = failurePage("error", 500);

/** 507: a disk is full, ours or the database's (RFC 4918, section 11.5). */
export const noRoomPage = failurePage("noRoom", 507);

/** 503: the database gave it up, since it took too long. */
export const slowPage = failurePage("slow", 503);

function failurePage(key: "error" | "noRoom" | "slow", status: 500 | 503 | 507) {
  return (c: C) => {
    const { visit } = c.var;
    const { t } = visit;
    const title = t(`site:${key}.title`);
    return c.html(
      <VisitPage visit={visit} at={() => new URL(c.req.url).pathname} title={title} noindex>
        <div class="section prose">
          <h1>{title}</h1>
          <p>{t(`site:${key}.text`)}</p>
          <p>{t("site:error.number", { number: visit.requestId })}</p>
        </div>
      </VisitPage>,
      status,
      { "cache-control": "no-store" },
    );
  };
}
