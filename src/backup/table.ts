import type { Generated } from "kysely";
import type { Json } from "../platform/tables.ts";

/** A job of a restored backup's queue that waits for an operator's word. */
export type HeldJobTable = {
  id: Generated<string>;
  name: string;
  data: Json<object>;
  start_after: Date;
};
