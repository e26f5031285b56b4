import { GivenUp } from "./given-up.ts";
import { meaningOf } from "./mail-failures/meaning.ts";

/** This mail will never be taken: the address does not exist, or is none. */
export class MailRefused extends GivenUp {
  override name = "MailRefused";
}

/** The mail was not sent, but may be at another try. */
export class MailDeferred extends Error {
  override name = "MailDeferred";
}

/** What nodemailer tells of a failure. */
type SmtpError = {
  code?: string;
  originalCode?: string;
  command?: string;
  response?: string;
  responseCode?: number;
};

/**
 * A failed try as an error that may be logged: codes only, because servers repeat the address in their answers. Only
 * what a server says of this recipient for good is refused (5xx with an RFC 3463 status 5.1 or 5.2, or 550 to 553 after
 * RCPT TO without one). A refused login, sender, relay or policy is for the operator to mend, so that mail waits.
 */
export function mailError(error: unknown): MailRefused | MailDeferred {
  const { code, originalCode, command, response = "", responseCode } = (error ?? {}) as SmtpError;
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  const said = [
    responseCode,
    status,
    originalCode ?? code,
    command && `at ${command.split(" ", 2).join(" ")}`,
  ];
  const message = said.filter(Boolean).join(" ") || "no reason given";
  return isForGood(command, responseCode, status) && meaningOf(status ?? null, response).severity !== "ours"
    ? new MailRefused(`The mail server refuses this recipient: ${message}`)
    : new MailDeferred(`The mail server did not take the mail: ${message}`);
}

function isForGood(command?: string, responseCode = 0, status?: string): boolean {
  if (responseCode < 500 || (command !== "RCPT TO" && command !== "DATA")) return false;
  if (status) return /^5\.[12]\./.test(status);
  return command === "RCPT TO" && responseCode >= 550 && responseCode <= 553;
}
