import pg from "pg";
import { StartFault } from "./start-fault.ts";

/** The oldest PostgreSQL that the migrations run on. */
const oldest = 15;

type Found = { encoding: string; version: number; name: string; role: string; mine: boolean };

/**
 * Makes sure that a database can hold what people write, before anything is made in it: in another encoding than UTF-8
 * letters are lost, and looking for words fails.
 *
 * @throws StartFault when it cannot.
 */
export async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "archipel" });
  client.on("error", () => {});
  await client.connect();
  try {
    const { rows } = await client.query<Found>(
      `select current_setting('server_encoding') as encoding, current_setting('server_version_num')::int as version,
         current_database() as name, current_user as role, to_regclass('kysely_migration') is not null
           or coalesce(has_schema_privilege(current_schema(), 'create'), false) as mine`,
    );
    const { encoding = "", version = 0, name = "", role = "", mine = false } = rows[0] ?? {};
    if (version < oldest * 10_000)
      throw new StartFault(
        `The database server is PostgreSQL ${Math.floor(version / 10_000)}, and Archipel needs ${oldest} or newer.`,
      );
    if (encoding !== "UTF8")
      throw new StartFault(
        `The database "${name}" has the encoding ${encoding}, and Archipel needs UTF8: make another one (create database … encoding 'UTF8' template template0) and move the data there with pg_dump.`,
      );
    if (!mine)
      throw new StartFault(
        `The role "${role}" may make nothing in the database "${name}": it must be the owner of it (alter database "${name}" owner to "${role}").`,
      );
  } finally {
    await client.end();
  }
}
