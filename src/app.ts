import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { VisitCounter } from "./editions/visits.ts";
import { deskFeatures, features } from "./features.ts";
import { languageOf } from "./paths.ts";
import type { ContentVersion } from "./platform/content-version.ts";
import type { Ctx } from "./platform/context.ts";
import { tookTooLong } from "./platform/database.ts";
import { databaseAnswers, isDatabaseAway } from "./platform/database-away.ts";
import { translator } from "./platform/i18n.ts";
import type { Metrics } from "./platform/metrics.ts";
import { isNoRoom } from "./platform/no-room.ts";
import { PageCache, type Sent } from "./platform/page-cache.ts";
import { askAgain } from "./platform/redirects.ts";
import { securityHeaders } from "./platform/security.ts";
import { StaticFiles } from "./platform/static-files.ts";
import { isProvenByToken, refuseForeignForms } from "./protection/operations.ts";
import { addressed } from "./site/addresses.ts";
import { awayPage } from "./site/away-page.tsx";
import { readSites, SiteDirectory } from "./site/directory.ts";
import { discoveryRoutes } from "./site/discovery-routes.ts";
import { errorPage, missing, noRoomPage, notFoundPage, slowPage } from "./site/error-pages.tsx";
import { healthRoutes, isHealthPath } from "./site/health-routes.ts";
import { inDutch, isLeftOut } from "./site/languages.ts";
import { operationsRoutes } from "./site/operations-routes.ts";
import { siteRoutes } from "./site/routes.tsx";
import { Spelling } from "./site/spelling.ts";
import { movementPaths, type Place, type Render, type VisitEnv } from "./visit.tsx";

/** Answers at once what is in memory. */
export type Fetch = (request: Request, remoteAddress: string | null) => Response | Promise<Response>;

/** After so many milliseconds without an answer it is asked whether the database is there at all. */
const patience = 3000;

/** The program's HTTP side: which site and page a request means, from memory where that is the same for everyone. */
export function createApp(
  ctx: Ctx,
  version: ContentVersion,
  metrics: Metrics,
  visits: Pick<VisitCounter, "note">,
): Fetch {
  const directory = new SiteDirectory(ctx, version);
  const cache = new PageCache(version);
  const headers = securityHeaders(ctx.config.secure);
  const files = new StaticFiles(headers)
    .add("dist/browser/assets", "/assets", true)
    .add("browser/public", "", false)
    .add("content/images", "/media", false);
  const router = createRouter(metrics);
  const answers = databaseAnswers(ctx);
  const health = healthRoutes(ctx, metrics, answers);
  const spelling = new Spelling([...router.routes, ...health.routes]);

  const lead = (status: 302 | 308, location: string): Response =>
    new Response(null, { status, headers: { ...headers, location, "cache-control": askAgain } });

  const fromMemory = (request: Request, sent: Sent): Response | null => {
    const here = directory.known(hostOf(request));
    const kept = here && cache.answer(keyOf(here, request), request, sent);
    if (kept)
      metrics.requests.inc({ method: "GET", status: kept.status === 304 ? "3xx" : "2xx", cached: "yes" });
    return kept;
  };

  /** The database is away: the page as it last was, or the word that it is for a moment. */
  const withoutDatabase = (request: Request, sent: Sent): Response => {
    const here = directory.lastKnown(hostOf(request));
    const kept =
      here && request.method === "GET" ? cache.lastAnswer(keyOf(here, request), request, sent) : null;
    const status = kept ? (kept.status === 304 ? "3xx" : "2xx") : "5xx";
    metrics.requests.inc({ method: request.method, status, cached: kept ? "yes" : "no" });
    return kept ?? dressed(awayPage(request));
  };

  const render = async (request: Request, remoteAddress: string | null, sent: Sent): Promise<Response> => {
    const url = new URL(request.url);
    if (isHealthPath(url.pathname)) return dressed(await health.fetch(request, { remoteAddress }));
    // Nothing is begun that the database could not end: what came in a form is not half kept.
    if (!version.listening() && !(await answers())) return withoutDatabase(request, sent);
    const begun = version.current();
    const here = await directory.find(hostOf(request));
    const right = spelling.of(url.pathname, { method: request.method, onOwnHost: here.ownIsland !== null });
    const path = right?.path ?? url.pathname;
    const address = addressed(path, here);
    if (address.kind === "elsewhere") return lead(308, address.url + url.search);
    if (isLeftOut(path, here) && request.method === "GET") return lead(302, inDutch(path) + url.search);
    const shared = { remoteAddress, requestId: randomUUID(), render: renderAs };
    const bindings = { here, route: address.path, ctx, ...shared };
    // A mail provider follows no redirect (RFC 8058, 3.2), so what it posts is taken as it was meant.
    if (right && !(request.method === "POST" && isProvenByToken(path))) {
      // One step, also where the page has moved; what is nowhere by that name is not led on.
      const meant =
        right.isNamed && request.method === "GET" ? await router.fetch(get(here, path), bindings) : null;
      if (meant && [404, 410].includes(meant.status)) return dressed(meant);
      const moved = meant?.status === 308 ? meant.headers.get("location") : null;
      return lead(308, (moved ?? path) + url.search);
    }
    const response = dressed(await router.fetch(request, bindings));
    return request.method === "GET"
      ? cache.keep(keyOf(here, request), begun, request, response, sent)
      : response;
  };

  // A header that the route set itself stands: a mail in a frame, say, needs a policy of its own. Without a word on it, a
  // cache may keep an answer for as long as it likes (RFC 9111, 4.2.2).
  const dressed = (response: Response): Response => {
    for (const [name, value] of Object.entries({ ...headers, "cache-control": askAgain }))
      if (!response.headers.has(name)) response.headers.set(name, value);
    return response;
  };

  // Nothing of it is kept: what the transaction shows is not there for others.
  const renderAs: Render = async (ctx, path) => {
    const { movement: here } = await readSites(ctx);
    const shared = { remoteAddress: null, requestId: randomUUID(), render: renderAs };
    const { pathname } = new URL(here.origin + path);
    const route = spelling.of(pathname, { method: "GET", onOwnHost: false })?.path ?? pathname;
    return router.fetch(get(here, path), { here, route, ctx, ...shared });
  };

  // What happens outside of the router's own error page: the database is gone, say.
  const failed = async (error: unknown, request: Request, sent: Sent): Promise<Response> => {
    if (await isDatabaseAway(error, answers)) {
      ctx.log.warn({ err: error }, "request without the database");
      return withoutDatabase(request, sent);
    }
    ctx.log.error({ err: error }, "request failed");
    return new Response("Er ging iets mis. Something went wrong.\n", {
      status: 500,
      headers: { ...headers, "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" },
    });
  };

  /** A database that hangs (a frozen machine, a cut line) ends nothing by itself: nobody waits for it. */
  const orWithoutDatabase = async (rendered: Promise<Response>, request: Request, sent: Sent) => {
    const { promise: givenUp, resolve } = Promise.withResolvers<Response>();
    const timer = setTimeout(async () => {
      if (!(await answers())) resolve(withoutDatabase(request, sent));
    }, patience);
    return Promise.race([rendered, givenUp]).finally(() => clearTimeout(timer));
  };

  return (request, remoteAddress) => {
    // The server leaves out the body of an answer to HEAD; all else is the same (RFC 9110, section 9.3.2).
    const isHead = request.method === "HEAD";
    const asked = readable(isHead ? new Request(request, { method: "GET" }) : request);
    const sent = isHead ? nothingSent : visits.note;
    const atOnce =
      asked.method === "GET" ? (fromMemory(asked, sent) ?? files.answer(targetOf(asked), asked)) : null;
    if (atOnce) return atOnce;
    const rendered = render(asked, remoteAddress, sent).catch((error) => failed(error, asked, sent));
    // What was sent may be carried out yet, so that its answer is waited for.
    return asked.method === "GET" ? orWithoutDatabase(rendered, asked, sent) : rendered;
  };
}

