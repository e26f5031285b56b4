import type { Localized } from "../platform/localized.ts";
import type { Json } from "../platform/tables.ts";

export type MovementTable = {
  name: Json<Localized>;
  tagline: Json<Localized>;
  summary: Json<Localized>;
  mission: Json<Localized>;
  contact_email: string | null;
};

export type PageTable = {
  slug: "about" | "privacy" | "accessibility";
  title: Json<Localized>;
  summary: Json<Localized> | null;
  body: Json<Localized>;
  updated_at: Date;
};
