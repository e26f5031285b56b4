import { sql } from "kysely";
import type { Ctx } from "./context.ts";

/** Closer than this, in milliseconds, the machine's clock and the database's are the same. */
const near = 250;
const every = 60_000;

export type Clock = { now: () => Date; stop: () => void };

/**
 * The time as the database has it, which all processes share: what one machine wrote down another compares with its own
 * "now", and machines are seconds apart. Asked once a minute; while the database is away the last answer counts.
 *
 * @param machine milliseconds since 1970 by this machine's clock
 */
export async function clockOf(db: Ctx["db"], machine: () => number = Date.now): Promise<Clock> {
  let ahead = 0;
  const ask = async () => {
    const before = machine();
    const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
    const after = machine();
    const measured = (rows[0]?.now.getTime() ?? before) - (before + after) / 2;
    const doubt = near + (after - before) / 2; // the answer may have been late by that much
    if (Math.abs(measured - ahead) > doubt) ahead = Math.abs(measured) > doubt ? Math.round(measured) : 0;
  };
  await ask();
  const asking = setInterval(() => void ask().catch(() => {}), every);
  asking.unref();
  return { now: () => new Date(machine() + ahead), stop: () => clearInterval(asking) };
}
