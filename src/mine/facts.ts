import { readableAddress } from "../platform/email-address.ts";
import { type Language, momentInWords, type Translate } from "../platform/i18n.ts";
import { type Localized, pick } from "../platform/localized.ts";
import { type Item, item, type Words } from "./items.ts";
import type { Everything } from "./queries.ts";
import { proposalItem, tipItem } from "./sent-facts.ts";
import { workItems } from "./work-facts.ts";

export type { Fact, Item } from "./items.ts";

const sectionNames = [
  "person",
  "signature",
  "subscriptions",
  "mailings",
  "offers",
  "profile",
  "tips",
  "proposals",
  "waiting",
  "confirmed",
  "consents",
  "returned",
  "work",
  "visits",
] as const;
export type SectionName = (typeof sectionNames)[number];

/** What is kept of one kind. The page and the table one takes along say the same, because both are made of this. */
export type Section = { name: SectionName; items: Item[] };

/** Everything in words; kinds of which nothing is kept are left out. */
export function sectionsOf(everything: Everything, words: Words): Section[] {
  return sectionNames
    .map((name) => ({ name, items: itemsOf[name](everything, words) }))
    .filter(({ items }) => items.length > 0);
}

const itemsOf: Record<SectionName, (everything: Everything, words: Words) => Item[]> = {
  person: ({ person }, { t }) => [
    item(t, null, t("mine:person.title"), [
      ["email", readableAddress(person.email)],
      ["name", person.name],
      ["language", languageName(t, person.language)],
      ["knownSince", person.confirmed_at],
      ["wantsMailSince", person.lifted_at],
    ]),
  ],
  signature: ({ signature }, words) => (signature ? [signatureItem(signature, words)] : []),
  subscriptions: ({ subscriptions }, { t, language }) =>
    subscriptions.map((one) =>
      item(t, one.id, pick(one.newsletter, language).text, [
        ["state", t(one.ended_at ? "mine:subscription.ended" : "mine:subscription.active")],
        ["language", languageName(t, one.language)],
        ["since", one.since],
        ["pausedUntil", one.ended_at ? null : one.paused_until],
        ["endedAt", one.ended_at],
      ]),
    ),
  mailings: ({ mailings }, { t, language }) =>
    mailings.map((one) =>
      item(t, null, pick(one.title, language).text, [
        ["newsletter", pick(one.newsletter, language).text],
        ["state", t(`mine:mailing.${one.state}`)],
        ["language", languageName(t, one.language)],
        ["sentAt", one.state === "sent" || one.state === "bounced" ? one.done_at : null],
        ["statusCode", one.code],
        ["leftThrough", one.unsubscribed_at],
      ]),
    ),
  offers: ({ offers }, { t, language }) =>
    offers.map((one) =>
      item(t, one.id, pick(one.initiative, language).text, [
        ["state", t(`mine:offer.${offerState(one)}`)],
        ["name", one.name],
        ["offer", one.offer],
        ["why", one.why],
        ["available", one.available],
        ["offeredAt", one.offered_at],
        ["toTeamAt", one.mailed_at],
        ["remindedAt", one.reminded_at],
        ["escalatedAt", one.escalated_at],
        ["answeredAt", one.answered_at],
        ["reason", one.reason],
        ["withdrawnAt", one.withdrawn_at],
      ]),
    ),
  profile: ({ profile }, { t, language }) =>
    profile
      ? [
          item(t, null, t("mine:profile.title"), [
            ["themes", list(profile.themes, ({ name }) => pick(name, language).text)],
            ["worksOn", profile.works_on],
            ["offers", profile.offers],
            ["changedAt", profile.changed_at],
          ]),
        ]
      : [],
  tips: ({ tips }, words) => tips.map((one) => tipItem(one, words)),
  proposals: ({ proposals }, words) => proposals.map((one) => proposalItem(one, words)),
  waiting: ({ confirmations }, words) =>
    confirmations.filter((one) => one.email !== null).map((one) => confirmationItem(one, words)),
  confirmed: ({ confirmations }, words) =>
    confirmations.filter((one) => one.email === null).map((one) => confirmationItem(one, words)),
  consents: (everything, words) => everything.consents.map((one) => consentItem(one, everything, words)),
  returned: ({ suppression, returned }, { t }) => [
    ...(suppression
      ? [
          item(t, null, t("mine:returned.suppressed"), [
            ["noMailBecause", t(`mine:returned.reason.${suppression.reason}`)],
            ["noMailSince", suppression.since],
            ["statusCode", suppression.detail],
          ]),
        ]
      : []),
    ...returned.map(({ kind, received_at, status }) =>
      item(t, null, t(`mine:returned.kind.${kind ?? "other"}`), [
        ["receivedAt", received_at],
        ["statusCode", status],
      ]),
    ),
  ],
  work: ({ work, made }, words) => workItems(work, made, words),
  visits: ({ codes, visits }, { t }) => [
    ...codes.map((code) =>
      item(t, null, t(`mine:visit.${code.purpose}`), [
        ["site", code.site_name],
        ["from", code.origin],
        ["language", languageName(t, code.language)],
        ["madeAt", code.made_at],
        ["expiresAt", code.expires_at],
        ["usedAt", code.used_at],
        ["tries", code.tries],
      ]),
    ),
    ...visits.map(({ expires_at }) => item(t, null, t("mine:visit.open"), [["expiresAt", expires_at]])),
  ],
};

