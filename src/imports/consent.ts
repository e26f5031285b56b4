import { plain } from "./plain.ts";
import type { Standing } from "./table.ts";

/** Words by which programs and people say how somebody stands on a list; as `plain` makes them. */
const words = (text: string) => new Set(text.trim().split(/\s+/));

const yes = words(`
  yes ja true 1 y j t waar on aan x v
  active actief subscribed enabled confirmed verified approved current
  aangemeld ingeschreven bevestigd geverifieerd akkoord agreed granted accepted geaccepteerd toegestaan
  optin optedin free paid comped subscriber abonnee lid member marketingcontact`);
/** That say no to anything: of mail or of something else. */
const no = words("no nee nein non false 0 n f onwaar off uit");
const ended = words(`
  unsubscribed unsubscribe unsub inactive inactief afgemeld uitgeschreven disabled optout optedout deleted removed
  verwijderd archived gearchiveerd gestopt opgezegd beeindigd ended ingetrokken withdrawn revoked cancelled canceled
  geannuleerd geweigerd refused declined denied never nooit nietaangemeld nietingeschreven nietakkoord notsubscribed
  nonsubscribed notoptedin nomail noemail geenmail geennieuwsbrief donotmail donotemail donotcontact nietmailen
  stop stoppen stopt afmelden uitschrijven verwijderen geeninteresse nietgeinteresseerd notinterested nietmeer
  nonmarketingcontact globallyunsubscribed unsubscribedfromall transactional`);
const blocked = words(`
  blocklisted blacklisted blocked geblokkeerd suppressed blocklist blacklist onderdrukt emaildisabled`);
const gone = words(`
  cleaned bounced hardbounced hardbounce bounce invalid ongeldig undeliverable onbestelbaar gebounced opgeschoond
  emailinvalid bouncedhard niettebereiken nietbezorgbaar notdeliverable bouncing`);
const complained = words(`
  spam complaint complained complainer junk markedasspam spamcomplaint spamreport reportedspam abuse klacht
  gemeldalsspam`);
/** Nobody said yes yet. */
const unconfirmed = words(`
  pending unconfirmed notconfirmed nietbevestigd onbevestigd inafwachting wachtend wacht waiting unverified
  awaitingconfirmation wachtopbevestiging wachtopbevestigen invited uitgenodigd`);
/** On the list, but the address gets no mail; how our own lists say it. */
const silent = words("krijgtgeenmail getsnomail");

/** How programs write that a cell holds nothing. */
const nothing =
  /^(|[-–—./?]+|\\n|null|nil|nan|none|undefined|n\.?\/?a\.?|n\.?v\.?t\.?|geen|leeg|0{4}-00-00.*)$/i;
export const saysNothing = (text: string): boolean => text.length < 40 && nothing.test(text.trim());

/** A word, as far as it is short enough to be one; a number without what makes it a decimal one ("1.0"). */
const wordIn = (text: string): string =>
  text.length > 60
    ? ""
    : plain(
        text
          .trim()
          .replace(/^([012])[.,]0+$/, "$1")
          .replace(/^[✓✔☑✅]$/u, "x")
          .replace(/^[✗✘☒❌]$/u, "nee"),
      );

/**
 * What a word for a status means: a standing, that nobody confirmed, or null for one that is not known. An empty cell is no
 * reason to send no mail.
 */
export function standingOf(status: string): Standing | "unconfirmed" | null {
  const word = wordIn(status);
  if (status.trim() === "" || yes.has(word)) return "active";
  if (no.has(word) || ended.has(word) || blocked.has(word)) return "ended";
  if (gone.has(word)) return "gone";
  if (silent.has(word)) return "silent";
  if (unconfirmed.has(word)) return "unconfirmed";
  return complained.has(word) ? "complained" : null;
}

/** Whether a word is one that a column with statuses, or with yes and no, holds. */
export const isStatus = (text: string): boolean => text.trim() !== "" && standingOf(text) !== null;

const stillOn = words("active actief subscribed aangemeld ingeschreven confirmed bevestigd enabled");

