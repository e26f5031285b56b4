import { beforeAll, describe, expect, test } from "vitest";
import type { DeskRoute } from "../../src/accounts/operations.ts";
import { actions, may } from "../../src/accounts/policy.ts";
import { type Role, roles } from "../../src/accounts/table.ts";
import { deskFeatures, features } from "../../src/features.ts";
import { type Colleague, signIn } from "../support/desk.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const routes: DeskRoute[] = deskFeatures.flatMap(({ list }) => list);
const nowhere = "00000000-0000-4000-8000-000000000000";
const isDesk = (path: string) => /^(\/beheer|\/en\/manage)(\/|$)/.test(path);

test("no route below /beheer stands outside of the table", () => {
  const known = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  const mounted = [...features, ...deskFeatures.map(({ routes }) => routes)]
    .flatMap(({ routes }) => routes)
    .filter(({ path, method }) => isDesk(path) && method !== "ALL")
    .map(({ method, path }) => `${method} ${path}`);
  expect(mounted.filter((route) => !known.has(route))).toEqual([]);
  expect(mounted.length).toBeGreaterThan(0);
  expect(routes.filter(({ action }) => !actions.includes(action))).toEqual([]);
});

describe("every route and method, as every role and as nobody", () => {
  let app: TestApp;
  let people: Map<Role | null, Colleague>;
  beforeAll(async () => {
    app = await startTestApp();
    const own = await app.given.initiative({ slug: "eigen-eiland" });
    people = new Map();
    for (const role of roles) {
      const initiativeId = role === "lead" || role === "island-editor" ? own.id : undefined;
      people.set(role, await signIn(app, role, initiativeId ? { initiativeId } : {}));
    }
    people.set(null, await signIn(app, null));
    return app.stop;
  });

  const send = (route: DeskRoute, headers: Record<string, string>) =>
    app.request(route.path.replace(/:\w+/g, nowhere), {
      method: route.method,
      headers,
      ...(route.method === "POST" && { body: new URLSearchParams() }),
    });

  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "%s",
    async (_name, route) => {
      const nobody = await send(route, { origin: app.origin });
      expect(nobody.status).toBe(route.method === "GET" ? 303 : 401);
      const withoutRole = await send(route, people.get(null)!.headers);
      expect(withoutRole.status, "a session without a role opens nothing").toBe(nobody.status);
      for (const role of roles) {
        const answer = await send(route, people.get(role)!.headers);
        const held = [{ role, initiativeId: role === "lead" || role === "island-editor" ? "own" : null }];
        const somewhere = may(held, route.action, "own") || may(held, route.action, null);
        const allowed = route.scope === "movement" ? may(held, route.action, null) : somewhere;
        if (typeof route.scope === "function") expect([403, 404], role).toContain(answer.status);
        else if (allowed) expect([401, 403, 500], role).not.toContain(answer.status);
        else expect(answer.status, role).toBe(403);
      }
      if (route.method === "POST") {
        const { cookie } = people.get("owner")!.headers;
        const foreign = await send(route, { cookie, origin: "https://elsewhere.example" });
        expect(foreign.status, "a form of another site").toBe(403);
        const bare = await send(route, { cookie });
        expect(bare.status, "a form that does not say where it stood").toBe(403);
      }
    },
  );
});
