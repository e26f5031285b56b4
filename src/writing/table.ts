import type { Generated } from "kysely";
import type { Json, JsonWithDefault } from "../platform/tables.ts";

/** What is written in the workplace, as its kind's fields hold it. */
export type Content = Record<string, unknown>;

/** What one save made of a document. */
export type Save = {
  version: number;
  by: string | null;
  at: string;
  /** Which of its texts ("title.nl") it changed. */
  fields: string[];
  /** The opened page that sent it, and which time that was: of what one page sends, the later goes over the earlier. */
  page?: string;
  turn?: number;
  /** Not all that was sent could be kept. */
  partly?: true;
  /** The document stayed as it was: it had this already, or this went among the versions. */
  aside?: true;
};

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
  /** The last saves, newest first: who changed which fields. */
  saves: JsonWithDefault<Save[]>;
  /** What is out; null before the first time, and after it was withdrawn. */
  published: Json<Content> | null;
  published_at: Date | null;
  /** When it goes out by itself. */
  publish_at: Date | null;
  publish_by: string | null;
  /** When it should have gone out by itself and could not. */
  publish_failed_at: Date | null;
  withdrawn_at: Date | null;
  created_at: Date;
  /** What the link to its preview carries, and until when that counts. */
  preview_key: string | null;
  preview_until: Date | null;
};

export type RevisionTable = {
  id: Generated<string>;
  document_id: string;
  /** From 1, per document. */
  number: number;
  what: "began" | "saved" | "published" | "withdrawn" | "restored";
  content: Json<Content>;
  /** What a page saves by itself within minutes of the first time is one revision; `made_at` is that of the last. */
  began_at: Date;
  made_at: Date;
  made_by: string | null;
  /** The opened page whose saves by itself it grows with; null: it stays as it is. */
  page: string | null;
  /** Characters of words that were taken away while it grew. */
  lost: Generated<number>;
  /** The document's version that has this content; null where none has. */
  version: number | null;
};

/** A slug that was in use; it leads to where its target is now. Where that is not out, it is gone. */
export type FormerSlugTable = {
  kind: "initiative" | "update";
  /** Of an update: the initiative it belongs to. */
  initiative_id: string | null;
  slug: string;
  /** The id of the initiative or the update. */
  target_id: string;
  since: Date;
};
