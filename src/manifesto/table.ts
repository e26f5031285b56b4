import type { Localized } from "../platform/localized.ts";
import type { Json } from "../platform/tables.ts";

export type Principle = { slug: string; verb: Localized; text: Localized };

/** A version of the manifesto; the newest is the one in force. */
export type ManifestoTable = {
  version: number;
  title: Json<Localized>;
  mission: Json<Localized>;
  observations_heading: Json<Localized>;
  observations: Json<Localized[]>;
  principles_heading: Json<Localized>;
  principles: Json<Principle[]>;
  conclusion: Json<Localized>;
  published_at: Date;
};
