import { type Language, languages } from "./platform/i18n.ts";

/** Every URL of the site, readable as a site map. With ":slug" for a value, a path is a route's pattern. */

const words = {
  nl: {
    prefix: "",
    manifesto: "manifest",
    initiatives: "initiatieven",
    kind: "soort",
    theme: "thema",
    kinds: {
      network: "netwerk",
      initiative: "initiatief",
      programme: "programma",
      organisation: "organisatie",
      journey: "reis",
    },
    updates: "updates",
    newsletter: "nieuwsbrief",
    contact: "contact",
    confirm: "bevestigen",
    reject: "dit-was-ik-niet",
    unsubscribe: "afmelden",
    preferences: "voorkeuren",
    about: "over",
    accessibility: "toegankelijkheid",
    privacy: "privacy",
    sign: "ondertekenen",
    signatories: "ondertekenaars",
    versions: "versies",
    invitation: "uitnodiging",
    thanks: "bedankt",
    join: "doe-mee",
    accept: "aannemen",
    decline: "afwijzen",
    mine: "mijn",
    mineParts: {
      code: "code",
      open: "openen",
      close: "afsluiten",
      appearance: "zichtbaarheid",
      invitation: "uitnodiging",
      signature: "ondertekening-intrekken",
      subscription: "nieuwsbrief",
      offer: "aanbod",
      profile: "antwoorden",
      waiting: "wachtend",
      erase: "alles-wissen",
      erased: "gewist",
      json: "mijn-gegevens.json",
      csv: "mijn-gegevens.csv",
    },
    moderate: "motivatie",
    propose: "meld-je-initiatief-aan",
    reply: "antwoord",
  },
  en: {
    prefix: "/en",
    manifesto: "manifesto",
    initiatives: "initiatives",
    kind: "kind",
    theme: "theme",
    kinds: {
      network: "network",
      initiative: "initiative",
      programme: "programme",
      organisation: "organisation",
      journey: "journey",
    },
    updates: "updates",
    newsletter: "newsletter",
    contact: "contact",
    confirm: "confirm",
    reject: "this-was-not-me",
    unsubscribe: "unsubscribe",
    preferences: "preferences",
    about: "about",
    accessibility: "accessibility",
    privacy: "privacy",
    sign: "sign",
    signatories: "signatories",
    versions: "versions",
    invitation: "invitation",
    thanks: "thanks",
    join: "join-in",
    accept: "accept",
    decline: "decline",
    mine: "mine",
    mineParts: {
      code: "code",
      open: "open",
      close: "close",
      appearance: "appearance",
      invitation: "invitation",
      signature: "withdraw-signature",
      subscription: "newsletter",
      offer: "offer",
      profile: "answers",
      waiting: "waiting",
      erase: "erase-everything",
      erased: "erased",
      json: "my-data.json",
      csv: "my-data.csv",
    },
    moderate: "motivation",
    propose: "propose-your-initiative",
    reply: "reply",
  },
} satisfies Record<Language, Record<string, string | Record<string, string>>>;

/** Where readers of feeds look when nobody told them the address. */
const usualFeeds = ["feed", "rss", "feed.xml", "rss.xml", "atom.xml"];

/** The parts of a site that the movement and every island have, below `root`. */
const shared = (root: string, language: Language) => {
  const word = words[language];
  return {
    home: root || "/",
    updates: `${root}/${word.updates}`,
    update: (slug: string) => `${root}/${word.updates}/${slug}`,
    updatesAtom: `${root}/${word.updates}.atom`,
    updatesJson: `${root}/${word.updates}.json`,
    usualFeeds: usualFeeds.map((name) => `${root}/${name}`),
    newsletter: `${root}/${word.newsletter}`,
    newsletterAtom: `${root}/${word.newsletter}.atom`,
    newsletterJson: `${root}/${word.newsletter}.json`,
    edition: (slug: string) => `${root}/${word.newsletter}/${slug}`,
    contact: `${root}/${word.contact}`,
  };
};

