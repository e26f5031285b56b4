import { Hono } from "hono";
import { type DeskPaths, desk } from "../desk-paths.ts";
import { languages } from "../platform/i18n.ts";
import { isFromElsewhere, isSameOriginForm } from "../platform/security.ts";
import type { Visit, VisitContext, VisitEnv } from "../visit.tsx";
import { readSessionCookie } from "./cookie.ts";
import { elsewherePage, forbiddenPage, signedOutPage, strongerPage } from "./guard-pages.tsx";
import { type Action, may, whereMay } from "./policy.ts";
import { findSignedIn, type SignedIn } from "./sessions.ts";
import { isStrongEnough } from "./strength.ts";

/** One request in the workplace: who works, and on what. */
export type DeskVisit = Visit & {
  person: SignedIn;
  desk: DeskPaths;
  /** The initiative that the address is about; null: the movement, or a list over all that the person may see. */
  initiativeId: string | null;
};

/**
 * What an address is about: an initiative (its id), the movement (null), or nothing that exists (undefined). "anywhere":
 * a list of what the person may see; the handler narrows it with `whereMay`.
 */
export type Scope = "anywhere" | "movement" | ((c: VisitContext) => Promise<string | null | undefined>);

type Answer = (c: VisitContext, visit: DeskVisit) => Response | Promise<Response>;
type Method = "GET" | "POST";

export type DeskRoute = { method: Method; path: string; action: Action; scope: Scope };

/**
 * Routes of the workplace. None can be added without the action that it is, so that who may what stands in one table
 * (policy.ts); the guard asks who signs this request, before the handler sees it.
 */
export class DeskRoutes {
  readonly routes = new Hono<VisitEnv>();
  readonly list: DeskRoute[] = [];

  get(path: (to: DeskPaths) => string, action: Action, scope: Scope, answer: Answer): this {
    return this.#add("GET", path, action, scope, answer);
  }

  /** A GET that is noted in the audit log: a link on another site does not begin it, a press of a button here does. */
  download(path: (to: DeskPaths) => string, action: Action, scope: Scope, answer: Answer): this {
    return this.#add("GET", path, action, scope, async (c, visit) =>
      isFromElsewhere(c.req.raw) ? elsewherePage(c, visit) : answer(c, visit),
    );
  }

  post(path: (to: DeskPaths) => string, action: Action, scope: Scope, answer: Answer): this {
    return this.#add("POST", path, action, scope, answer);
  }

  #add(method: Method, path: (to: DeskPaths) => string, action: Action, scope: Scope, answer: Answer): this {
    for (const language of languages) {
      const to = desk(language);
      this.list.push({ method, path: path(to), action, scope });
      this.routes.on(method, path(to), (c) => guard(c, to, { action, scope }, answer));
    }
    return this;
  }
}

async function guard(
  c: VisitContext,
  to: DeskPaths,
  { action, scope }: Pick<DeskRoute, "action" | "scope">,
  answer: Answer,
): Promise<Response> {
  const { visit } = c.var;
  c.header("Cache-Control", "no-store");
  const token = readSessionCookie(c);
  const person = token && (await findSignedIn(visit.ctx, token));
  if (!person) return signedOutPage(c, to);
  if (!isSameOriginForm(c.req.raw)) return forbiddenPage(c, to, person);
  if (action !== "account.manage" && !isStrongEnough(visit.ctx.config, person))
    return strongerPage(c, to, person);
  const about = typeof scope === "function" ? await scope(c) : null;
  if (about === undefined) return c.notFound();
  const allowed =
    scope === "anywhere" ? whereMay(person.roles, action).length > 0 : may(person.roles, action, about);
  if (!allowed) return forbiddenPage(c, to, person);
  return answer(c, { ...visit, person, desk: to, initiativeId: about });
}
