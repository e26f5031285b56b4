import { beforeAll, describe, expect, test } from "vitest";
import type { Action, DeskRoute } from "../../src/accounts/operations.ts";
import { actions } from "../../src/accounts/policy.ts";
import { type Role, roles } from "../../src/accounts/table.ts";
import { deskFeatures, features } from "../../src/features.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { deskAddresses } from "../support/desk-addresses.ts";
import { fillWorkplace } from "../support/desk-pages.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

/**
 * Who may what, said once more and by hand: where each role may do something. The program has a table of its own; the
 * two have to say the same.
 */
// biome-ignore format: a table, to be read as one
const expected: Record<Action, readonly ["all" | "-", "all" | "-", "all" | "-", "all" | "own" | "-", "all" | "own" | "-"]> = {
  //                      owner  editor moder. lead   island-editor
  "workplace.open":      ["all", "all", "all", "own", "own"],
  "account.manage":      ["all", "all", "all", "own", "own"],
  "movement.edit":       ["all", "all", "-",   "-",   "-"],
  "movement.publish":    ["all", "all", "-",   "-",   "-"],
  "manifesto.publish":   ["all", "-",   "-",   "-",   "-"],
  "islands.create":      ["all", "all", "-",   "-",   "-"],
  "island.edit":         ["all", "all", "-",   "own", "own"],
  "island.publish":      ["all", "all", "-",   "own", "own"],
  "island.withdraw":     ["all", "all", "-",   "own", "-"],
  "island.address":      ["all", "-",   "-",   "own", "-"],
  "island.contact":      ["all", "all", "-",   "own", "-"],
  "updates.write":       ["all", "all", "-",   "own", "own"],
  "updates.publish":     ["all", "all", "-",   "own", "own"],
  "images.use":          ["all", "all", "-",   "own", "own"],
  "newsletters.write":   ["all", "all", "-",   "own", "own"],
  "newsletters.send":    ["all", "all", "-",   "own", "-"],
  "suppressions.see":    ["all", "-",   "all", "-",   "-"],
  "suppressions.open":   ["all", "-",   "all", "-",   "-"],
  "tips.handle":         ["all", "all", "all", "own", "own"],
  "offers.answer":       ["all", "-",   "all", "own", "-"],
  "motivations.decide":  ["all", "-",   "all", "-",   "-"],
  "proposals.decide":    ["all", "-",   "all", "-",   "-"],
  "signatures.list":     ["all", "-",   "all", "-",   "-"],
  "signatures.export":   ["all", "-",   "-",   "-",   "-"],
  "subscribers.list":    ["all", "-",   "-",   "own", "-"],
  "subscribers.export":  ["all", "-",   "-",   "own", "-"],
  "offers.list":         ["all", "-",   "all", "own", "-"],
  "offers.export":       ["all", "-",   "-",   "own", "-"],
  "people.list":         ["all", "-",   "-",   "-",   "-"],
  "people.export":       ["all", "-",   "-",   "-",   "-"],
  "subscribers.import":  ["all", "-",   "-",   "own", "-"],
  "signatures.import":   ["all", "-",   "-",   "-",   "-"],
  "initiatives.import":  ["all", "-",   "-",   "-",   "-"],
  "movement.team":       ["all", "-",   "-",   "-",   "-"],
  "island.team":         ["all", "-",   "-",   "own", "-"],
  "audit.see":           ["all", "-",   "-",   "own", "-"],
  "figures.see":         ["all", "all", "all", "own", "own"],
};

/** What can only be done to the movement itself: no role of an island reaches it, whatever its action. */
const isOfMovement = (path: string) => /\/teksten\/(beweging|pagina|manifest)\//.test(path);

/** How late a route is walked: what it does leaves less behind for the others. */
const lateness = ({ method, path }: DeskRoute): number => {
  if (method === "GET" || !/\/(verwijderen|terugtrekken|stoppen|rol-beeindigen)$/.test(path)) return 0;
  return path.endsWith("/verwijderen") ? 2 : 1;
};

/** What an address needs besides its ids, to be of something that is there. */
const wanted: [RegExp, { query?: string; fields?: Record<string, string> }][] = [
  [/\/vergelijken$/, { query: "?van=1&naar=1" }],
  [/\/terugzetten$/, { fields: { number: "1" } }],
];

