import type { Generated } from "kysely";

/** Why an address gets no mail: it is gone, it took nothing for weeks, or its owner called a mail spam. */
export type SuppressionReason = "hard" | "soft" | "complaint";

/** An address that gets nothing but what its owner asks for at that moment. */
export type SuppressionTable = {
  /** Lower-case. */
  address: string;
  reason: SuppressionReason;
  since: Date;
  /** The status of the last failure (RFC 3463). */
  detail: string | null;
  edition_id: string | null;
};

/** A suppressed address of which nobody is known any more. */
export type ErasedSuppressionTable = { address_hash: string; reason: SuppressionReason; since: Date };

/** A delivery of which a server said that the address is gone. */
export type HardAnswerTable = {
  delivery_id: string;
  edition_id: string;
  /** The registrable domain of the server that said so, else of the address. */
  provider: string;
  code: string;
  at: Date;
  /** It suppresses nobody as long as its provider is held. */
  held: Generated<boolean>;
};

/** Behind which provider a domain of addresses is, where its servers are named otherwise. */
export type ProviderDomainTable = { domain: string; provider: string };

/** A provider whose hard answers suppress nobody, and to which nothing is sent, until it is opened. */
export type ProviderHoldTable = {
  id: Generated<string>;
  provider: string;
  /** The edition in which it began. */
  edition_id: string;
  hard: number;
  answered: number;
  held_at: Date;
  /** When to try a sample, or to see what became of it. */
  next_at: Date;
  sample: string[] | null;
  opened_at: Date | null;
  opened_how: "person" | "sample" | null;
};
