import type { Generated } from "kysely";
import type { InitiativeKind } from "../initiatives/table.ts";
import type { Language } from "../platform/i18n.ts";

/** An initiative that somebody proposes, until a moderator decides. */
export type ProposalTable = {
  id: Generated<string>;
  person_id: string;
  /** The proposer's name, as typed. */
  proposer: string;
  name: string;
  kind: InitiativeKind;
  tagline: string;
  story: string;
  website: string | null;
  /** What the proposer is to it. */
  role: string;
  language: Language;
  proposed_at: Date;
  question: string | null;
  asked_at: Date | null;
  reply: string | null;
  replied_at: Date | null;
  decision: "approved" | "refused" | null;
  decided_at: Date | null;
  decided_by: string | null;
  reason: string | null;
  /** The island that it became. */
  initiative_id: string | null;
};
