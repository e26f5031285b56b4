import type { ColumnType, Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";
import type { Localized } from "../platform/localized.ts";
import type { Json } from "../platform/tables.ts";

export const editionStates = [
  "draft",
  "scheduled",
  "freezing",
  "sending",
  "stopped",
  "sent",
  "cancelled",
] as const;
export type EditionState = (typeof editionStates)[number];

/** Whom of a newsletter's subscribers an edition is for; what is absent restricts nothing. */
export type Segment = {
  language?: Language;
  /** Subscribed at or after, and before, these moments (ISO 8601). */
  subscribedFrom?: string;
  subscribedBefore?: string;
  /** Slugs: who named at least one of these themes. */
  themes?: string[];
  /** Ids: who takes part in at least one of these initiatives, or is subscribed to its newsletter. */
  initiatives?: string[];
};

/** What an edition says, per language where that differs. A language without a subject is not sent. */
export type EditionContent = {
  subject: Localized;
  preheader: Localized;
  /** Whether it begins with "Dag Jan,". Absent in what was written before that could be. */
  greeting?: boolean;
  /** Markdown. */
  intro: Localized;
  blocks: EditionBlock[];
  /** Markdown. */
  closing: Localized;
};

/** A published update, by its id; its title, summary, image and link come from there. */
export type EditionBlock = { update: string };

/** One mailing of a newsletter. */
export type EditionTable = {
  id: Generated<string>;
  newsletter_id: string;
  slug: string;
  title: Json<Localized>;
  state: Generated<EditionState>;
  segment: ColumnType<Segment, string | undefined, string>;
  /** Made by the program, not written by somebody. */
  automatic: Generated<boolean>;
  created_at: Date;
  /** Who sent or scheduled it: it goes out only while they may. Null in a draft, and for what the program sends. */
  planned_by: string | null;
  /** The moment sending may begin. */
  send_at: Date | null;
  started_at: Date | null;
  frozen_at: Date | null;
  finished_at: Date | null;
  /** How many recipients were frozen. */
  audience: number | null;
  frozen_through: string | null;
  again_at: Date | null;
  /** Whom `again_at` is about: who was refused, or who was never answered for. */
  again_to: Generated<"refused" | "unanswered">;
  forgotten_at: Date | null;
  /** What it says, once it is sent; before that it stands in its document. */
  content: ColumnType<EditionContent | null, string | null | undefined, string | null>;
  /** Of the archive's page. */
  visits: Generated<number>;
};

/** A composed letter, with slots for what differs per recipient: greeting, unsubscribe, preferences, archive. */
export type EditionLetterTable = {
  edition_id: string;
  language: Language;
  subject: string;
  preheader: string;
  html: string;
  text: string;
};