const nothingSent: Sent = () => {};

/** Without the characters in its query that no text in PostgreSQL can hold. */
function readable(request: Request): Request {
  const { method, url, headers } = request;
  const query = url.indexOf("?");
  if (method !== "GET" || query < 0 || !url.includes("%00", query)) return request;
  return new Request(url.slice(0, query) + url.slice(query).replaceAll("%00", ""), { headers });
}

/** Path and query as asked: without taking the URL apart, since every request passes here. */
const targetOf = ({ url }: Request) => url.slice(url.indexOf("/", url.indexOf("//") + 2));
const get = (here: Place, path: string) => new Request(here.origin + path);
const hostOf = (request: Request) => request.headers.get("host") ?? "";
const keyOf = (here: Place, request: Request) => (here.ownIsland ?? "") + targetOf(request);

/** Every route, in the order they are tried. */
export function createRouter(metrics: Metrics) {
  const app = new Hono<VisitEnv>({
    getPath: (_request, options) => (options as { env: VisitEnv["Bindings"] }).env.route,
  });
  app.use(async (c, next) => {
    const { ctx, here, requestId } = c.env;
    const language = languageOf(c.env.route);
    const log = ctx.log.child({ request: requestId });
    const visit = { ctx: { ...ctx, log }, language, t: translator(language), here, requestId };
    c.set("visit", { ...visit, paths: movementPaths(here, language) });
    c.header("x-request-id", requestId);
    // No address of ours holds one, no header can, and PostgreSQL knows no null character in a text.
    if (/%(?:[01][0-9a-f]|7f)/i.test(c.env.route)) return notFoundPage(c);
    const begun = performance.now();
    await next();
    const ms = performance.now() - begun;
    const status = c.res.status;
    metrics.requests.inc({ method: c.req.method, status: `${Math.floor(status / 100)}xx`, cached: "no" });
    metrics.durations.observe(ms / 1000);
    log.info({ method: c.req.method, route: c.req.routePath, status, ms: Math.round(ms) }, "request");
  });
  app.use(refuseForeignForms);
  app.onError(async (error, c) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (await isDatabaseAway(error, databaseAnswers(c.env.ctx))) throw error; // to whoever knows what was kept
    c.var.visit.ctx.log.error({ err: error }, "request failed");
    if (isNoRoom(error)) return noRoomPage(c);
    return tookTooLong(error) ? slowPage(c) : errorPage(c);
  });
  app.notFound(missing);
  app.route("/", operationsRoutes);
  app.route("/", discoveryRoutes);
  app.route("/", siteRoutes);
  for (const routes of features) app.route("/", routes);
  for (const { routes } of deskFeatures) app.route("/", routes);
  return app;
}
