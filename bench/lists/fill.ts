import { randomBytes } from "node:crypto";
import type pg from "pg";
import { createKeys } from "../../src/platform/keys.ts";
import { fillSignatures } from "../manifest/fill.ts";
import { secretKey } from "../manifest/program.ts";
import { say } from "./rig.ts";

/** So many signatures, as many subscribers of the movement's newsletter, and one address in fifty that gets no mail. */
export async function fill(client: pg.Client, count: number): Promise<void> {
  const begun = performance.now();
  const { rows } = await client.query<{ name: string; definition: string }>(`
    select indexname as name, indexdef as definition from pg_indexes where tablename in ('people', 'subscriptions')
    and not exists (select from pg_constraint where conname = indexname)`);
  for (const { name } of rows) await client.query(`drop index ${name}`);
  await fillSignatures(client, count);
  await client.query(`
    update people set name = s.name, confirmed_at = s.confirmed_at, language = case when s.number % 50 = 0 then 'en' else 'nl' end
    from signatures as s where s.person_id = people.id`);
  await client.query(`
    insert into subscriptions (newsletter_id, person_id, language, since, ended_at)
    select n.id, s.person_id, case when s.number % 50 = 0 then 'en' else 'nl' end, s.confirmed_at,
      case when s.number % 20 = 0 then now() end
    from signatures as s, newsletters as n where n.initiative_id is null`);
  for (const { definition } of rows) await client.query(definition);
  await client.query(`
    insert into suppressions (address, reason, since)
    select p.email, 'hard', now() from people as p join signatures as s on s.person_id = p.id where s.number % 50 = 7
    on conflict do nothing`);
  for (const name of ["people", "subscriptions", "suppressions"])
    await client.query(`vacuum analyze ${name}`);
  say(`${count} signatures and subscribers: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

/** Signs an owner in; answers with the cookie. */
export async function signIn(client: pg.Client): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const { rows } = await client.query<{ id: string }>(
    `insert into people (email, name, language, confirmed_at) values ('owner@example.org', 'Owner', 'nl', now())
      on conflict (email) do update set name = excluded.name returning id`,
  );
  const id = rows[0]?.id;
  await client.query(
    "insert into roles (person_id, role, given_at) values ($1, 'owner', now()) on conflict do nothing",
    [id],
  );
  await client.query(
    `insert into sessions (token_hash, person_id, method, made_at, seen_at, expires_at)
      values ($1, $2, 'passkey', now(), now(), now() + interval '1 day')`,
    [createKeys(secretKey).hash("desk-session", token), id],
  );
  return `archipel-beheer=${token}`;
}
