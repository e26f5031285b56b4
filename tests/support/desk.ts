import { openSession } from "../../src/accounts/operations.ts";
import type { Role, SignInMethod } from "../../src/accounts/table.ts";
import { rememberPerson } from "../../src/people/operations.ts";
import type { TestApp } from "./test-app.ts";

let counter = 0;

type Wanted = { initiativeId?: string; email?: string; name?: string; method?: SignInMethod };

/** Somebody with a role, signed in; `headers` go along with each request, as a browser sends them. */
export async function signIn(app: TestApp, role: Role | null, wanted: Wanted = {}) {
  const email = wanted.email ?? `${role ?? "nobody"}-${++counter}@example.org`;
  const name = wanted.name ?? `Sam ${role ?? "zonder rol"}`;
  const personId = await rememberPerson(app.ctx, { email, name, language: "nl" });
  if (role)
    await app.ctx.db
      .insertInto("roles")
      .values({
        person_id: personId,
        role,
        initiative_id: wanted.initiativeId ?? null,
        given_at: app.ctx.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  const token = await openSession(app.ctx, {
    personId,
    method: wanted.method ?? "passkey",
    device: "Firefox, Linux",
    before: null,
  });
  const headers = { cookie: `archipel-beheer=${token}`, origin: app.origin };
  return {
    personId,
    email,
    token,
    headers,
    get: (path: string) => app.request(path, { headers }),
    post: (path: string, fields: Record<string, string> = {}) => app.post(path, fields, { headers }),
  };
}

export type Colleague = Awaited<ReturnType<typeof signIn>>;
