import pg from "pg";
import { onTestFinished } from "vitest";
import { until } from "./sending.ts";

/** A session of our own that holds something, so that a worker stops at exactly that step. */
export async function holding(url: string, statement: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: url, application_name: "holder" });
  client.on("error", () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  await client.query("begin");
  await client.query(statement, values);
  const look = (where: string, values: unknown[] = []) =>
    // Within a transaction it would show the same activity for ever.
    client.query(`select pg_stat_clear_snapshot()`).then(() => client.query(`select ${where}`, values));
  const waiting = "wait_event_type = 'Lock' and datname = current_database()";
  return {
    /** Whether a statement with these words (in its first thousand characters) waits for what is held. */
    waits: async (words: string) => {
      const found = await look(`from pg_stat_activity where ${waiting} and query like $1`, [`%${words}%`]);
      return found.rowCount !== 0;
    },
    /** Ends what waits, as if its process had died a moment earlier, and lets go. */
    release: async () => {
      await look(`pg_terminate_backend(pid) from pg_stat_activity where ${waiting}`);
      await until("The end of what waited", async () => {
        return (await look(`from pg_stat_activity where ${waiting}`)).rowCount === 0;
      });
      await client.end();
    },
  };
}