/** Here an owner finds nothing either: the code in a mail, a role of one's own, what was never out or is still empty. */
const nothingThere = new Set([
  "GET /beheer/account/:token/e-mailadres",
  "POST /beheer/account/:token/e-mailadres",
  "POST /beheer/account/:id/rol-beeindigen",
  "GET /beheer/teksten/update/:id/terugtrekken",
  "POST /beheer/teksten/update/:id/terugtrekken",
  "GET /beheer/edities/:id/html",
]);

const routes: DeskRoute[] = deskFeatures.flatMap(({ list }) => list);
const dutch = routes.filter(({ path }) => /^\/beheer(\/|$)/.test(path));
const walked = dutch.toSorted((one, other) => lateness(one) - lateness(other));
const isDesk = (path: string) => /^(\/beheer|\/en\/manage)(\/|$)/.test(path);

test("no route below /beheer stands outside of the table", () => {
  const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  const mounted = [...features, ...deskFeatures.map(({ routes }) => routes)]
    .flatMap(({ routes }) => routes)
    .filter(({ path, method }) => isDesk(path) && method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  expect(mounted.filter((route) => !known.has(route))).toEqual([]);
  expect(mounted.length).toBeGreaterThan(0);
  expect(Object.keys(expected).sort()).toEqual([...actions].sort());
});

test("the English routes are the Dutch ones, with the same action and scope", () => {
  const english = routes.filter(({ path }) => path.startsWith("/en/"));
  const asked = ({ method, action, scope }: DeskRoute) => [method, action, scope];
  expect(english.map(asked)).toEqual(dutch.map(asked));
});

describe("every route and method, as every role on its own island and as nobody", () => {
  let app: TestApp;
  let people: Map<Role | null, Colleague>;
  let addressOf: Awaited<ReturnType<typeof deskAddresses>>;
  beforeAll(async () => {
    app = await startTestApp();
    const { owner } = await fillWorkplace(app);
    addressOf = await deskAddresses(app, owner);
    const island = await app.ctx.db
      .selectFrom("initiatives")
      .select("id")
      .where("slug", "=", "straatwijs")
      .executeTakeFirstOrThrow();
    people = new Map();
    for (const role of roles) {
      const place = role === "lead" || role === "island-editor" ? { initiativeId: island.id } : {};
      people.set(role, await signIn(app, role, place));
    }
    people.set(null, await signIn(app, null));
    return app.stop;
  }, 120_000);

  const send = (route: DeskRoute, headers: Record<string, string>) => {
    const more = wanted.find(([part]) => part.test(route.path))?.[1];
    const path = addressOf(route) ?? route.path.replace(/:\w+/, "00000000-0000-4000-8000-000000000000");
    return app.request(path + (more?.query ?? ""), {
      method: route.method,
      headers,
      ...(route.method === "POST" && { body: new URLSearchParams(more?.fields) }),
    });
  };

  const mayBe = (route: DeskRoute, role: Role): boolean => {
    const where = expected[route.action][roles.indexOf(role)];
    return where === "all" || (where === "own" && route.scope !== "movement" && !isOfMovement(route.path));
  };

  test.each(walked.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s",
    async (name, route) => {
      if (typeof route.scope === "function") expect(addressOf(route), "the id of something").not.toBeNull();
      const nobody = await send(route, { origin: app.origin });
      expect(nobody.status).toBe(route.method === "GET" ? 303 : 401);
      const withoutRole = await send(route, people.get(null)!.headers);
      expect(withoutRole.status, "a session without a role opens nothing").toBe(nobody.status);
      if (route.method === "POST") {
        const { cookie } = people.get("owner")!.headers;
        const foreign = await send(route, { cookie, origin: "https://elsewhere.example" });
        expect(foreign.status, "a form of another site").toBe(403);
        const bare = await send(route, { cookie });
        expect(bare.status, "a form that does not say where it stood").toBe(403);
      }
      for (const role of roles.filter((role) => !mayBe(route, role)))
        expect((await send(route, people.get(role)!.headers)).status, role).toBe(403);
      // Who may comes last: an act that is done can leave nothing for the next one to do.
      let mustBeThere = !nothingThere.has(name);
      for (const role of roles.filter((role) => mayBe(route, role))) {
        const { status } = await send(route, people.get(role)!.headers);
        expect([401, 403, 500, ...(mustBeThere ? [404] : [])], role).not.toContain(status);
        if (route.method === "POST") mustBeThere = false;
      }
    },
  );
});
