import type { Generated } from "kysely";
import type { Localized } from "../platform/localized.ts";
import type { Json } from "../platform/tables.ts";

export const helpKinds = [
  "think-along",
  "try-out",
  "write",
  "host",
  "share-knowledge",
  "organise",
  "other",
] as const;
export type HelpKind = (typeof helpKinds)[number];

/** One line of the help that an initiative wants. */
export type HelpWantedTable = {
  id: Generated<string>;
  initiative_id: string;
  kind: HelpKind;
  text: Json<Localized>;
  /** The last day on which it is wanted ("2026-12-31"), or null. */
  until: string | null;
  position: number;
};

/** A person who offers to work on an initiative; states are the moments at which things happened. */
export type ParticipationTable = {
  id: Generated<string>;
  initiative_id: string;
  person_id: string;
  name: string;
  offer: string;
  why: string | null;
  available: string | null;
  offered_at: Date;
  /** When the team got the offer by mail. */
  mailed_at: Date | null;
  answer: "accepted" | "declined" | null;
  answered_at: Date | null;
  reason: string | null;
  /** When the mail with the answer left, or was given up. */
  answer_mailed_at: Generated<Date | null>;
  answer_failed_at: Generated<Date | null>;
  reminded_at: Date | null;
  escalated_at: Date | null;
  withdrawn_at: Date | null;
};
