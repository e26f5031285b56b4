import type { ImportKind } from "./table.ts";

/** What a column can mean, per kind of file. */
export const meanings = {
  subscribers: [
    ...["email", "name", "firstName", "prefix", "lastName", "language", "status", "blocked"],
    ...["bounced", "complained", "since", "ended", "pausedUntil", "silentReason", "silentSince"],
    ...["consent", "consentGiven"],
  ],
  signatures: [
    ...["email", "name", "firstName", "prefix", "lastName", "role", "organisation", "place"],
    ...["appearance", "motivation", "motivationState", "language", "since", "filledIn", "status", "blocked"],
    ...["consent", "consentGiven"],
  ],
  initiatives: ["name", "tagline", "story", "initiativeKind", "website", "contact"],
} as const satisfies Record<ImportKind, readonly string[]>;

export type Meaning = (typeof meanings)[ImportKind][number];

/**
 * What several columns can say together. Of statuses the strictest counts, of dates the first that is filled in: Mailchimp
 * has the moment of signing up in one column, or in the next.
 */
export const repeatable: readonly string[] = ["status", "blocked", "bounced", "complained", "since", "ended"];

/** Chosen for a column that is not read although it holds a "no": it says nothing about consent. */
export const saysNothingOfConsent = "nothing";

/** Which of them are dates, and which tell how somebody stands. */
export const dates: readonly string[] = [
  ...["since", "ended", "pausedUntil", "silentSince", "consentGiven", "filledIn"],
];
export const standingMeanings: readonly string[] = ["status", "blocked", "bounced", "complained", "ended"];

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
    ...["subscribed", "subscribedtoemails", "emailsubscriptionstatus", "statusaanmelding", "stand"],
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
    ...[
      "getekendop",
      "signedat",
      "signedon",
      "optin",
      "sinds",
      "since",
      "addedtime",
      "timestamp",
      "tijdstempel",
    ],
    ...["aangemaaktop", "createdon", "createdate", "datecreated", "dateadded", "addedon", "toegevoegdop"],
    ...["confirmedat", "bevestigdop", "optindatum", "joined", "joinedat", "subscribedon", "subscriptiondate"],
  ],
  ended: [
    ...["unsubtime", "unsubscribetime", "unsubscribedat", "unsubscribeddate", "unsubscribedate", "cleantime"],
    ...["afgemeldop", "uitgeschrevenop", "afmelddatum", "uitschrijfdatum", "optoutdate", "optoutdatum"],
    ...["gestoptop", "endedon", "endedat", "opgezegdop", "unsubscribedon", "unsubdate", "datumafmelding"],
  ],
  pausedUntil: ["pauzetot", "pauseduntil"],
  silentReason: ["geenmailomdat", "nomailbecause"],
  silentSince: ["geenmailsinds", "nomailsince"],
  consent: ["toestemming", "consent", "consenttext"],
  consentGiven: ["toestemminggegevenop", "consentgivenon"],
  filledIn: ["ingevuldop", "filledinon"],
  motivation: ["motivatie", "motivation"],
  motivationState: ["motivatieopdesite", "motivationonthesite"],
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

/** Whether a heading is one of the names that a meaning goes by. */
export const isNamed = (meaning: string, word: string): boolean => names[meaning]?.includes(word) ?? false;
