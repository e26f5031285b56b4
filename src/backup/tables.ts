import type pg from "pg";

/** A table that a backup holds, with the columns that it has to say the values of. */
export type Table = { name: string; columns: string[] };

/** What migrating makes by itself. */
const ofMigrating = ["kysely_migration", "kysely_migration_lock", "migration_hashes"];

/** What stands in the schema in use and was brought by no extension: also what is not ours. */
const ofSchema = `c.relnamespace = current_schema()::regnamespace and not exists (
  select from pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')`;
const inSchema = `c.relkind in ('r', 'p') and ${ofSchema}`;

/** The tables to back up. An unlogged one (limits) holds what may be lost, and generated columns are made anew. */
export async function tablesIn(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class as c join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0
       and not a.attisdropped and a.attgenerated = ''
     where ${inSchema} and c.relpersistence = 'p' and c.relname <> all($1)
     group by c.relname order by c.relname`,
    [ofMigrating],
  );
  return rows;
}

/** Whether there is nothing in a database that a restore could overwrite: no table, and no job on a queue. */
export async function isEmpty(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(`select from pg_class as c where ${inSchema} limit 1`);
  return rows.length === 0 && ((await hasQueue(client)) ? await hasNoJobs(client) : true);
}

export async function hasQueue(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    "select to_regclass('pgboss.job') is not null as there",
  );
  return rows[0]?.there ?? false;
}

async function hasNoJobs(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query(
    "select from pgboss.job where name not like '\\_\\_pgboss%' and state < 'completed' limit 1",
  );
  return rows.length === 0;
}

export type Sequence = { name: string; last: string; called: boolean };

/** How far the sequences are, of identity columns and others. Later than a snapshot, never behind it. */
export async function sequencesIn(client: pg.ClientBase): Promise<Sequence[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class as c where relkind = 'S' and ${ofSchema} order by 1`,
  );
  const sequences: Sequence[] = [];
  for (const { name } of rows) {
    const { rows: state } = await client.query<Omit<Sequence, "name">>(
      `select last_value::text as last, is_called as called from ${client.escapeIdentifier(name)}`,
    );
    if (state[0]) sequences.push({ name, ...state[0] });
  }
  return sequences;
}

/** A sequence that is not there belongs to a table that is none of ours. */
export async function setSequence(client: pg.ClientBase, { name, last, called }: Sequence): Promise<void> {
  await client.query("select setval(to_regclass(quote_ident($1)), $2::bigint, $3)", [name, last, called]);
}

/**
 * Empties tables and lets them be filled in any order: their triggers wait, and their foreign keys are taken off and
 * put back by what this returns, which checks them all at once. An owner of the tables may do so; a superuser is not needed.
 */
export async function layOpen(client: pg.ClientBase, tables: Table[]): Promise<() => Promise<void>> {
  const quoted = tables.map(({ name }) => client.escapeIdentifier(name));
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `select o.conrelid::regclass::text as table, quote_ident(o.conname) as name, pg_get_constraintdef(o.oid) as definition
     from pg_constraint as o join pg_class as c on c.oid = o.conrelid
     where o.contype = 'f' and ${inSchema}`,
  );
  for (const table of quoted) await client.query(`alter table ${table} disable trigger user`);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  if (quoted.length > 0) await client.query(`truncate ${quoted.join(", ")}`);
  return async () => {
    for (const { table, name, definition } of keys)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    for (const table of quoted) await client.query(`alter table ${table} enable trigger user`);
  };
}

/** How values are written and read, whatever the server or the role has set. */
export const sameText =
  "set client_encoding = 'UTF8'; set datestyle = 'ISO, MDY'; set intervalstyle = 'postgres'; " +
  "set timezone = 'UTC'; set extra_float_digits = 1; set bytea_output = 'hex'; set statement_timeout = 0; " +
  "set lock_timeout = 0; set idle_in_transaction_session_timeout = 0";
