import type { Plain } from "./plain.ts";

/** Words that say that an address or its domain is gone. Only read where nothing speaks for another reason. */
type Gone = { status: string; words: RegExp };

const anyOf = (...parts: string[]) => new RegExp(parts.join("|"), "u");

/** What a server calls what it does not have. */
const thing =
  "(user( ?id| ?name)?(\\(s\\)|s)?|recipients?|rcpt|mail ?box(es)?|(e-?mail )?address(es)?|addressee|accounts?|person|inbox|alias(es)?|local[- ]?part|e-?mail( account)?|mail account|destination|customer|subscriber|@)";
const between = "[^.;]{0,60}?";

const gone: Gone[] = [
  {
    status: "5.1.6",
    words: anyOf(
      `${thing}${between}(has |is |have )?moved\\b|no longer on (this )?(server|system)|moved (to|permanently)|verhuisd`,
    ),
  },
  {
    status: "5.2.1",
    words: anyOf(
      `${thing}${between}\\b(disabled|inactive|suspended|deactivated|de-activated|closed|terminated|discontinued|cancell?ed|deleted|removed|frozen|archived|expired)\\b`,
      `archived ${thing}`,
      `(disabled|inactive|suspended|deactivated|closed|deleted|expired) (\\w+ )?${thing}`,
      "(account|postvak|mailbox|gebruiker|adres)[^.;]{0,40}(uitgeschakeld|opgeheven|gedeactiveerd|verwijderd|niet (meer )?actief|gesloten|beëindigd)|(konto|postfach|account)[^.;]{0,40}(deaktiviert|gelöscht|geschlossen|inaktiv)|compte[^.;]{0,40}(désactivé|fermé|suspendu|supprimé)|bo[iî]te[^.;]{0,30}archiv[ée]e|suspend(ed|s)? the service|cuenta[^.;]{0,40}(desactivada|suspendida|cancelada|deshabilitada)|conta[^.;]{0,30}(desativada|suspensa)|p=(disabled|inactive)user",
    ),
  },
  {
    status: "5.1.2",
    words: anyOf(
      "(host|domain)( name| or domain name)?( \\S+)? (was |is )?(not found|unknown|could not be found|not known)|(no such|unknown|invalid|non-?exist[ae]nt|illegal|bad) (domain|host|destination host)(?! name found \\S)|nxdomain|unrout\\w+ (mail )?domain|domain[^.;]{0,40}(does ?n[o']t exist|not exist|is a dead domain|has expired)|illegal host|name or service not known|no (mx|mail exchanger)|null ?mx|does not accept (e-?)?mail\\b|indicated no smtp service|couldn't find any host|could not find a (mail )?(server|exchanger)|must exist|(domein|domeinnaam)[^.;]{0,40}(bestaat niet|niet gevonden|onbekend)|dom(ain|äne)[^.;]{0,30}(existiert nicht|nicht gefunden|unbekannt)|domaine[^.;]{0,30}(inconnu|n'existe)|dominio[^.;]{0,30}(no existe|desconocido|inesistente)",
    ),
  },
  {
    status: "5.1.1",
    words: anyOf(
      `(unknown|invalid|illegal|no such|non-?exist[ae]nt|bad|wrong|incorrect|undeliverable|unroutable|unrouteable|unidentified|not a (valid|known|local)|no valid)( (or|and|/) (\\w+|@))?( local| virtual| final delivery| destination| delivery| or illegal| recipient| smtp)* ?[-:]?${thing}`,
      `(invalid|unknown|illegal|unroutable)( (or|/) \\w+)? (virtual )?(user|alias|mailbox|name|address)`,
      "\\bno (mail ?box|user|account|recipient|such|person|one|local user|addressee|subscriber)\\b",
      `${thing}${between}(unknown|does ?n[o']t exist|do not exist|did not exist|(?<!if )not exist|not (be )?found|(could ?n[o']t|can(no|')t|can not) (be )?(found|find|locate)|was ?n[o']t found|no longer|not (a )?(known|recogni[sz]ed|valid|local|active|present|identified)|isn't (a )?(valid|known|local|active)|is not (a |an )?(valid|known|local|active|listed|in )|not (listed |present )?in (our |the |this |name )?(\\w+ )?(directory|database|server|list|table|address book|validrcptto)|(is |was )?invalid|non-?exist[ae]nt|misspelled|mis-spelled|(is |possibly )(wrong|incorrect)|undeliverable(?! mail))`,
      `(does ?n[o']t|do ?n[o']t|did ?n[o']t|has no|have no|no longer has)( \\w+)? ?(have|find|know|recogni[sz]e|has|host)?[^.;]{0,30}${thing}`,
      "not (an? )?(active|e-?mail) address|can(no|')t accept user|missing home directory|\\bno [@\\w]+ in (the )?(name )?directory|not our (customer|user)|account unavailable|no longer (valid|in use|available|with us|works?|employed|active|accepts)|because they do(es)? not exist|no (existe|hay) |not listed in|not in (the |our )?(name )?directory|recip(ient)?notfound|nosuchuser|badrcptto|no valid recipients|unknown_user|user_unknown|unknown recipient|misspelled|(not|none) (here )?by that name|unrout(e)?able address|there is no one|nobody (here )?by",
      "(gebruiker|ontvanger|adres|e-?mailadres|postvak|postbus|geadresseerde|mailbox|@)[^.;]{0,60}(bestaat niet|bestaan niet|niet bekend|niet gevonden|onbekend|niet \\w{1,20} gevonden|is ongeldig|niet meer in gebruik)|onbekende? (gebruiker|ontvanger|geadresseerde|adres)|ongeldige? (e-?mail)?(adres|ontvanger)|geen (gebruiker|postvak|mailbox)",
      "(empf[äa]nger|benutzer|adresse|postfach|mailbox|konto|teilnehmer|@)\\p{L}*[^.;]{0,50}(unbekannt|nicht (gefunden|bekannt|vorhanden|vergeben)|existiert nicht|ungültig|gibt es nicht|konnte nicht gefunden)|unbekannte[rs]? (benutzer|empfänger|adresse)|kein (benutzer|empfänger|postfach)",
      "(destinataire|utilisateur|adresse|compte|bo[iî]te|@)[^.;]{0,50}(inconnu|n'existe|introuvable|inexistant|invalide)|destinataire inconnu",
      "(usuari[oa]|destinatari[oa]|direcci[oó]n|cuenta|buz[oó]n|persona|@)[^.;]{0,40}(desconocid|no existe|no (se ha |fue )?encontrad|inexistente|inv[aá]lid|no v[aá]lid)|(utente|destinatario|indirizzo|casella|@)[^.;]{0,40}(sconosciut|inesistente|non esiste|non (è stato )?trovat|non valid)|nessun utente|(usu[aá]rio|destinat[aá]rio|endere[cç]o|conta|@)[^.;]{0,40}(desconhecid|n[aã]o existe|inexistente|n[aã]o encontrad|inv[aá]lid)",
      "(użytkownik|odbiorca|adres|konto|skrzynk)\\p{L}*[^.;]{0,40}(nieznan|nie istnieje|nie znalezion)|nieznany (użytkownik|odbiorca|adres)|(mottagaren|användaren?|adressen|kontot|modtageren|brugeren|mottakeren|e-mailadressen|e-postadressen)\\p{L}*[^.;]{0,40}(finns inte|okänd|hittades inte|findes ikke|ukendt|finnes ikke|ukjent|eksisterer ikke)|(uživatel|adresa|příjemce|schránka)[^.;]{0,40}(neexistuje|nezn[áa]m)|vastaanottaja[^.;]{0,30}(tuntematon|ei löydy)|kullanıcı[^.;]{0,30}(bulunamadı|yok)",
      "(пользовател|адрес|получател|ящик|@)\\p{L}*[^.;]{0,50}(не найден|не существует|неизвест|отсутствует)|нет такого (пользователя|адреса)|見つかりません|見つけられません|存在しません|存在しない|宛先不明|宛名不明|ユーザーは(い|存在)|不存在|找不到|查无此人|无此用户|존재하지 않|없는 (사용자|주소)",
    ),
  },
];

