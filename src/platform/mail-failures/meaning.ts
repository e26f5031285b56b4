import { doubtIn, leadsToRefusal } from "./doubts.ts";
import { goneIn, isRefusal } from "./gone.ts";
import { plain } from "./plain.ts";
import { refusesSender } from "./sender-refused.ts";
import { type Severity, severityOf, statusIn } from "./severity.ts";

/** What a failure means: a status (RFC 3463) that can be kept, and what that says of the address. */
export type Verdict = { status: string; severity: Severity };

/** The status of what is about our own sender. */
const senderRefused = "5.1.8";
/** Of a refusal without a reason that is known. */
const refused = "5.7.1";
/** Of an address that is perhaps gone: soft. */
const unsure = "5.1.0";

/** Hard statuses that servers give for other reasons too, or make themselves of a bare "550" (sendmail does). */
const often = /^5\.(1\.[1-6]|2\.1|4\.4)$/;

/** Statuses that servers give for all kinds of reasons, so that the words say more. */
const vague = /^5\.(0\.\d+|[1-7]\.0|3\.\d+|4\.1|5\.\d+|7\.1)$/;
const general = /^5\.(0\.\d+|1\.0|2\.0|5\.\d+)$/;

/**
 * What a server says of a failure, at SMTP and in a report alike. Hard only where nothing speaks against it:
 *
 * - words about another reason (our network, our mail, a full mailbox, the moment) beat every status that is hard or vague;
 * - of a status and another one in the same answer, the milder one counts;
 * - where an answer has words, one of the usual hard statuses needs some that confirm it;
 * - what is refused for no known reason is ours; nothing beats a temporary status.
 *
 * @param reported the status that a report gives beside the answer, or null
 * @param answer what the remote server said, with its codes: "550 5.1.1 no such user"
 */
export function meaningOf(reported: string | null, answer: string): Verdict {
  const status = statusMeant(reported, answer);
  return { status, severity: severityOf(status) };
}

function statusMeant(reported: string | null, answer: string): string {
  const said = quotedIn(answer);
  const code = codeIn(said) ?? codeIn(answer);
  const own = statusIn(said);
  const status = moreCertain(reported ?? statusIn(answer), own) ?? (code ? `${code[0]}.0.0` : null);
  if (status?.startsWith("4")) return status;
  if (code?.startsWith("4") && status) return `4${status.slice(1)}`;

  if (refusesSender(said)) return senderRefused;
  const text = plain(said);
  const isHard = status !== null && severityOf(status) === "hard";
  if (isUnknownAtMicrosoft(status, text.words))
    return doubtIn({ ...text, words: withoutDenial(text.words) }) ?? "5.1.1";
  const isOpen = status === null || isHard || vague.test(status);
  const doubt = doubtIn(text);
  if (doubt) return isOpen && !saysAsMuch(status, doubt) ? doubt : (status ?? doubt);

  const gone = goneIn(text);
  if (gone?.certainty === "certain" && isOpen) return isHard ? status : gone.status;
  if (isOpen && leadsToRefusal(text)) return refused;
  const milder = statusesIn(said).find((other) => severityOf(other) !== "hard" && !general.test(other));
  if (isHard && milder) return milder;
  if (gone && isHard && !isRefusal(text)) return status;
  const isBare = status === null || general.test(status);
  if (gone?.certainty === "likely" && isBare && !isRefusal(text)) return gone.status;
  if (isRefusal(text) && (isHard || isBare)) return refused;
  if (isHard && code !== null && often.test(status) && /\p{L}{3}/u.test(text.words)) return unsure;
  return status ?? "5.0.0";
}

/** Whether a status says the same of the address as the words do, and more. */
const saysAsMuch = (status: string | null, doubt: string) =>
  status !== null && !general.test(status) && severityOf(status) === severityOf(doubt);

/** Exchange Online says to an address that it does not know what others say to a network. */
const isUnknownAtMicrosoft = (status: string | null, words: string) =>
  status === "5.4.1" && denial.test(words);
const denial = /(?<=recipient address rejected: )access denied/;
const withoutDenial = (words: string) => words.replace(denial, " ");

/**
 * The answer of the server behind, where a gateway quotes it under a heading of its own: Cisco's ("5.1.0 - Unknown address
 * error 550-'…'") says the same of every refusal.
 */
const quotedIn = (answer: string): string =>
  /(?:\b[45]\d\d[- ]?|\breturned:? |\bsaid:? | - [\w ()/-]{5,60} )'([^\s'][\s\S]{5,2000})'/.exec(
    answer,
  )?.[1] ?? answer;

/** The SMTP answer in a text: "550" in "smtp; 550 user unknown". */
const codeIn = (text: string): string | null =>
  /(?:^|[\s;:"'(])([45]\d\d)(?=[\s-]|$)/.exec(text)?.[1] ?? null;

const statusesIn = (text: string): string[] =>
  [...text.matchAll(/(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?!\.?\d)/g)].map(([status]) => status);

/** The remote server's status instead of the report's where that is missing, general, or only "not yet". */
function moreCertain(reported: string | null, remote: string | null): string | null {
  if (!reported || !remote) return reported ?? remote;
  const isGeneral = /^[45]\.0\.0$/.test(reported);
  const gaveUp = reported.startsWith("4") && remote.startsWith("5");
  return (isGeneral || gaveUp) && !remote.startsWith("2") ? remote : reported;
}

const byWeight: Severity[] = ["ours", "soft", "hard"];
const weight = (status: string) => byWeight.indexOf(severityOf(status));

/** The one of two statuses that speaks least for giving an address up. */
export const milder = (one: string, other: string): string => (weight(other) < weight(one) ? other : one);
