import type { GeneratedAlways } from "kysely";
import type { Json } from "../platform/tables.ts";

/** Who did what to what, when. */
export type AuditTable = {
  id: GeneratedAlways<number>;
  at: Date;
  /** Who did it; null: the program itself, an operator at a shell, or somebody who was erased. */
  person_id: string | null;
  /** Feature and verb: "updates.publish". */
  action: string;
  initiative_id: string | null;
  /** What it was done to, by its name then; null where that is a person. */
  subject: string | null;
  about_person_id: string | null;
  /** Facts without personal data: numbers, states, ids. */
  details: Json<Record<string, string | number | boolean | null>>;
};
