import { headerOf, headersOf, type Letter } from "./letter.ts";

/** What a mail without a report for machines is, by its headers, subject and words. */

const daemons =
  /\b(mailer-?daemon|mail-?daemon|mdaemon|postmaster|maildelivery|mail-?delivery(-?(system|subsystem))?|mail ?administrator)\b/i;

const automaticSubject =
  /^\s*(auto(mati(c|sch|sche|que|cally))?[- :]*(reply|response|antwoord|afwezigheid|beantwoord|réponse|generated)|autoreply|out of (the )?office|ooo\b|afwezig|niet aanwezig|ik ben (er )?(niet|even)|vakantie|vacation|on (leave|holiday)|abwesen|réponse automatique|absence)/i;

const failureSubject =
  /undeliver|deliver\w{0,10}[^.]{0,30}(fail|unable|problem|not possible)|(fail|unable|cannot|could not)\w{0,10}[^.]{0,30}deliver|returned (mail|to sender)|return to sender|delivery status notification|mail system error|niet[- ](bezorgd|afgeleverd|bestelbaar)|onbestelbaar|kan niet worden (bezorgd|afgeleverd)|(bezorging|aflevering|verzending)[^.]{0,30}(mislukt|niet gelukt)|unzustellbar|nicht zugestellt|non remis|échec de (la )?remise|mail (delivery )?rejected|no entregad/i;

const failureText =
  /(could|can|was|were) ?not be delivered|(permanent|fatal) (error|failure)|(unable|failed|wasn't able) to deliver|delivery (to the following|has failed|failed)|undeliverable|rejected|niet (bezorgd|afgeleverd)|(bezorgd|afgeleverd) worden|message (was )?not (delivered|accepted)|transcript of session|nicht zugestellt|did not reach/i;

const delayWords =
  /delayed|\bdelay\b|\(delay\)|still (trying|being retried|in the queue)|will (be retried|keep trying|continue to)|not yet (been )?delivered|no action is required|do(es)? not need to resend|vertraagd|vertraging|nog niet (bezorgd|afgeleverd)|wordt opnieuw geprobeerd|verzögert/i;

const challengeWords =
  /(verify|confirm|prove)[^.]{0,60}(you are|human|sender|your (e-?mail|message|address))|awaiting (your )?(verification|approval)|(waiting|held|pending)[^.]{0,60}(verification|verify|confirm|approve)|spam ?arrest|boxbe|tmda|white-?list|bevestig[^.]{0,60}(afzender|mens|bericht)/i;

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
  const delayed = delayWords.test(letter.subject) || delayWords.test(words);
  if (headerOf(letter, "x-failed-recipients")) return delayWords.test(letter.subject) ? "delay" : "failure";
  const named = failureSubject.test(letter.subject);
  const fromServer = isDaemon(letter) || (hasNoReturnPath(letter) && named);
  if (fromServer && !automaticSubject.test(letter.subject)) {
    if (delayed) return "delay";
    if (named || failureText.test(words)) return "failure";
  }
  if (saysAutomatic(letter))
    return challengeWords.test(`${letter.subject} ${words}`) ? "challenge" : "auto-reply";
  if (challengeWords.test(letter.subject)) return "challenge";
  if (named) return delayed ? "delay" : "failure";
  return challengeWords.test(words) && /auto-generated/i.test(headerOf(letter, "auto-submitted"))
    ? "challenge"
    : "other";
}

const copyBegins = [
  /^.{0,60}(copy of (the|your) (message|mail)|below this line|original message|original (message )?headers|unsent message|returned message|message (headers|header|text) follows?|oorspronkelijk(e)? (bericht|kop)|kopie van (het|je|uw) bericht|body of (the )?message).{0,60}$/im,
  /^(received|return-path|x-original-to|delivered-to|message-id|dkim-signature|list-id):/im,
];

/** The part of a text that the server wrote itself: up to where the returned mail begins. */
export function wordsOfServer(text: string): string {
  const ends = copyBegins.map((begin) => text.search(begin)).filter((at) => at > 0);
  return text.slice(0, Math.min(...ends, 20_000));
}