function pathsIn(language: Language) {
  const word = words[language];
  const { prefix } = word;
  return {
    ...shared(prefix, language),
    manifesto: `${prefix}/${word.manifesto}`,
    manifestoVersion: (version: string) => `${prefix}/${word.manifesto}/${word.versions}/${version}`,
    /** POST of the form under the manifesto. */
    sign: `${prefix}/${word.manifesto}/${word.sign}`,
    /** After confirming a signature: invite, and what now. */
    signed: (token: string) => `${prefix}/${word.manifesto}/${word.thanks}/${token}`,
    signatories: `${prefix}/${word.manifesto}/${word.signatories}`,
    invitation: (code: string) => `${prefix}/${word.manifesto}/${word.invitation}/${code}`,
    moderateMotivation: (token: string) => `${prefix}/${word.manifesto}/${word.moderate}/${token}`,
    join: `${prefix}/${word.join}`,
    joinInitiative: (slug: string) => `${prefix}/${word.join}/${slug}`,
    /** The team's answer to an offer, by the link in its mail. */
    acceptOffer: (token: string) => `${prefix}/${word.join}/${word.accept}/${token}`,
    declineOffer: (token: string) => `${prefix}/${word.join}/${word.decline}/${token}`,
    mine: `${prefix}/${word.mine}`,
    /** Parts of /mijn: actions by POST, downloads by GET. */
    minePart: (part: MinePart) => `${prefix}/${word.mine}/${word.mineParts[part]}`,
    /** Where the code from the mail is typed over, and the mail's own link. */
    mineCode: (token: string) => `${prefix}/${word.mine}/${word.mineParts.code}/${token}`,
    mineOpen: (token: string) => `${prefix}/${word.mine}/${word.mineParts.open}/${token}`,
    initiatives: `${prefix}/${word.initiatives}`,
    /** "Meld je initiatief aan", and the proposer's answer to a question about it. */
    propose: `${prefix}/${word.propose}`,
    proposalReply: (token: string) => `${prefix}/${word.propose}/${word.reply}/${token}`,
    /** The directory's filters in the query string: their names, and the word for each kind of initiative. */
    filters: { kind: word.kind, theme: word.theme, kinds: word.kinds },
    /** An island on the movement's host. */
    island: (slug: string) => shared(`${prefix}/${word.initiatives}/${slug}`, language),
    /** An island at the root of its own host. */
    ownHost: shared(prefix, language),
    /** After a form: "check your mail". The same for everyone. */
    checkMail: `${prefix}/${word.confirm}`,
    confirm: (token: string) => `${prefix}/${word.confirm}/${token}`,
    reject: (token: string) => `${prefix}/${word.confirm}/${token}/${word.reject}`,
    unsubscribe: (token: string) => `${prefix}/${word.unsubscribe}/${token}`,
    /** Which newsletters somebody gets, by a link in a mail: without signing in. */
    preferences: (token: string) => `${prefix}/${word.preferences}/${token}`,
    about: `${prefix}/${word.about}`,
    accessibility: `${prefix}/${word.accessibility}`,
    privacy: `${prefix}/${word.privacy}`,
  };
}

type MinePart = keyof (typeof words)["nl"]["mineParts"];
export type Paths = ReturnType<typeof pathsIn>;
export type IslandPaths = ReturnType<Paths["island"]>;

const all = Object.fromEntries(languages.map((language) => [language, pathsIn(language)])) as Record<
  Language,
  Paths
>;

/** The paths of a language: Dutch at the root, English under /en. */
export const paths = (language: Language): Paths => all[language];

/** Paths without a language. */
export const technical = {
  health: "/healthz",
  ready: "/readyz",
  metrics: "/metrics",
  robots: "/robots.txt",
  sitemap: "/sitemap.xml",
  /** A part of a sitemap that is too long for one file; counts from 1. */
  sitemapPart: (part: number | string) => `/sitemap-${part}.xml`,
  securityTxt: "/.well-known/security.txt",
  /** Says which installation answers, so that a host name can be checked before it is taken into use. */
  identity: "/.well-known/archipel",
  webManifest: "/site.webmanifest",
  /** Asked for by who read no page, with the file that is meant. */
  usualIcons: {
    "/favicon.ico": "/icon-192.png",
    "/apple-touch-icon-precomposed.png": "/apple-touch-icon.png",
  },
  /** The movement's own colours, where it has some. */
  theme: "/theme.css",
  mailbox: "/postvak",
  mailboxMail: (id: string) => `/postvak/${id}`,
  mailboxHtml: (id: string) => `/postvak/${id}/html`,
  mailPreviews: "/postvak/voorbeelden",
  mailPreview: (name: string, language: string) => `/postvak/voorbeelden/${name}/${language}`,
  mailPreviewHtml: (name: string, language: string) => `/postvak/voorbeelden/${name}/${language}/html`,
  /** Names of organisations that begin like "?q=", for who types one. */
  organisations: "/api/organisations",
  /** Initiatives with a name like "?q=", for who proposes one. */
  similarInitiatives: "/api/similar-initiatives",
  manifestoCount: "/api/manifest/count.json",
  counterScript: "/embed/manifest-counter.js",
  media: (file: string) => `/media/${file}`,
  /** The picture that other sites show with a link to the manifesto, with how many signed. */
  manifestoImage: (language: Language) => `/delen/manifest/${language}.png`,
  /** The picture that other sites show with a link: of the movement, an island or one of its updates. */
  shareImage: (language: Language, island: string | null, update: string | null) =>
    `/delen/${[language, island, update].filter(Boolean).join("/")}.png`,
  /** The same of an edition of a newsletter: of an island, or of the movement. */
  editionImage: (language: Language, island: string | null, edition: string) =>
    `/delen/${language}/${island ?? "-"}/nieuwsbrief/${edition}.png`,
};

/** The language that a path is written in. */
export const languageOf = (path: string): Language =>
  path === "/en" || path.startsWith("/en/") ? "en" : "nl";
