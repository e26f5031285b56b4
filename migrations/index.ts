import type { Migration } from "kysely/migration";
import * as firstIslands from "./0001-first-islands.ts";
import * as acts from "./0002-acts.ts";

/** One ordered history, forward only; each runs in a transaction. */
export const migrations: Record<string, Migration> = {
  "0001-first-islands": firstIslands,
  "0002-acts": acts,
};
