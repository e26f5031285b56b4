import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../src/platform/embedded-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Connection string of the test server, with "DATABASE" where the database's name goes. */
    server: string;
    /** A folder for what several test files copy. */
    templates: string;
  }
}

/**
 * One PostgreSQL for all test files: an embedded one, or the server of TEST_DATABASE_URL (its user must be allowed
 * to make databases). Each test file gets databases of its own.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const templates = mkdtempSync(join(tmpdir(), "archipel-templates-"));
  chmodSync(templates, 0o755);
  project.provide("templates", templates);
  const stop = await provideServer(project);
  return async () => {
    await stop();
    rmSync(templates, { recursive: true, force: true });
  };
}

async function provideServer(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    const url = new URL(given);
    url.pathname = "/DATABASE";
    project.provide("server", url.href);
    await dropLeftovers(given);
    return async () => {};
  }
  const dir = mkdtempSync(join(tmpdir(), "archipel-test-"));
  chmodSync(dir, 0o755); // as root, the database's account must be able to enter
  const quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];
  const server = await startEmbeddedPostgres(dir, quick);
  await signInQuickly(server.url("postgres"));
  project.provide("server", server.url("DATABASE"));
  return async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

/** Makes each of the thousands of connections of the tests cost one round of its password's hash, not 4096. */
async function signInQuickly(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("set scram_iterations = 1");
  await client.query(`alter role postgres password '${new URL(url).password}'`);
  await client.end();
}

/** Databases of an earlier run that was broken off. */
async function dropLeftovers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname like 'archipel_test_%'",
  );
  for (const { datname } of rows) await client.query(`drop database if exists "${datname}" with (force)`);
  await client.end();
}
