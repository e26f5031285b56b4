import type { Generated } from "kysely";
import type { Language } from "../platform/i18n.ts";

/** Somebody known by a confirmed e-mail address. */
export type PersonTable = {
  id: Generated<string>;
  /** Lower-case. */
  email: string;
  name: string | null;
  language: Language;
  confirmed_at: Date;
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
  confirmed_at: Date;
};
