import { momentInWords } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { type Item, item, type Words } from "./items.ts";
import type { Everything } from "./queries.ts";

/** A tip or question, and what the team wrote about it. */
export function tipItem(one: Everything["tips"][number], { t, language }: Words): Item {
  const thread = one.thread.map(({ kind, text, made_at }) =>
    t(`mine:tip.${kind}`, { moment: momentInWords(made_at, language), text }),
  );
  return item(t, one.id, t(`contact:kind.${one.kind}`), [
    ["to", one.initiative ? pick(one.initiative, language).text : t("mine:toMovement")],
    ["text", one.text],
    ["name", one.name],
    ["organisation", one.organisation],
    ["place", one.place],
    ["link", one.link],
    ["sentAt", one.sent_at],
    ["confirmedAt", one.confirmed_at],
    ["toTeamAt", one.mailed_at],
    ["atSomebody", t(one.assigned ? "mine:yes" : "mine:no")],
    ["becameDraft", t(one.becameDraft ? "mine:yes" : "mine:no")],
    ["doneAt", one.done_at],
    ["spamAt", one.spam_at],
    ["thread", thread.length > 0 ? thread.join("\n\n") : null],
  ]);
}

/** An initiative that somebody proposed, and what was decided about it. */
export function proposalItem(one: Everything["proposals"][number], { t, language }: Words): Item {
  const asked = one.questions.flatMap(({ question, asked_at, reply, replied_at }) => [
    t("mine:proposal.question", { moment: momentInWords(asked_at, language), text: question }),
    ...(replied_at && reply !== null
      ? [t("mine:proposal.reply", { moment: momentInWords(replied_at, language), text: reply })]
      : []),
  ]);
  return item(t, one.id, one.name, [
    ["state", t(`mine:proposal.${one.decision ?? "open"}`)],
    ["kind", t(`proposals:kind.${one.kind}`)],
    ["tagline", one.tagline],
    ["story", one.story],
    ["link", one.website],
    ["name", one.proposer],
    ["yourRole", one.role],
    ["language", t(`ui:languageName.${one.language}`)],
    ["proposedAt", one.proposed_at],
    ["questions", asked.length > 0 ? asked.join("\n\n") : null],
    ["answeredAt", one.decided_at],
    ["reason", one.reason],
  ]);
}
