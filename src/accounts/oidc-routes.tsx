import { Hono } from "hono";
import { desk, oidcCallback } from "../desk-paths.ts";
import { type Language, languages, translator } from "../platform/i18n.ts";
import type { Limit } from "../platform/limits.ts";
import { withinLimit } from "../protection/operations.ts";
import { movementPaths, type Visit, type VisitContext, type VisitEnv } from "../visit.tsx";
import { browserOf, enter, noStore } from "./entering.ts";
import { signInByIdentity } from "./identities.ts";
import { safeNext } from "./next.ts";
import { finishOidc, startOidc } from "./oidc.ts";
import { setAttempt, takeAttempt } from "./oidc-cookie.ts";
import { type OidcProblem, OidcProblemPage } from "./oidc-parts.tsx";

/** Attempts from one network, which may be the organisation's own. */
const startLimit: Limit = { name: "oidc-start", points: 120, seconds: 3600 };

/** Signing in with the organisation's account. A link starts it, because form-action allows no form to leave this site. */
export const oidcRoutes = new Hono<VisitEnv>();

for (const language of languages) {
  const path = desk(language).signInPart("oidc");
  oidcRoutes.use(path, noStore);
  oidcRoutes.get(path, async (c) => {
    const { visit } = c.var;
    const { oidc } = visit.ctx.config;
    if (!oidc) return c.notFound();
    if (!(await withinLimit(c, startLimit))) return problem(c, visit, "too-many");
    const started = await startOidc(visit.ctx, oidc);
    if (started.kind === "down") return problem(c, visit, "down");
    setAttempt(c, { secret: started.secret, language, next: safeNext(c.req.query("next")) });
    return c.redirect(started.url, 302);
  });
}

oidcRoutes.use(oidcCallback, noStore);
oidcRoutes.get(oidcCallback, async (c) => {
  const { ctx } = c.var.visit;
  const { oidc } = ctx.config;
  if (!oidc) return c.notFound();
  const attempt = takeAttempt(c);
  const visit = inLanguage(c.var.visit, attempt?.language ?? "nl");
  if (!attempt) return problem(c, visit, "refused");
  const { search } = new URL(c.req.url);
  const answer = await finishOidc(ctx, oidc, { search, secret: attempt.secret });
  if (answer.kind !== "identified") return problem(c, visit, answer.kind);
  const result = await signInByIdentity(ctx, answer.identity, browserOf(c));
  if (result.kind !== "signed-in") return problem(c, visit, result.kind);
  return enter(c, desk(attempt.language), result.token, attempt.next);
});

/** The provider sends everybody back to one address; the page is in the language that they left. */
const inLanguage = (visit: Visit, language: Language): Visit => ({
  ...visit,
  language,
  t: translator(language),
  paths: movementPaths(visit.here, language),
});

const statuses = {
  down: 503,
  denied: 403,
  refused: 400,
  unverified: 403,
  "no-role": 403,
  "other-account": 403,
  "too-many": 429,
} as const satisfies Record<OidcProblem, number>;

const problem = (c: VisitContext, visit: Visit, kind: OidcProblem) =>
  c.html(<OidcProblemPage visit={visit} problem={kind} />, statuses[kind]);
