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
};
