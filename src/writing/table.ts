import type { Generated } from "kysely";
import type { Json } from "../platform/tables.ts";

/** What is written in the workplace, as its kind's fields hold it. */
export type Content = Record<string, unknown>;

/** The working copy of something public, apart from what is out. */
export type DocumentTable = {
  id: Generated<string>;
  /** Registered by a feature: "update", "page", "island". */
  kind: string;
  /** The id or slug of what it is about, in the table of its kind. */
  key: string;
  /** Whose it is; null: the movement's. */
  initiative_id: string | null;
  content: Json<Content>;
  /** Grows with every save. */
  version: Generated<number>;
  changed_at: Date;
  changed_by: string | null;
  /** What is out; null before the first time, and after it was withdrawn. */
  published: Json<Content> | null;
  published_at: Date | null;
  /** When it goes out by itself. */
  publish_at: Date | null;
  publish_by: string | null;
  withdrawn_at: Date | null;
  created_at: Date;
};

export type RevisionTable = {
  id: Generated<string>;
  document_id: string;
  /** From 1, per document. */
  number: number;
  what: "began" | "saved" | "published" | "withdrawn" | "restored";
  content: Json<Content>;
  made_at: Date;
  made_by: string | null;
};

/** A slug that was in use; target null: what stood there is gone. */
export type FormerSlugTable = {
  kind: "initiative" | "update";
  /** Of an update: the initiative it belongs to. */
  initiative_id: string | null;
  slug: string;
  target_id: string | null;
  since: Date;
};
