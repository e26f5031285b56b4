import { meaningOf } from "../mail-failures/meaning.ts";
import { serverNamedIn } from "../mail-failures/server-named.ts";

/** What became of one message. `code` holds no address: "550 5.1.1", "421", "ECONNREFUSED". */
export type Outcome =
  | { kind: "sent"; code: string }
  /** The server refuses this recipient or this message for good (5xx). `server`: the one behind it, where it names that. */
  | { kind: "refused"; code: string; server?: string }
  /** Certainly not taken: 4xx, or the connection ended before the content. */
  | { kind: "deferred"; code: string }
  /** Certainly not taken, and no recipient has a part in it: no connection, a refused login or sender. */
  | { kind: "away"; code: string }
  /** Handed over, and no answer came: taken or not. */
  | { kind: "uncertain"; code: string };

/** What nodemailer tells of a failure. */
type SmtpError = {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string | false;
  responseCode?: number;
};

/**
 * An answer's code with the status of what it means, and no word of the text after it, in which servers repeat the address:
 * "550 5.1.1" of "550 user unknown", "550 5.7.1" of "550 5.1.1 blocked". The words are read as those of a bounce are.
 */
export function codeOf(response: string): string {
  const [, code = "", status] = /^(\d{3})(?:[ -](\d\.\d{1,3}\.\d{1,3})\b)?/.exec(response) ?? [];
  if (!code.startsWith("5")) return status ? `${code} ${status}` : code;
  const meant = meaningOf(status ?? null, response).status;
  return meant === "5.0.0" ? code : `${code} ${meant}`;
}

/**
 * `handedOver`: the message's content had begun to go out. After that only an answer to it says what became of it.
 * Before it, a 5xx counts as a refusal only where it is about the recipient or the message: a refused login, sender or
 * greeting is for the operator to mend, and would otherwise refuse everybody.
 */
export function outcomeOf(error: unknown, handedOver: boolean): Outcome {
  const { code, originalCode, command, response, responseCode = 0 } = (error ?? {}) as SmtpError;
  const said = (response && codeOf(response)) || originalCode || code || "no answer";
  if (handedOver && command !== "DATA") return { kind: "uncertain", code: said };
  if (code === "EMESSAGE" && !responseCode) return { kind: "refused", code: "552 5.3.4" }; // larger than SIZE
  if (responseCode < 500) return { kind: "deferred", code: said };
  if (command !== "RCPT TO" && command !== "DATA") return { kind: "away", code: said };
  const server = serverNamedIn(response || "");
  return { kind: "refused", code: said, ...(server && { server }) };
}

/** What an error says that came before the server was ready for any mail. */
export const awayOf = (error: unknown): Outcome => ({ kind: "away", code: outcomeOf(error, false).code });
