import type { Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";
import type { Localized } from "../platform/localized.ts";
import type { Json, JsonWithDefault } from "../platform/tables.ts";

export type MovementTable = {
  name: Json<Localized>;
  tagline: Json<Localized>;
  summary: Json<Localized>;
  mission: Json<Localized>;
  contact_email: string | null;
  /** The languages that the site is shown in; Dutch is always among them. */
  languages: JsonWithDefault<Language[]>;
  /** Colours of its own, by the name of a token; what is not here keeps the chart's. */
  colours: JsonWithDefault<Record<string, string>>;
  changed_at: Generated<Date>;
};

export type PageTable = {
  slug: "about" | "privacy" | "accessibility";
  title: Json<Localized>;
  summary: Json<Localized> | null;
  body: Json<Localized>;
  updated_at: Date;
};
