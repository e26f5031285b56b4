import type { Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";

/** See docs/sending.md for what leads from one to another. */
export const deliveryStates = [
  "waiting",
  "sending",
  "sent",
  "refused",
  "retry",
  "bounced",
  "uncertain",
  "unanswered",
  "skipped",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** The bezorging of one edition to one person. */
export type DeliveryTable = {
  id: Generated<string>;
  edition_id: string;
  /** null: the person was erased. */
  person_id: string | null;
  subscription_id: string | null;
  language: Language;
  /** Of the address, lower-case. */
  domain: string;
  state: Generated<DeliveryState>;
  /** Tries that the server answered with "not now" (4xx), or not at all. */
  tries: Generated<number>;
  /** How often it was handed over without an answer. */
  doubts: Generated<number>;
  due_at: Date;
  /** Since when it is tried without success, for the end after 72 hours. */
  first_tried_at: Date | null;
  /** The sender that has it, or had it last. */
  claimed_by: number | null;
  claimed_at: Date | null;
  done_at: Date | null;
  /** What the server said ("550 5.1.1"), or why it was skipped. No address in it. */
  code: string | null;
  unsubscribed_at: Date | null;
};

/** What was added to a sum: of a state, of "doubts", or of "unsubscribed". */
export type DeliveryTallyTable = {
  edition_id: string;
  what: DeliveryState | "doubts" | "unsubscribed";
  at: Date;
  change: number;
};

export type SendQueueTable = { edition_id: string; domain: string; next_at: Date };

export type SendBucketTable = {
  /** "*": all domains together. */
  domain: string;
  free_at: Date;
  slowness: Generated<number>;
  eased_at: Date | null;
  /** What the mail server said or did when it was last in trouble ("535 5.7.8"). */
  trouble: string | null;
  /** Since when it is in trouble; null once it took a mail. */
  trouble_since: Date | null;
};

/** A process that sends. */
export type SenderTable = {
  id: Generated<number>;
  connections: number;
  /** Deliveries that are at the mail server, and of which the answer is not written yet. */
  in_hand: Generated<string[]>;
  started_at: Generated<Date>;
  seen_at: Generated<Date>;
};
