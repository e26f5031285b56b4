import type { Generated, GeneratedAlways } from "kysely";

/** How a signer appears in public: with name; with role and organisation only; counted only. */
export const appearances = ["name", "role", "counted"] as const;
export type Appearance = (typeof appearances)[number];

export type OrganisationTable = {
  id: Generated<string>;
  name: string;
  /** Lower-case, without accents. */
  plain_name: GeneratedAlways<string>;
};

export type SignatureTable = {
  id: Generated<string>;
  /** In the order of confirming, also of those that were read in later; filled in by the database. */
  number: GeneratedAlways<number>;
  person_id: string;
  manifesto_version: number;
  appearance: Appearance;
  name: string;
  role: string | null;
  place: string | null;
  organisation_id: string | null;
  motivation: string | null;
  /** Shown only after a moderator's yes. */
  motivation_state: "waiting" | "shown" | "refused" | null;
  /** What the wall searches (a tsvector): only what the signer chose to show. */
  search: string;
  signed_at: Date;
  confirmed_at: Date;
  invite_code: string;
  invite_shows_name: Generated<boolean>;
  invited_by: string | null;
  /** A random number for forms of one network on one day; whose it was is forgotten after that day. */
  batch: string;
};

export type SignaturePrincipleTable = {
  signature_id: string;
  principle: string;
  /** The signature's own, filled in by the database. */
  number: GeneratedAlways<number>;
};
export type SignatureWordTable = { word: string };
export type SignatureBatchTable = { network_hash: string; batch: string; made_at: Date };
export type MilestoneTable = { number: number; reached_at: Date };
