import type { Generated } from "kysely";
import type { Localized } from "../platform/localized.ts";
import type { Json } from "../platform/tables.ts";

export const initiativeKinds = ["network", "initiative", "programme", "organisation", "journey"] as const;
export type InitiativeKind = (typeof initiativeKinds)[number];

export type ThemeTable = { slug: string; name: Json<Localized>; position: number };

export type InitiativeTable = {
  id: Generated<string>;
  slug: string;
  kind: InitiativeKind;
  name: Json<Localized>;
  tagline: Json<Localized>;
  lead: Json<Localized>;
  story: Json<Localized>;
  contact_heading: Json<Localized> | null;
  contact_text: Json<Localized> | null;
  contact_email: string | null;
  links: Json<{ kind: "linkedin" | "website"; url: string }[]>;
  part_of: string | null;
  /** A host name of its own, lower-case, without port. */
  host: string | null;
  position: Generated<number>;
  created_at: Date;
  /** Since when visitors see it; null: it is not out. */
  published_at: Generated<Date | null>;
  withdrawn_at: Generated<Date | null>;
};

export type InitiativeThemeTable = { initiative_id: string; theme: string };

export type PortraitTable = {
  id: Generated<string>;
  initiative_id: string;
  name: string;
  role: Json<Localized>;
  text: Json<Localized> | null;
  image: string | null;
  position: number;
};

export type QuestionTable = {
  initiative_id: string;
  slug: string;
  question: Json<Localized>;
  answer: Json<Localized>;
  position: number;
};

export type SupporterTable = {
  id: Generated<string>;
  initiative_id: string;
  name: string;
  text: Json<Localized> | null;
  url: string | null;
  /** The supporter's own island, where it has one. */
  supporter_id: string | null;
  position: number;
};
