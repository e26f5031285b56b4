import type { Plain } from "./plain.ts";

/**
 * Words that speak for another reason than a dead address: our network, our mail, the owner's wish, a full mailbox, the
 * moment. Wherever they stand, the address is not given up.
 */
type Doubt = { status: string; words: RegExp };

const anyOf = (...parts: string[]) => new RegExp(parts.join("|"), "u");

/** Names of lists of blocked networks, which some servers give as the only reason, in a link. */
const lists =
  /spamhaus|spamcop|barracudacentral|\bsorbs\b|uceprotect|abuseat|mailspike|backscatterer|senderscore|invaluement|spameatingmonkey|surbl|uribl|\b(dns|[rdxsz])?bl\.|\b\w*(dns|r)bl\b/;
/** Links that lead to why a network is refused. */
const reasons =
  /blacklist|blocklist|block-?ed|\/(lookup|remov|delist|unblock|blocked)|[?&]ip=|\bip[-_.]?check|polic(y|ies)|postmaster|\/error/;
const rates = /p=receivingrate|[?/]\w*(ratelimit|throttl)/;
const fullLinks = /p=overquota/;

const doubts: Doubt[] = [
  {
    // Its subject is the mailbox, so before all that speaks of limits and sizes.
    status: "5.2.2",
    words: anyOf(
      "\\bover\\W?quota|\\bquota\\b|(exceed|over|reach|above|beyond)[^.;]{0,50}(storage|mail ?box|disk|space|allowance|allowed size|account limit)",
      "(mail ?box|inbox|account|storage|mail ?folder)[^.;]{0,30}(exceed|over|reach)[^.;]{0,30}(limit|size|space|storage|allow)|mail ?box size limit",
      "(mail ?box|inbox|in-box|mail ?folder|account|maildir|storage|disk|user|@)[^.;]{0,25}\\b(is |was |are )?full\\b|full mail ?box",
      "(out of|not enough|no|insufficient|lack of|low)( \\w+)? (storage|disk|space)|space[^.;]{0,20}used up|too much mail data|too many messages (in|on)|number of messages in[^.;]{0,40}(limit|exceed)|would be over|would exceed",
      "(postvak|postbus|mailbox|brievenbus|inbox)[^.;]{0,30}\\bvol\\b|opslaglimiet|quotum|opslagruimte",
      "(postfach|mailbox|speicher)[^.;]{0,40}\\b(voll|überschritten)\\b|bo[iî]te[^.;]{0,40}(pleine|satur)|dépassé[^.;]{0,20}(quota|taille)|(casella|cassetta)[^.;]{0,25}piena|buz[oó]n[^.;]{0,25}llen|cuota|caixa[^.;]{0,30}cheia|skrzynk[^.;]{0,30}(pełn|przepełn)|(brevlåda|postkasse|postboks|indbakke|innboks)\\p{L}*[^.;]{0,20}ful",
      "переполнен|превышен[^.;]{0,30}(квот|размер|лимит)|容量|いっぱい|已满|空间不足|超出",
    ),
  },
  {
    status: "5.4.5",
    words: anyOf(
      "at a rate|too (quick|fast|frequent|rapid|often)|rate[- ]?limit|rate (control|exceed)|\\brate\\b[^.;]{0,25}(exceed|reach|limit)|(hourly|daily) (limit|quota|maximum)|per (second|minute|hour|day)\\b|throttl|slow down",
      "(limit|maximum)( \\w+){0,3} (of|for)( \\w+){0,3} (messages|mails|e-?mails|recipients)|(snelheid|te snel)|zu schnell|trop (vite|rapide)",
    ),
  },
  {
    status: "5.2.3",
    words: anyOf(
      "(message|mail|bericht|nachricht|content|attachment)[^.;]{0,30}(too (big|large)|te groot|zu gro(ß|ss)|trop (gros|volumineu)|exceeds?)",
      "size limit|message (size|length)|max(imum)? (message |mail |allowed )?(size|length)|exceeds? (the )?(fixed )?(max|size)|sizelimit|too large|too big",
    ),
  },
  {
    status: "5.4.6",
    words: anyOf(
      "hop count|too many hops|maximum hop|\\b(mail|routing|forwarding|infinite)( \\w+)? loop|\\bloops?\\b|looping|mxloopback",
    ),
  },
  {
    status: "5.7.1",
    words: anyOf(
      // lists, and what they are about
      "black ?-?list|block ?-?list|deny ?-?list|denylist|\\bdns ?-?bl|\\brbls?\\b|\\b[rdsxz]bl\\b|\\bblock(ed|s|ing)?\\b|\\bbanned\\b|\\bban\\b|err_blocked|listed (at|in|on|by) (?!domino|name|directory|our directory|the directory)",
      "\\bspam|junk|unsolicited|\\bu[bc]e\\b|\\bbulk\\b|phish|\\bvirus|malware|trojan|suspicious|malicious|fraud|reputation|\\babus(e|ive)?\\b|complain|flagged|bounce attack|backscatter|security (polic|issue|reason|violation|risk|threat)|for security",
      "zwarte lijst|geblokkeerd|ongewenst|liste noire|bloqu[ée]|indésirable|schwarze liste|\\bgesperrt|unerwünscht|lista negra|bloquead|bloccat|lista nera|zablokowan|blockerad|blokeret|спам|черн\\p{L}+ спис|заблокирован|迷惑|垃圾|拒收|拒绝",
      // who we are
      "\\bspf\\b|\\bdkim\\b|dmarc|sender ?id\\b|reverse ?(dns|lookup)|\\br?dns entry|\\brdns\\b|\\bptr\\b|\\b(helo|ehlo)\\b|unauthenticated|authenticat|\\bauth(required|orization)?\\b (is )?(required|fail)|authrequired|not ?authori[sz]ed|unauthori[sz]ed|credentials|\\b(start)?tls\\b|certificate",
      "\\byour( sending| mail| e-?mail| smtp)*( ip| host| server| network| domain| isp| relay| mta| reputation| location| country)\\b[^.;]{0,60}\\b(is|are|was|has|have|not|no|block|list|reject|refus|den|must|does|cannot|on|in|because)|your (ip|access|reputation|location)\\b|because of your|(uw|je|jouw) (server|netwerk|ip|domein)|votre (serveur|ip|domaine|adresse ip)|(ihr|ihre) (server|ip|netzwerk|domain)|su (servidor|ip)",
      "client host|\\b(sending|source|connecting|originating) (ip|host|server|mta|domain|network|system)\\b|remote ?(ip|host) (is|was|not|look|\\[)|remotehost|\\bip address|\\bips?\\b (is|are|was|has|not|range)|(from|by|of|for|bad) ip\\b|dynamic(ally)? (ip|address|host|assigned)|from (your|this|that) (network|source|host|server|country|domain|location)|mail from (?!:|@|user|account)",
      "messages? from (?!:)[^.;]{0,60}(weren't|not |reject|refus|block)|mail from (your|this|these|dynamic)|mails? from servers|allowed to send|permitted to send|has no valid",
      // what we may do there
      "\\brelay(ing)?\\b[^.;]{0,20}(denied|not (permitted|allowed)|prohibit|access|restrict|refus)|(unable|not|no|cannot|can't|refuse to|don't|without)( be| \\w+ed| to){0,3} relay|rcpthosts|not a (registered )?gateway",
      "not (allowed|permitted) here|you are not|you do not have|administrative(ly)? prohib|prohibited|forbidden|(?<!unavailable or )access denied|acces refus|access rejected|access (is )?restricted|verboten|zugriff verweigert|toegang geweigerd|accès refusé|acceso denegado",
      "polic(y|ies)|\\bbeleid\\b|richtlinie|verst(oß|oss|öß)|politique de|política|\\brules?\\b|user ?rules|\\baup\\b|terms of (service|use)|local configuration prevents|organi[sz]ational settings",
      // what our mail holds
      "\\bcontent\\b(?!-)|attachment|(invalid|bad|missing|illegal|duplicate|without)( \\S+){0,3} headers?\\b|headers? (not|error|are|is|invalid|missing)|non-?compliant|(not|violat\\w+|required|comply)[^.;]{0,20}\\brfc ?\\d+|\\brfc ?\\d+ (compl|viol|requir)|bare (lf|cr|linefeed)|malformed (message|address list)|\\bmime\\b|looks like|(message|content|spam|mail|by) filter|filtered|invalid dns",
      // the owner, or whoever answers for a list, does not want it
      "preferences|user refus|refus\\w+ (by (the )?(user|recipient)|to (accept|receive))|(recipient|user) (id )?(refuse|reject)s|not (wish|want)|unwanted|only accept|accepts? (mail|messages) (only )?from|unsubscribed|non-?member|members?[- ]only|moderat|allowed to post|white ?-?list|allow ?-?list|known senders|automatically rejected|go away|not welcome|niet gewenst",
      "mailing list|not subscribed|low priority|multiple addresses|protocol violation|captcha|mass ?mail|outgoing mail|filterconfig|senderno|badsender|spoof|fully qualified",
      "(sender'?s?|from:?|sending|mail ?from) domain|domain of (the )?sender|unrout(e)?able sender|sender not|purported|(cannot|not|unable to) resolve (your|route)|mismatch|confirm this|requires confirmation|use the smtp server|unverif|permits \\d|insecure|verification failure(?! of recipient)|rcpthost|reverse hostname|relay host|access from|invalid ip|for sending",
      "null sender|empty (envelope )?sender|bounce messages? not|envelope sender|too many (?!messages (in|on))|recipient limit",
    ),
  },
  {
    status: "4.4.7",
    words: anyOf(
      "temporar|tempor[äa]r|tijdelijk|temporaire|temporal|временн|一時|暂时|momentarily|transient|\\btmp\\b|try (again )?later|(again|resend\\b[^.;]{0,25}|retry|come back|attempt) (at a )?(later|in \\d|after)|later (time|opnieuw|nog)|plus tard|más tarde|später|in progress|maintenance|\\bbackup\\b|grey ?-?list|gray ?-?list",
      "time(d)?[- ]?out|retry (time|timeout|limit)|(?<!account |account has |account is |mailbox |password )\\bexpired\\b|too old|queue[^.;]{0,20}too long|too long|for \\d+ (days|hours)|within \\d+ (days|hours)|\\d+ (days|hours) (in|of)|na (vijf|\\w+) dagen",
      "connection[^.;]{0,20}(refused|reset|dropped|lost|closed|timed|failed|aborted)|(could|can|unable|not able|failed)( not|n't)? ?(to )?(be )?(connect|contact|establish|reach (the )?(server|host))|no (route|answer|response|connection)|unreachable|not reachable|network error|not respond|connect(ing)? to[^.;]{0,60}(refused|timed|failed)|verbinding|connexion (refus|impossible)|verbindung",
      "lookup (failed|failure|error)|lookup[^.;]{0,30}(servfail|failed|timeout)|look ?(ing)? ?up\\b[^.;]{0,40}(timeout|failed|error)|error while looking|cname lookup|unable to look ?up|ldap|databases?\\b|servfail|dns (soft|lookup|server|time)[^.;]{0,20}(error|fail|time)|soft error|name ?server (reply|error|fail|time)|malformed|try again(?= *[:;.,)]?$)|host not found, try again|no data known|no data record|non-?existent hosts|(point|records?)s? to local ?host|mx (points|problem)",
      "(internal|server|(?<!mail )system|local|processing|software|mailer|i/o|disk|protocol|network|configuration|config|script|program|filter) (error|failure|problem)|misconfigur|exited? (with|status)|died with|can(no|')?t (create|open|lock|write|access)|could not (open|lock|write|create|verify)|call ?out|unverified|(not|cannot|unable to) (be )?verif|not accepting (network )?(messages|mail)|no mdb|queue file|system call|transaction failed|being processed|could not load|dns records for|unable to resolve|enough space|service (is )?(currently|temporarily|not) |currently (unavailable|not available|busy|locked)|\\bbusy\\b|overload|congest|insufficient (system )?resources|mailbox (is )?(locked|busy)|locked,|out of memory|x-unix; \\d",
    ),
  },
];

/** What a text says that has nothing to do with a dead address, as a status; or null. */
export function doubtIn({ words, names }: Plain): string | null {
  if (rates.test(names)) return "5.4.5";
  if (fullLinks.test(names)) return "5.2.2";
  const found = doubts.find((doubt) => doubt.words.test(words));
  if (found) return found.status;
  return lists.test(names) ? "5.7.1" : null;
}

/** Whether a link leads to why networks are refused: it says so where the words say nothing. */
export const leadsToRefusal = ({ names }: Plain): boolean => reasons.test(names);