/** Weaker words: they say that an address takes no mail, which some servers also say for other reasons. */
const unavailable =
  /(mail ?box|address|@|account|user|inbox)( name| address| is| was| currently| not)* (unavailable|unavaiable|unavailble|rejected|undeliverable|unreachable)|(does|did) ?n[o']t exist|\bnot found\b|\bunknown\b|rejected recipients?|mailbox name not allowed|unknown address error/;
/** Weakest: enough beside a status that says that the address is gone, not by itself. */
const notTaken =
  /(recipient|rcpt|user|mail ?box|address|@|account)( address| name| is| was| has| been)* (rejected|refused|denied|not (available|accepted|ok|allowed|taken))/;

export type Certainty = "certain" | "likely" | "hinted";

/** Whether a text says that an address is gone, with the status of that. */
export function goneIn({ words, names }: Plain): { status: string; certainty: Certainty } | null {
  const all = /p=(nosuch|disabled|inactive)user/.exec(names)?.[0] ?? "";
  const found = gone.find(({ words: said }) => said.test(`${words} ${all}`));
  if (found) return { status: found.status, certainty: "certain" };
  if (unavailable.test(words)) return { status: "5.1.1", certainty: "likely" };
  return notTaken.test(words) ? { status: "5.1.1", certainty: "hinted" } : null;
}

/** That a mail was refused, for no reason that is known: with the refused addresses themselves left out. */
export const isRefusal = ({ words }: Plain): boolean =>
  refusal.test(words.replace(new RegExp(notTaken, "g"), " ").replace(new RegExp(unavailable, "g"), " "));

const refusal =
  /reject|refus|\bden(y|ied|ies)\b|forbid|not (be )?(allowed|permitted|accept|welcome)|n't accept|disallow|restrict|unacceptable|geweigerd|weigert|niet toegestaan|abgelehnt|verweigert|nicht (erlaubt|akzeptiert)|rechazad|no permitid|rifiutat|rejeitad|odrzucon|nekad|afvist|avvist|отклон|отказ|\blisted\b/;
