import { refusesSender, withoutNames } from "../platform/sender-refused.ts";

/** What servers write in words, where a status is missing, says nothing or is used for everything. */
type Meaning = { status: string; words: RegExp };

/** The status of what is about our own sender. */
export const senderRefused = "5.1.8";

/**
 * What is about our own sender comes before all of these. Of these the first that fits counts, mild ones before hard ones: an address is only given up where nothing speaks for another
 * reason.
 */
const meanings: Meaning[] = [
  {
    status: "5.7.1",
    words:
      /\bspam\b|spamhaus|barracuda|spamcop|black ?list|block ?list|blocked|\bbanned\b|reputation|polic(y|ies)|\bbeleid\b|dmarc|\bspf\b|\bdkim\b|unsolicited|bulk mail|\bvirus|content (is |was )?(rejected|not accept)|complaints|connections? (will )?not (be )?accepted|not authori[sz]ed|rate limit|too many|geweigerd als ongewenst|ongewenste (mail|e-mail|reclame)|geblokkeerd|\bgesperrt/i,
  },
  {
    status: "5.2.2",
    words:
      /over ?quota|quota (is |has been |was )?(exceeded|full)|exceed\w{0,10}.{0,40}(quota|storage|limit|mailbox size)|(mailbox|inbox|mail ?box|mail folder|storage|account).{0,30}\b(is |was )?(full|over (its |the )?(limit|quota))|full mailbox|out of storage|insufficient (storage|disk)|(postvak|postbus|mailbox|brievenbus|inbox).{0,30}\bvol\b|(opslaglimiet|quotum|quota).{0,40}(overschreden|bereikt)|postfach.{0,30}\bvoll\b|bo[iî]te.{0,40}pleine|buz[oó]n.{0,20}llen/i,
  },
  {
    status: "5.2.3",
    words: /(message|mail|bericht).{0,30}(too (big|large)|te groot)|size limit|maximum (message )?size/i,
  },
  {
    status: "4.4.7",
    words:
      /timed? ?out|time ?out|delivery time expired|retry (time|timeout|limit)|connection (was )?refused|try(ing)? again|temporar|greylist|grey-list|tijdelijk|te lang in de wachtrij|unable to connect|could not connect|no route to host|too long|verbinding.{0,30}(mislukt|geweigerd)/i,
  },
  {
    status: "5.2.1",
    words:
      /(account|mailbox|user|address|postvak|gebruiker).{0,50}\b(disabled|inactive|suspended|deactivated|closed|terminated|expired|uitgeschakeld|opgeheven|gedeactiveerd|niet (meer )?actief)|(disabled|inactive) (account|mailbox|user|recipient)/i,
  },
  {
    status: "5.1.2",
    words:
      /(host|domain)( name| or domain name)? (was )?not found|(no such|unknown|invalid|non-?existent) (domain|host)|nxdomain|unrouteable mail domain|domain.{0,30}(does not exist|doesn't exist|not exist)|no (mx|mail exchanger)|null ?mx|couldn't find any host|(domein|domeinnaam).{0,40}(bestaat niet|niet gevonden|onbekend)/i,
  },
  {
    status: "5.1.1",
    words:
      /(user|recipient|mailbox|address|account|addressee) (is |was )?unknown|unknown (local )?(user|recipient|mailbox|address|account|part)|no such (user|mailbox|recipient|address|person|account|local)|invalid (recipient|mailbox|user|address)|not a valid (mailbox|user|recipient|address)|(user|mailbox|recipient|address|account|person|inbox|e-?mail).{0,60}(does ?n[o']t exist|not exist|not found|could ?n[o']t be found|was ?n[o']t found|no longer|is not known|not recogni[sz]ed)|(does ?n[o']t|did not) (have|find).{0,30}(account|mailbox|user|recipient)|no mailbox (here )?by that name|not listed in|unrouteable address|unrouteable|undeliverable address|recipient address rejected|no longer (valid|in use|available|with us|works?|employed)|(gebruiker|ontvanger|adres|e-?mailadres|postvak|postbus|geadresseerde|mailbox).{0,60}(bestaat niet|niet bekend|niet gevonden|onbekend|bestaat niet meer|niet \w{1,20} gevonden|is ongeldig)|onbekende (gebruiker|ontvanger|geadresseerde)|ongeldig(e)? (adres|ontvanger)|(empf[äa]nger|benutzer|adresse).{0,50}(unbekannt|nicht gefunden|existiert nicht)|destinataire.{0,30}inconnu|(utilisateur|adresse).{0,40}(inconnu|n'existe)|usuario.{0,30}(desconocido|no existe)/i,
  },
];

/** The status that a text means, or null when it says nothing that is known. */
export function statusInWords(text: string): string | null {
  const plain = withoutNames(text)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, " ");
  if (refusesSender(plain)) return senderRefused;
  return meanings.find(({ words }) => words.test(plain))?.status ?? null;
}
