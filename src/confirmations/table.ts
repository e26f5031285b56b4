import type { Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";
import type { Json } from "../platform/tables.ts";

/** An act as a form asks for it: its kind (registered by a feature) and what that kind needs to carry it out. */
export type AskedAct = { kind: string; payload: Record<string, unknown> };

export type ActTable = {
  id: Generated<string>;
  /** The order in which they came, also within one form. */
  number: Generated<number>;
  /** Lower-case; null once confirmed or rejected: then nothing personal is left here. */
  email: string | null;
  name: string | null;
  language: Language;
  kind: string;
  payload: Json<Record<string, unknown>>;
  /** Scheme and host of the site that the form stood on; the mail's links lead back there. */
  origin: string;
  /** The name of that site in the visitor's language. */
  site_name: string;
  form_url: string;
  created_at: Date;
  /** When the next mail that lists it may go; null when none is wanted. */
  mail_at: Date | null;
  /** When the last mail that lists it left, or was given up. */
  mailed_at: Date | null;
  reminded_at: Date | null;
  confirmed_at: Date | null;
  /** Who confirmed. */
  person_id: string | null;
  rejected_at: Date | null;
};

/** What one mail listed: the acts that its link confirms. */
export type ConfirmationTable = {
  id: Generated<string>;
  /** Since when the mail is on the job queue. */
  send_at: Date;
  /** When the mail left, or was given up. */
  mailed_at: Date | null;
};

/** `position`: the number of the act's box on the page. */
export type ConfirmationActTable = { confirmation_id: string; act_id: string; position: number };

export type ConfirmationMailTable = { address_hash: string; sent_at: Date };
export type ConfirmationRefusalTable = { address_hash: string; until: Date };