function signatureItem(one: NonNullable<Everything["signature"]>, { t, language }: Words): Item {
  return item(t, null, t("mine:signature.title", { version: one.manifesto_version }), [
    ["appearance", t(`signing:appearance.${one.appearance}.label`)],
    ["name", one.name],
    ["role", one.role],
    ["organisation", one.organisation],
    ["place", one.place],
    ["principles", list(one.principles, ({ verb }) => pick(verb, language).text)],
    ["motivation", one.motivation],
    ["motivationState", one.motivation_state && t(`mine:motivation.${one.motivation_state}`)],
    ["signedAt", one.signed_at],
    ["confirmedAt", one.confirmed_at],
    ["version", one.manifesto_version],
    ["throughYou", one.invited],
    ["invitedBy", t(one.wasInvited ? "mine:yes" : "mine:no")],
    ["inviteCode", one.invite_code],
    ["inviteShowsName", t(one.invite_shows_name ? "mine:yes" : "mine:no")],
    ["batch", one.batch],
  ]);
}

function confirmationItem(one: Everything["confirmations"][number], { t, language, forOthers }: Words): Item {
  const title = { act: one.inWords, moment: momentInWords(one.created_at, language) };
  // The words of an act speak to who did it: for others they are what stood in the mail.
  return item(t, one.id, t(forOthers ? "mine:confirmation" : "confirmations:actAt", title), [
    ["acts", forOthers ? one.inWords : null],
    ["email", one.email],
    ["name", one.name],
    ["typed", one.confirmed_at ? null : typedIn(one.payload)],
    ["language", languageName(t, one.language)],
    ["site", one.site_name],
    ["from", one.origin],
    ["form", one.form_url],
    ["sentAt", one.created_at],
    ["plannedAt", one.mail_at],
    ["mailedAt", one.mailed_at],
    ["remindedAt", one.reminded_at],
    ["confirmedAt", one.confirmed_at],
  ]);
}

function consentItem(
  one: Everything["consents"][number],
  { newsletters }: Everything,
  { t, language }: Words,
): Item {
  return item(t, one.id, purposeInWords(one.purpose, newsletters, { t, language }), [
    ["text", one.text],
    ["textVersion", one.text_version],
    ["purpose", one.purpose],
    ["form", one.form_url],
    [one.stated ? "statedAt" : "givenAt", one.given_at],
    // Of who came by a file nobody confirmed anything.
    [one.text_version === "import" ? "takenOverAt" : "confirmedAt", one.confirmed_at],
  ]);
}

function purposeInWords(
  purpose: string,
  newsletters: Map<string, Localized>,
  { t, language }: Words,
): string {
  const newsletter = newsletters.get(purpose.replace(/^newsletter:/, ""));
  if (newsletter) return pick(newsletter, language).text;
  if (purpose === "signature") return t("mine:purpose.signature");
  return purpose === "signature-invitation" ? t("mine:purpose.invitation") : purpose;
}

/** Words and numbers of the program itself in an act that waits; its name says the same in words. */
const ofProgram = [
  "kind",
  "to",
  "version",
  "appearance",
  "batch",
  "invitedBy",
  "newsletterId",
  "initiativeId",
];

/** What somebody wrote for an act that waits, a line each. */
function typedIn(payload: Everything["confirmations"][number]["payload"]): string | null {
  const texts = new Set<string>();
  const walk = (value: unknown) => {
    if (typeof value === "string" && value) texts.add(value);
    if (value && typeof value === "object")
      for (const [name, inside] of Object.entries(value)) if (!ofProgram.includes(name)) walk(inside);
  };
  walk(payload);
  return list([...texts], (text) => text, "\n");
}

type OfferFacts = { answer: "accepted" | "declined" | null; withdrawn_at: Date | null };

/** How an offer stands. */
export const offerState = ({ answer, withdrawn_at }: OfferFacts) =>
  withdrawn_at ? "withdrawn" : (answer ?? "open");

const languageName = (t: Translate, language: Language): string => t(`ui:languageName.${language}`);

function list<One>(all: One[], words: (one: One) => string, between = ", "): string | null {
  return all.length > 0 ? all.map(words).join(between) : null;
}
