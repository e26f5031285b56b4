import { type CompiledQuery, Kysely, PostgresDialect, type RawBuilder, sql } from "kysely";
import type pg from "pg";
import { searchVector } from "../../src/signatures/words.ts";
import { firstNames, lastNames, organisations, places, rareNames, roles } from "./names.ts";

type Client = Pick<pg.Client, "query">;

/**
 * Fills an empty database with so many signatures, as a campaign would leave them: seven out of ten with their name, two
 * with role and organisation, one counted; large organisations and towns far more often than small ones; one to three
 * of the principles each. Words and search column by the expressions with which signing itself writes them.
 */
export async function fillSignatures(client: Client, count: number): Promise<void> {
  const { rows: indexes } = await client.query(indexesThatWait);
  await client.query("set session_replication_role = replica"); // no foreign keys to check, no trigger a row
  await client.query("set synchronous_commit = off");
  for (const { name } of indexes) await client.query(`drop index ${name}`);
  await client.query("insert into organisations (name) select unnest($1::text[])", [organisations]);
  await client.query(people, [count]);
  await client.query(signatures(), [firstNames, lastNames, roles, places, count, rareNames]);
  await client.query(principles);
  await client.query(
    "insert into signature_words select distinct unnest(tsvector_to_array(search)) from signatures",
  );
  await client.query(milestones, [count]);
  for (const { definition } of indexes) await client.query(definition);
  await client.query("set session_replication_role = default");
  for (const table of ["people", "signatures", "signature_principles", "signature_words", "organisations"])
    await client.query(`vacuum analyze ${table}`);
}

/** Made once at the end, which is quicker than row by row; not those that constraints need. */
const indexesThatWait = `
  select indexname as name, indexdef as definition from pg_indexes
  where tablename in ('signatures', 'signature_principles', 'signature_words')
  and not exists (select from pg_constraint where conname = indexname)`;

const people = `
  insert into people (email, language, confirmed_at)
  select 'signer-' || n || '@example.org', 'nl', now() from generate_series(1, $1::integer) as n`;

/** One of a list: the first ones far more often than the last. */
const oneOf = (parameter: string, skew = 2) =>
  `(${parameter}::text[])[1 + floor(array_length(${parameter}::text[], 1) * random() ^ ${skew})]`;

const shown = `concat_ws(' ', case when appearance = 'name' then s.name end,
  case when appearance <> 'counted' then role end, case when appearance <> 'counted' then organisation end,
  case when appearance = 'name' then place end)`;

const signatures = () => `
  with orgs as materialized (select array_agg(id order by ctid) as ids, array_agg(name order by ctid) as names from organisations),
  drawn as materialized (
    select n, random() as how, random() as has_role, random() as has_organisation, random() as has_place, random() as speaks,
      ${oneOf("$1", 1.5)} || ' ' || case when random() < 0.6 then ${oneOf("$2", 1.5)} else ${oneOf("$6", 1.5)} end as name, ${oneOf("$3")} as role, ${oneOf("$4", 3)} as place,
      1 + floor((select array_length(ids, 1) from orgs) * random() ^ 3)::integer as organisation
    from generate_series(1, $5::integer) as n
  ), signers as (
    select n, case when how < 0.7 then 'name' when how < 0.9 then 'role' else 'counted' end as appearance, name,
      case when has_role < 0.6 then role end as role, case when has_place < 0.7 then place end as place, speaks,
      case when has_organisation < 0.8 then orgs.names[drawn.organisation] end as organisation,
      case when has_organisation < 0.8 then orgs.ids[drawn.organisation] end as organisation_id
    from drawn, orgs
  )
  insert into signatures (number, person_id, manifesto_version, appearance, name, role, place, organisation_id, motivation,
    motivation_state, search, signed_at, confirmed_at, invite_code, batch)
  select floor(extract(epoch from now() - ($5 - n) * interval '20 seconds'))::bigint * 1000000 + n % 1000000,
    p.id, 1, appearance, s.name, role, place, organisation_id,
    case when speaks < 0.1 then 'Omdat het beter kan, en omdat wij dat samen kunnen.' end,
    case when speaks < 0.07 then 'shown' when speaks < 0.1 then 'waiting' end,
    ${plainSql(searchVector(sql.raw(shown)))}, now() - ($5 - n) * interval '20 seconds',
    now() - ($5 - n) * interval '20 seconds', 'bench-' || n, '00000000-0000-4000-8000-000000000000'
  from signers as s join people as p on p.email = 'signer-' || n || '@example.org' order by n`;

const principles = `
  insert into signature_principles (signature_id, principle, number)
  select distinct on (s.id, chosen.slug) s.id, chosen.slug, s.number from signatures as s, lateral (
    select principles -> floor(jsonb_array_length(principles) * random() ^ 1.3 + 0 * s.number)::integer ->> 'slug' as slug
    from manifestos, generate_series(1, 1 + (s.number % 3)::integer) where version = 1
  ) as chosen`;

const milestones = `
  insert into milestones (number, reached_at)
  select number, confirmed_at
  from (select row_number() over (order by number) as number, confirmed_at from signatures) as signed
  where number in (100, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000) and number <= $1`;

/** The text of an SQL expression without parameters. */
function plainSql(expression: RawBuilder<unknown>): string {
  const compiler = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: async () => Promise.reject() }),
  });
  const compiled: CompiledQuery = expression.compile(compiler);
  return compiled.sql;
}
