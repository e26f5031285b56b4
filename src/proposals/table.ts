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
  decision: "approved" | "refused" | null;
  decided_at: Date | null;
  decided_by: string | null;
  reason: string | null;
  /** When the mail with the decision left, or was given up. */
  decision_mailed_at: Generated<Date | null>;
  decision_failed_at: Generated<Date | null>;
  /** The island that it became. */
  initiative_id: string | null;
};

/** A question to the proposer, with the answer once there is one; one at a time waits for it. */
export type ProposalQuestionTable = {
  id: Generated<string>;
  proposal_id: string;
  question: string;
  asked_by: string | null;
  asked_at: Date;
  mailed_at: Generated<Date | null>;
  /** When the mail with it was given up. */
  failed_at: Generated<Date | null>;
  reply: Generated<string | null>;
  replied_at: Generated<Date | null>;
};
