import type { Generated } from "kysely";

/** How reading the mailbox goes: one row at most. */
export type MailboxLookTable = {
  only_one: Generated<boolean>;
  /** The last time that it was read to the end. */
  read_at: Date | null;
  /** Since when that does not work. */
  failing_since: Date | null;
  code: string | null;
};

/** A mail that came back or in, as the mailbox had it; kept for 30 days. */
export type InboundMailTable = {
  id: Generated<string>;
  digest: string;
  /** Its first 256 kB. */
  raw: Buffer;
  /** Bytes at the server. */
  size: number;
  received_at: Date;
  state: Generated<"new" | "read" | "unreadable">;
  kind: string | null;
  status: string | null;
  delivery_id: string | null;
  /** Whose delivery it is about. */
  person_id: string | null;
};