/**
 * Whether a word says yes, in a column that holds those who want no mail or get none: a date, a number and a reason say
 * it too.
 */
export const saysYes = (text: string): boolean =>
  !saysNothing(text) && !no.has(wordIn(text)) && !stillOn.has(wordIn(text));

/** What a heading promises of its values: that yes is a yes to mail, that yes is a no, or nothing of the kind. */
export type Leaning = "yes" | "no" | "other" | "unknown";

const other =
  /^(id|uuid|leid|euid|row|rij|nr|nummer|cc|region|latitude|longitude|gmtoff|dstoff|timezone|watermisis|whatiswrong)$|ip$|url$|link$|open|click|klik|^sent|verzonden|delivered|rating|score|softbounce|complimentary|^activesubscription$|^(paid|stripe)|stripe|campaignid|newid|(last|laatst|modified|changed|updated|gewijzigd)/;
const leansNo =
  /unsub|opt(ed)?out|uitgeschr|uitschrij|afgemeld|afmeld|opgezegd|opzeg|gestopt|^ended|^deleted|^removed|^archived|verwijderd|blocklist|blacklist|blocked|geblok|suppress|bounce|^clean|opgeschoond|spam|complain|klacht|abuse|geenmail|nomail|donot|niet(meer)?mail|disabled|uitgeschakeld|excluded|uitgesloten|invalid|ongeldig|onbestelbaar|undeliver|ingetrokken|withdrawn|revoked|quarantine/;
const leansYes =
  /subscri|optin|consent|toestem|nieuwsbrief|newsletter|aanmeld|aangemeld|inschrij|ingeschreven|mailing|marketing|permission|akkoord|agree|confirm|bevestig|verif|^active|^actief|status|^state$|^stand$|gdpr|magmail/;

/** What the heading of a column promises. */
export function leaningOf(header: string): Leaning {
  const word = plain(header);
  if (other.test(word))
    return /unsub|afgemeld|optout/.test(word) && !/(ip|url|link)$/.test(word) ? "no" : "other";
  if (leansNo.test(word)) return "no";
  return leansYes.test(word) ? "yes" : "unknown";
}

/** Whether a column holds what somebody answered to the question for consent: then an empty cell is no yes. */
export const isAnswer = (header: string): boolean =>
  leaningOf(header) === "yes" && !/state|status|stand/.test(plain(header));

/** Of a column with whom there is no reaching, or who complained: which. */
export function harmIn(header: string): "bounced" | "complained" | null {
  const word = plain(header);
  if (/bounce|clean|opgeschoond|undeliver|onbestelbaar|invalid|ongeldig/.test(word)) return "bounced";
  return /spam|complain|klacht|abuse/.test(word) ? "complained" : null;
}

/** A no inside of a sentence; only looked for in a text as long as a remark. */
const phrase =
  /unsubscrib|uitgeschreven|afgemeld|\bopt(ed)?[ -]?out|opgezegd|hard ?bounce|blacklist|blocklist|geblokkeerd|do not (contact|mail|e-?mail)|\b(geen|no|stop|niet|not|never|nooit)\b.{0,20}\b(e-?mails?|mail(en|ing)?|nieuwsbrie\w*|newsletters?|post)\b/i;
const longestRemark = 300;

/**
 * Whether a cell of a column says no to mail: "no"; "doubt" where the same word can say no to anything ("Nee"); "remark" for
 * a sentence with a no in it. By the values, as far as the heading does not tell.
 */
export function noIn(text: string, leaning: Leaning): "no" | "doubt" | "remark" | null {
  if (leaning === "other" || text.length > longestRemark || saysNothing(text)) return null;
  if (leaning === "no") return saysYes(text) && !/^https?:/i.test(text) ? "no" : null;
  const word = wordIn(text);
  // Of zeros, and of what may be false or female, the whole column tells (survey.ts).
  if (no.has(word)) return leaning === "yes" ? "no" : /^[0f]$/.test(word) ? null : "doubt";
  const standing = word && standingOf(text);
  if (standing) return standing === "active" ? null : "no";
  return phrase.test(text) ? "remark" : null;
}
