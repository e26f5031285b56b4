import type { Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";
import type { Localized } from "../platform/localized.ts";
import type { Json } from "../platform/tables.ts";

export type NewsletterTable = {
  id: Generated<string>;
  /** null: the movement's own newsletter. */
  initiative_id: string | null;
  name: Json<Localized>;
  description: Json<Localized>;
  /** A sentence of one's own in the mail of welcome. */
  welcome: Json<Localized> | null;
  /** How often the program makes a draft of the updates since the last one. */
  digest: Generated<"none" | "weekly" | "monthly">;
  digested_through: Date | null;
};

export type SubscriptionTable = {
  id: Generated<string>;
  newsletter_id: string;
  person_id: string;
  language: Language;
  since: Date;
  ended_at: Date | null;
  /** Gets no editions until then. */
  paused_until: Generated<Date | null>;
  /** From when its end is kept, where that was read in later; else from its end. */
  kept_from: Generated<Date | null>;
};
