/**
 * Loaded before the program (`node --import`), it counts the queries of its main pool, and says how many there were
 * when asked. Only for the count: nothing is timed in a program that runs with this.
 */
import pg from "pg";

let queries = 0;
const { query } = pg.Client.prototype;
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]) {
  const { application_name } = (this as unknown as { connectionParameters: { application_name?: string } })
    .connectionParameters;
  if (application_name === "archipel") queries++;
  return Reflect.apply(query, this, args);
} as typeof query;

process.on("message", () => process.send?.({ queries }));
