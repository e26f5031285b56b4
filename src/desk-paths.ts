import type { Language } from "./platform/i18n.ts";

/**
 * Every URL of the editors' workplace: /beheer/<section>/<id>/<part>, and the same under /en. With ":id" for a value, a
 * path is a route's pattern.
 */

/** The words of sections and parts: Dutch, English. */
const sections = {
  account: ["account", "account"],
  team: ["team", "team"],
  audit: ["logboek", "audit-log"],
  figures: ["cijfers", "figures"],
  islands: ["initiatieven", "initiatives"],
  updates: ["updates", "updates"],
  texts: ["teksten", "texts"],
  images: ["beelden", "images"],
  tips: ["tips", "tips"],
  offers: ["aanbod", "offers"],
  allOffers: ["al-het-aanbod", "all-offers"],
  motivations: ["motivaties", "motivations"],
  proposals: ["voorstellen", "proposals"],
  signatures: ["ondertekeningen", "signatures"],
  subscribers: ["abonnees", "subscribers"],
  people: ["mensen", "people"],
  imports: ["invoer", "imports"],
  newsletters: ["nieuwsbrieven", "newsletters"],
  editions: ["edities", "editions"],
  suppressions: ["geblokkeerd", "suppressed"],
} as const satisfies Record<string, readonly [string, string]>;

const parts = {
  new: ["nieuw", "new"],
  save: ["bewaren", "save"],
  autosave: ["vanzelf-bewaren", "autosave"],
  preview: ["voorbeeld", "preview"],
  publish: ["publiceren", "publish"],
  schedule: ["inplannen", "schedule"],
  unschedule: ["niet-inplannen", "unschedule"],
  withdraw: ["terugtrekken", "withdraw"],
  remove: ["verwijderen", "remove"],
  versions: ["versies", "versions"],
  compare: ["vergelijken", "compare"],
  restore: ["terugzetten", "restore"],
  upload: ["uploaden", "upload"],
  checkLink: ["link-nakijken", "check-link"],
  checkHost: ["adres-nakijken", "check-host"],
  contact: ["contactadres", "contact-address"],
  team: ["team", "team"],
  invite: ["uitnodigen", "invite"],
  endInvitation: ["uitnodiging-intrekken", "withdraw-invitation"],
  endRole: ["rol-beeindigen", "end-role"],
  handOver: ["overdragen", "hand-over"],
  email: ["e-mailadres", "email-address"],
  endSession: ["sessie-beeindigen", "end-session"],
  endSessions: ["andere-sessies-beeindigen", "end-other-sessions"],
  passkey: ["passkey", "passkey"],
  passkeyOptions: ["passkey-opties", "passkey-options"],
  endPasskey: ["passkey-verwijderen", "remove-passkey"],
  assign: ["toewijzen", "assign"],
  note: ["notitie", "note"],
  answer: ["antwoorden", "answer"],
  draft: ["concept", "draft"],
  spam: ["spam", "spam"],
  done: ["afgehandeld", "done"],
  approve: ["goedkeuren", "approve"],
  askBack: ["terugvragen", "ask-back"],
  refuse: ["afwijzen", "refuse"],
  show: ["tonen", "show"],
  accept: ["aannemen", "accept"],
  decline: ["bedanken", "decline"],
  export: ["export.csv", "export.csv"],
  errors: ["fouten.csv", "errors.csv"],
  match: ["kolommen", "columns"],
  run: ["uitvoeren", "run"],
  stop: ["stoppen", "stop"],
  goOn: ["verder", "go-on"],
  takeBack: ["terugdraaien", "take-back"],
  progress: ["voortgang", "progress"],
  send: ["versturen", "send"],
  undo: ["ongedaan-maken", "undo"],
  cancel: ["annuleren", "cancel"],
  testSend: ["proef", "test"],
  resend: ["opnieuw", "resend"],
  repeat: ["nog-eens", "repeat"],
  html: ["html", "html"],
  text: ["tekst", "text"],
  blocks: ["blokken", "blocks"],
  digest: ["overzicht", "digest"],
  lift: ["opheffen", "lift"],
  open: ["vrijgeven", "release"],
  alt: ["beschrijving", "description"],
} as const satisfies Record<string, readonly [string, string]>;

