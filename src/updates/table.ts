import type { Generated } from "kysely";
import type { Localized } from "../platform/localized.ts";
import type { Json } from "../platform/tables.ts";

export type UpdateTable = {
  id: Generated<string>;
  initiative_id: string;
  slug: string;
  title: Json<Localized>;
  summary: Json<Localized>;
  body: Json<Localized>;
  author: string | null;
  /** A path below /media. */
  image: string | null;
  image_alt: Json<Localized> | null;
  published_at: Date;
  changed_at: Date;
};
