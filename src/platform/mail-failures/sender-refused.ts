import { plain } from "./plain.ts";

/**
 * Whether a mail server's words say that it does not want the sender, so that they say nothing about the recipient.
 * Many say it only after RCPT TO (Postfix's smtpd_delay_reject), with any code: "550 5.1.1 Sender verify failed".
 * "Returned to sender: user unknown" is about the recipient.
 */
export const refusesSender = (text: string): boolean => aboutSender.test(plain(text).words);

const aboutSender =
  /(?<!\bto (the |your )?)\bsender\b[^.,;!?]{0,40}(rejected|refused|denied|verify fail|verif\w{0,8} (failed|failure|error)|be verified|not found|unknown|invalid|does ?n[o']t exist|does not resolve)|\b(invalid|unknown|rejected|refused|forbidden) sender\b|in reply to mail from|(?<!recipient |address |@ )verification failed for|(?<!\baan (de |het )?)\bafzender(adres)?\b[^.,;!?]{0,40}(geweigerd|geblokkeerd|onbekend|niet gevonden|bestaat niet)|\b(absender|expéditeur|emetteur|émetteur|remitente|mittente|remetente)\b[^.,;!?]{0,40}(abgelehnt|unbekannt|ungültig|refusé|invalide|inconnu|rechazad|desconocid|rifiutat|sconosciut|rejeitad)/;
