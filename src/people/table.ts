import type { Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";
import type { Json } from "../platform/tables.ts";

/** Somebody known by an e-mail address. */
export type PersonTable = {
  id: Generated<string>;
  /** Lower-case. */
  email: string;
  name: string | null;
  language: Language;
  /** When this address was proven to be theirs. */
  confirmed_at: Date;
  /** When they last said that they want mail at it, after it got none or by subscribing. */
  lifted_at: Generated<Date | null>;
};

/** Proof of consent, per person and purpose (AVG art. 7). */
export type ConsentTable = {
  id: Generated<string>;
  person_id: string;
  /** What was consented to: "newsletter:<id>". */
  purpose: string;
  text_version: string;
  text: string;
  form_url: string;
  given_at: Date;
  /** Whether that is the day of a statement about a file, which told no moment itself. */
  stated: Generated<boolean>;
  /** When they first confirmed something; of who came by a file: when it was read in. */
  confirmed_at: Date;
};

/** What a person told after signing. */
export type ProfileTable = {
  person_id: string;
  /** Slugs of themes. */
  themes: Json<string[]>;
  works_on: Generated<string>;
  offers: Generated<string>;
  changed_at: Date;
};

/** What a code by mail is for: opening /mijn, signing in to the workplace, proving a new address. */
export type CodePurpose = "mine" | "sign-in" | "new-address";

/** A code by mail; only its hash is kept. */
export type VisitCodeTable = {
  id: Generated<string>;
  purpose: CodePurpose;
  email: string;
  language: Language;
  origin: string;
  site_name: string;
  code_hash: string;
  tries: Generated<number>;
  made_at: Date;
  expires_at: Date;
  used_at: Date | null;
};

/** An hour on /mijn. */
export type VisitSessionTable = { token_hash: string; person_id: string; expires_at: Date };