/** What is written in the workplace, one word for each kind of document. */
const documents = {
  update: ["update", "update"],
  page: ["pagina", "page"],
  movement: ["beweging", "movement"],
  island: ["initiatief", "initiative"],
  portraits: ["portretten", "portraits"],
  questions: ["vragen", "questions"],
  supporters: ["ondersteuners", "supporters"],
  help: ["hulp", "help"],
  host: ["adres", "host"],
  manifesto: ["manifest", "manifesto"],
  newsletter: ["nieuwsbrief", "newsletter"],
  edition: ["editie", "edition"],
} as const satisfies Record<string, readonly [string, string]>;

export type DeskSection = keyof typeof sections;
export type DocumentName = keyof typeof documents;
export type DeskPart = keyof typeof parts;

export const isDocumentName = (name: string): name is DocumentName => Object.hasOwn(documents, name);

const roots = { nl: "/beheer", en: "/en/manage" };
const signInRoots = { nl: "/aanmelden", en: "/en/sign-in" };
const signInParts = {
  code: ["code", "code"],
  link: ["link", "link"],
  passkeyOptions: ["passkey-opties", "passkey-options"],
  passkey: ["passkey", "passkey"],
  oidc: ["organisatie", "organisation"],
  firstOwner: ["eerste-eigenaar", "first-owner"],
  invitation: ["uitnodiging", "invitation"],
  out: ["afmelden", "sign-out"],
} as const satisfies Record<string, readonly [string, string]>;
type SignInPart = keyof typeof signInParts;

function deskIn(language: Language) {
  const column = language === "nl" ? 0 : 1;
  const root = roots[language];
  const signIn = signInRoots[language];
  const section = (name: DeskSection) => `${root}/${sections[name][column]}`;
  const documentsOf = (kind: DocumentName) => `${section("texts")}/${documents[kind][column]}`;
  return {
    /** What waits for me. */
    home: root,
    section,
    one: (name: DeskSection, id: string) => `${section(name)}/${id}`,
    /** Something done to, or seen of, one of a section. */
    part: (name: DeskSection, id: string, part: DeskPart) => `${section(name)}/${id}/${parts[part][column]}`,
    /** Something done in a section as a whole: "/beheer/team/-/uitnodigen". */
    all: (name: DeskSection, part: DeskPart) => `${section(name)}/-/${parts[part][column]}`,
    /** The working copy of something public: "/beheer/teksten/update/<id>", and what is done to it. */
    document: (kind: DocumentName, id: string) => `${documentsOf(kind)}/${id}`,
    documentPart: (kind: DocumentName, id: string, part: DeskPart) =>
      `${documentsOf(kind)}/${id}/${parts[part][column]}`,
    /** Leads to the working copy of what is out by its key; makes one where there is none yet. */
    documentOf: (kind: DocumentName, key: string) => `${documentsOf(kind)}/-/${key}`,
    /** POST: begins a new one for an initiative. */
    newDocument: (kind: DocumentName, initiative: string) =>
      `${documentsOf(kind)}/${parts.new[column]}/${initiative}`,
    signIn,
    signInPart: (part: SignInPart) => `${signIn}/${signInParts[part][column]}`,
    /** A sign-in page with a token in its address. */
    signInWith: (part: SignInPart, token: string) => `${signIn}/${signInParts[part][column]}/${token}`,
  };
}

const all = { nl: deskIn("nl"), en: deskIn("en") };
export type DeskPaths = ReturnType<typeof deskIn>;

/** The workplace's paths in a language. */
export const desk = (language: Language): DeskPaths => all[language];

/** Where the identity provider sends people back to: one address, whatever the language. */
export const oidcCallback = "/aanmelden/organisatie/terug";

/** What somebody sees of a text that is not out, by a link of its own. */
export const previewPath = (token: string): string => `/voorbeeld/${token}`;
