import { randomUUID } from "node:crypto";
import { openSession } from "../../src/accounts/operations.ts";
import type { Role, SignInMethod } from "../../src/accounts/table.ts";
import { noteAudit } from "../../src/audit/operations.ts";
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

/** Lets somebody with this address work here, so that something is kept of every kind. */
export async function workHere(app: TestApp, email: string, role: Role = "editor"): Promise<Colleague> {
  const { name } = await app.ctx.db
    .selectFrom("people")
    .select("name")
    .where("email", "=", email)
    .executeTakeFirstOrThrow();
  const colleague = await signIn(app, role, { email, ...(name && { name }) });
  const { personId: person_id } = colleague;
  const [made_at, used_at] = [new Date("2026-01-02T03:04:05Z"), new Date("2026-01-03T04:05:06Z")];
  const passkey = { id: randomUUID(), name: "Mijn telefoon", public_key: Buffer.from("key"), counter: 3 };
  const transports = JSON.stringify(["internal", "hybrid"]);
  await app.ctx.db
    .insertInto("passkeys")
    .values({ ...passkey, transports, person_id, made_at, used_at })
    .execute();
  await app.ctx.db
    .insertInto("oidc_identities")
    .values({ issuer: "https://login.example.org", subject: `account-${email}`, person_id, made_at, used_at })
    .execute();
  await noteAudit(app.ctx, { personId: person_id, action: "accounts.add-passkey", aboutPersonId: person_id });
  return colleague;
}

export type Colleague = Awaited<ReturnType<typeof signIn>>;
