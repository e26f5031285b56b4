import type { Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";
import type { Json } from "../platform/tables.ts";

/** An act as it waits: its kind (registered by a feature) and what that kind needs to carry it out. */
export type WaitingAct = { kind: string; payload: Record<string, unknown> };

export type ConfirmationTable = {
  id: Generated<string>;
  /** Lower-case; null once confirmed, rejected or expired: then nothing personal is left here. */
  email: string | null;
  name: string | null;
  language: Language;
  acts: Json<WaitingAct[]>;
  /** Tells repeats of the same form by the same address. */
  acts_hash: string;
  /** Scheme and host of the site that the form stood on; the mail's links lead back there. */
  origin: string;
  /** The name of that site in the visitor's language. */
  site_name: string;
  form_url: string;
  created_at: Date;
  /** Not before: the mail caps. */
  send_at: Date;
  /** Since when the mail is on the job queue. */
  queued_at: Date | null;
  /** When the mail left, or was given up. */
  mailed_at: Date | null;
  reminded_at: Date | null;
  confirmed_at: Date | null;
  /** Who confirmed. */
  person_id: string | null;
  rejected_at: Date | null;
};

export type ConfirmationMailTable = { address_hash: string; planned_at: Date };
export type ConfirmationRefusalTable = { address_hash: string; until: Date };
