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
