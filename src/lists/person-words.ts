import type { Translate } from "../platform/i18n.ts";

/** The texts of Mijn archipel that speak to the person; the workplace has its own words for them. */
const spoken = [
  ...["person.title", "profile.title", "subscription.active", "subscription.ended", "offer.withdrawn"],
  ...[
    "purpose.signature",
    "purpose.invitation",
    "visit.open",
    "visit.mine",
    "visit.sign-in",
    "work.identity",
  ],
  ...["returned.suppressed", "returned.reason.complaint", "work.logWhere", "proposal.reply"],
  ...["mailing.refused", "mailing.retry", "mailing.uncertain", "mailing.unanswered"],
  ...["offer", "available", "themes", "worksOn", "offers", "appearance", "principles", "motivation"].map(
    fact,
  ),
  ...["motivationState", "throughYou", "invitedBy", "inviteCode", "inviteShowsName", "acts", "typed"].map(
    fact,
  ),
  ...[
    "where",
    "yourRole",
    "revisions",
    "assignedTips",
    "givenRoles",
    "sentInvitations",
    "plannedEditions",
  ].map(fact),
];

function fact(name: string): string {
  return `fact.${name}`;
}

/** Texts about somebody for somebody else: those of Mijn archipel, where they do not speak to the person. */
export const aboutSomebody = (t: Translate): Translate =>
  new Proxy(t, {
    apply(_t, _self, [key, ...values]: [string, ...unknown[]]) {
      const [, appearance] = /^signing:appearance\.(\w+)\.label$/.exec(key) ?? [];
      if (appearance) return t(`lists:appearance.${appearance}`);
      const [, own = ""] = /^mine:(.+)$/.exec(key) ?? [];
      const wanted = spoken.includes(own) ? `lists:person.words.${own.replaceAll(".", "-")}` : key;
      return Reflect.apply(t, undefined, [wanted, ...values]);
    },
  });
