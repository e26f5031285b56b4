import { goneIn } from "../platform/mail-failures/gone.ts";
import { plain } from "../platform/mail-failures/plain.ts";
import { headerOf, headersOf, type Letter } from "./letter.ts";
import {
  automaticSubject,
  challengeWords,
  delayWords,
  failureSubject,
  failureText,
  givenUp,
} from "./phrases.ts";
import { addressesIn } from "./report-fields.ts";

/** What a mail without a report for machines is, by its headers, subject and words. */

const daemons =
  /\b(mailer|mail-?daemon|mdaemon|daemon|post[-_. ]?master|maildelivery|mail-?deliver(y|-)?(-?(system|subsystem))?|mail ?deliver|mail[-_ ]?(system|server|gateway|admin\w*|agent)|smtp|gateway[_-]|gwia|returned mail|bounces?)\b|_smtp\b|system administrator|microsoftexchange/i;

const isDaemon = (letter: Letter) => daemons.test(headerOf(letter, "from"));

/** A bounce comes with an empty return path (RFC 5321, section 4.5.5). */
const hasNoReturnPath = (letter: Letter) =>
  headersOf(letter, "return-path").some((path) => /^<\s*>/.test(path) || /mailer-daemon/i.test(path));

/** An answer by a machine for a person (RFC 3834), and what servers used before that. */
function saysAutomatic(letter: Letter): boolean {
  const isSet = (name: string) => headerOf(letter, name) !== "";
  return (
    /^auto-replied/i.test(headerOf(letter, "auto-submitted")) ||
    isSet("x-autoreply") ||
    isSet("x-autorespond") ||
    isSet("x-autoresponder") ||
    /auto[_-]?reply/i.test(headerOf(letter, "precedence")) ||
    /vacation/i.test(headerOf(letter, "x-mailer")) ||
    automaticSubject.test(letter.subject)
  );
}

/** What a mail without a report is. `words`: its text without the copy of the original mail. */
export function kindInWords(
  letter: Letter,
  words: string,
): "failure" | "delay" | "auto-reply" | "challenge" | "other" {
  const delayed = isDelay(letter.subject, words);
  if (headerOf(letter, "x-failed-recipients")) return delayWords.test(letter.subject) ? "delay" : "failure";
  const named = failureSubject.test(letter.subject);
  const unnamed = hasNoReturnPath(letter) && !saysAutomatic(letter) && saysFailed(words);
  const fromServer = isDaemon(letter) || (hasNoReturnPath(letter) && named) || unnamed;
  if (fromServer && !automaticSubject.test(letter.subject)) {
    if (delayed) return "delay";
    if (named || saysFailed(words) || namesReason(words)) return "failure";
  }
  if (saysAutomatic(letter))
    return challengeWords.test(`${letter.subject} ${words}`) ? "challenge" : "auto-reply";
  if (challengeWords.test(letter.subject)) return "challenge";
  if (named) return delayed ? "delay" : "failure";
  if (quotesRefusal(words)) return "failure";
  return challengeWords.test(words) && /auto-generated/i.test(headerOf(letter, "auto-submitted"))
    ? "challenge"
    : "other";
}

/** Whether a notification of what became of a mail says, in words, that it was refused. */
export const refusesInWords = (letter: Letter, words: string, disposition: string): boolean =>
  /\/error|;\s*(failed|denied)/i.test(disposition) ||
  (!/displayed/i.test(disposition) && (failureSubject.test(letter.subject) || saysFailed(words)));

const saysFailed = (words: string) => failureText.test(words);

/** Still trying: unless the same mail says that it stopped to. */
const isDelay = (subject: string, words: string) =>
  delayWords.test(subject) || (delayWords.test(words) && !givenUp.test(`${subject}\n${words}`));

/** An SMTP answer or a reason that stands beside an address: qmail's reports with an introduction of their own. */
const namesReason = (words: string) =>
  addressesIn(words).length > 0 &&
  (/(^|[\s:(#])(5\d\d[\s-]|5\.\d{1,3}\.\d{1,3}\b)/.test(words) ||
    goneIn(plain(words))?.certainty === "certain");

/** Both ends of a conversation in SMTP, as no person writes them: a gateway that writes under a name of its own. */
const quotesRefusal = (words: string) => /\b5\d\d[ -]/.test(words) && /\brcpt to:/i.test(words);

const copyBegins = [
  /^[ \t>]*[-=*_+]{2,}.{0,60}\b(original|copy|below|unsent|returned|headers?|body|oorspronkelijk\w*|kopie|ursprüngliche|nachricht|message d'origine|forwarded)\b(?! was received).{0,60}$/im,
  /^.{0,60}(copy of (the|your) (original )?(message|mail)|below this line|original (message )?(follows|headers?)|(unsent|returned|undelivered) message (follows|below|headers?)|message (headers?|text|body) follows?|oorspronkelijk(e)? (bericht|kop)(?! is| was)|kopie van (het|je|uw) bericht|body of (the )?message).{0,60}$/im,
  /^[ \t>]*(original|your) message:?[ \t]*$/im,
  /^(received|return-path|x-original-to|delivered-to|message-id|dkim-signature|list-id):/im,
];

/** The part of a text that the server wrote itself: up to where the returned mail begins. */
export function wordsOfServer(text: string): string {
  const ends = copyBegins.map((begin) => text.search(begin)).filter((at) => at > 0);
  return text.slice(0, Math.min(...ends, 20_000));
}
