import { randomUUID } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";

/** The connection string of a database on the test server. */
export const serverUrl = (database: string): string => inject("server").replace("DATABASE", database);

async function onServer<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: serverUrl("postgres") });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes an empty database, or a copy of one that nobody is connected to. */
export async function createDatabase(template?: string): Promise<string> {
  const name = `archipel_test_${randomUUID().replaceAll("-", "")}`;
  const copy = template ? `template "${template}" strategy wal_log` : "";
  await onServer((client) => client.query(`create database "${name}" ${copy}`));
  return name;
}

export const dropDatabase = (name: string) =>
  onServer((client) => client.query(`drop database if exists "${name}" with (force)`));

/**
 * The name of the one template for `kind`, made by `make` in whichever test file is first; the others wait for it.
 */
export async function templateDatabase(kind: string, make: (name: string) => Promise<void>): Promise<string> {
  const name = `archipel_test_template_${kind}`;
  await onServer(async (client) => {
    await client.query("select pg_advisory_lock(4704799)");
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount) return;
    const making = await createDatabase();
    await make(making);
    await client.query(`alter database "${making}" rename to "${name}"`);
  });
  return name;
}
