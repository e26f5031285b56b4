import { Kysely } from "kysely";
import pg from "pg";
import type { Tables } from "../database.ts";
import { MigratingDialect } from "../platform/migrate.ts";
import { sameText } from "./tables.ts";

/**
 * One connection, for COPY, and Kysely on the same one: what either does is in the transaction of the other.
 */
export async function withConnection<Result>(
  url: string,
  work: (client: pg.Client, db: Kysely<Tables>) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url, application_name: "archipel backup" });
  client.on("error", () => {}); // the connection broke, as its next query will say
  await client.connect();
  const asPool = {
    connect: async () =>
      ({ query: client.query.bind(client), release: () => {} }) as unknown as pg.PoolClient,
    end: async () => {},
    options: {},
  };
  const db = new Kysely<Tables>({ dialect: new MigratingDialect({ pool: asPool }) });
  try {
    await client.query(sameText);
    return await work(client, db);
  } finally {
    await client.end();
  }
}
