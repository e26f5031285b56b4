import type { Generated } from "kysely";
import type { Localized } from "../platform/localized.ts";
import type { Json } from "../platform/tables.ts";

/** An image that an editor added; its files are in the storage. */
export type MediaTable = {
  id: Generated<string>;
  /** Whose it is; null: the movement's. */
  initiative_id: string | null;
  /** The stem of its file name, in small letters, digits and hyphens. */
  name: string;
  /** In pixels, upright, as it is kept. */
  width: number;
  height: number;
  /** SHA-256 of what was uploaded, in hex. */
  hash: string;
  bytes: number;
  /** What has to stay in view when it is cut: 0 to 1 from the left and the top. */
  focal_x: Generated<number>;
  focal_y: Generated<number>;
  alt: Json<Localized> | null;
  /** Somebody chose that it needs no words. */
  decorative: Generated<boolean>;
  added_by: string | null;
  added_at: Date;
  /** Whether its files are there; until then nobody sees it. */
  ready: Generated<boolean>;
};

/** An image whose row is gone and whose files still have to go. */
export type MediaGoneTable = { id: string };
