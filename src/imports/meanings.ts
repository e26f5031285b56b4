import type { ImportKind, Standing } from "./table.ts";

/** What a column can mean, per kind of file. */
export const meanings = {
  subscribers: [
    ...["email", "name", "firstName", "prefix", "lastName", "language", "status", "blocked"],
    ...["since", "ended"],
  ],
  signatures: [
    ...["email", "name", "firstName", "prefix", "lastName", "role", "organisation", "place"],
    ...["appearance", "language", "since"],
  ],
  initiatives: ["name", "tagline", "story", "initiativeKind", "website", "contact"],
} as const satisfies Record<ImportKind, readonly string[]>;

export type Meaning = (typeof meanings)[ImportKind][number];

/** Without which meanings a file cannot be read: one of each group. */
export const needed: Record<ImportKind, Meaning[][]> = {
  subscribers: [["email"]],
  signatures: [["email"], ["name", "firstName", "lastName"]],
  initiatives: [["name"]],
};

/**
 * How the columns are called in exports of Mailchimp, Brevo (formerly Sendinblue), LaPosta, MailerLite, listmonk, Ghost,
 * Substack and Spotler, and in tables that people make themselves; lower-case, letters and digits only.
 */
const names: Record<string, string[]> = {
  email: [
    ...[
      "email",
      "emailaddress",
      "emailadres",
      "mail",
      "mailadres",
      "emailadress",
      "subscriber",
      "subscriberemail",
    ],
    ...["contactemail", "primaryemail", "recipient", "adresemail", "epost"],
  ],
  firstName: ["firstname", "fname", "voornaam", "prenom", "givenname", "first", "roepnaam"],
  lastName: ["lastname", "lname", "achternaam", "nom", "surname", "familyname", "last"],
  prefix: ["tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels", "infix", "prefix", "middlename"],
  name: [
    "name",
    "naam",
    "fullname",
    "volledigenaam",
    "contactname",
    "naamondertekenaar",
    "initiatief",
    "titel",
  ],
  language: ["language", "taal", "lang", "locale", "preferredlanguage", "cc"],
  status: [
    ...[
      "status",
      "state",
      "subscriptionstatus",
      "emailstatus",
      "memberstatus",
      "contactstatus",
      "optinstatus",
    ],
    ...["subscribed", "subscribedtoemails", "emailsubscriptionstatus", "statusaanmelding"],
  ],
  blocked: [
    ...["blocklisted", "blacklisted", "emailblacklist", "emailblacklisted", "emailblocklisted", "blocklist"],
    ...["emaildisabled", "unsubscribed", "optout", "suppressed", "geblokkeerd", "afgemeld"],
  ],
  since: [
    ...[
      "optintime",
      "confirmtime",
      "createdat",
      "created",
      "subscribedat",
      "subscribeddate",
      "subscribedate",
    ],
    ...[
      "signupdate",
      "signuptimestamp",
      "startdate",
      "dateadded",
      "added",
      "addedat",
      "aangemeldop",
      "datum",
    ],
    ...[
      "aanmelddatum",
      "inschrijfdatum",
      "ingeschrevenop",
      "doubleoptin",
      "doubleoptindate",
      "optindate",
      "date",
    ],
    ...["getekendop", "signedat", "optin"],
  ],
  ended: [
    ...["unsubtime", "unsubscribetime", "unsubscribedat", "unsubscribeddate", "unsubscribedate", "cleantime"],
    ...["afgemeldop", "uitgeschrevenop", "afmelddatum", "uitschrijfdatum", "optoutdate"],
  ],
  role: ["role", "functie", "jobtitle", "function", "rol", "title"],
  organisation: [
    "organisation",
    "organization",
    "organisatie",
    "company",
    "bedrijf",
    "bedrijfsnaam",
    "werkgever",
  ],
  place: ["place", "plaats", "city", "woonplaats", "stad", "gemeente", "plaatsnaam"],
  appearance: ["appearance", "zichtbaarheid", "zichtbaar", "tonen", "publiek", "visibility", "public"],
  tagline: ["tagline", "leus", "slogan", "ondertitel", "subtitle", "samenvatting", "summary", "kort"],
  story: ["story", "verhaal", "beschrijving", "description", "omschrijving", "tekst", "toelichting"],
  initiativeKind: ["kind", "soort", "type"],
  website: ["website", "url", "site", "web", "link"],
  contact: ["contact", "contactemail", "contactemailadres", "email", "emailadres", "emailaddress"],
};

const plain = (header: string): string =>
  header
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");

/** The most likely meaning of each column; each meaning once, "" for what is not known. */
export function guess(kind: ImportKind, header: string[]): string[] {
  const left = new Set<string>(meanings[kind]);
  return header.map((column) => {
    const word = plain(column);
    const found = [...left].find((meaning) => names[meaning]?.includes(word));
    if (!found) return "";
    left.delete(found);
    return found;
  });
}

const active = [
  ...["active", "actief", "subscribed", "enabled", "true", "yes", "ja", "1", "confirmed", "aangemeld", "y"],
  ...["ingeschreven", "bevestigd", "free", "paid", "comped", "subscriber", "j", "waar"],
];
const ended = [
  ...[
    "unsubscribed",
    "inactive",
    "inactief",
    "afgemeld",
    "uitgeschreven",
    "disabled",
    "false",
    "no",
    "nee",
    "0",
  ],
  ...["optout", "optedout", "unsub", "deleted", "removed", "verwijderd", "archived", "n", "onwaar"],
];
const gone = [
  ...["cleaned", "bounced", "hardbounced", "hardbounce", "bounce", "invalid", "ongeldig", "undeliverable"],
  ...["onbestelbaar", "gebounced", "opgeschoond"],
];
const complained = ["spam", "complaint", "complained", "complainer", "junk", "markedasspam", "spamcomplaint"];
const blocked = ["blocklisted", "blacklisted", "blocked", "geblokkeerd", "suppressed"];

/** How programs write that a cell holds nothing. */
const nothing =
  /^(|[-–—./?]+|\\?n|null|nil|nan|none|undefined|n\.?\/?a\.?|n\.?v\.?t\.?|geen|leeg|0{4}-00-00.*)$/i;
export const saysNothing = (text: string): boolean => nothing.test(text.trim());

/** What a word for a status means; null for one that is not known or says that nobody agreed ("pending"). */
export function standingOf(status: string): Standing | null {
  const word = plain(status);
  if (status.trim() === "" || active.includes(word)) return "active";
  if (ended.includes(word) || blocked.includes(word)) return "ended";
  if (gone.includes(word)) return "gone";
  return complained.includes(word) ? "complained" : null;
}

/** Whether a word says yes, in a column that holds those who want no mail; a date there says it too. */
export const saysYes = (text: string): boolean => !saysNothing(text) && !ended.includes(plain(text));
