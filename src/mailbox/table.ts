import type { Generated } from "kysely";
import type { Json } from "../platform/tables.ts";

/** A mail in the built-in mailbox of an installation without a mail server. */
export type MailboxTable = {
  id: Generated<string>;
  /** In the order of arrival. */
  number: Generated<number>;
  message_id: string;
  recipient: string;
  reply_to: string | null;
  from_name: string | null;
  subject: string;
  html: string;
  text: string;
  headers: Json<Record<string, string>>;
  sent_at: Date;
};
