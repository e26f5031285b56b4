import type { Work } from "../accounts/queries.ts";
import { dateInWords } from "../platform/i18n.ts";
import { type Item, item, type Words } from "./items.ts";
import type { Deed, Made } from "./traces.ts";

/** What the workplace keeps about somebody, in words. The log itself stands in the file for programs. */
export function workItems(work: Work, made: Made, words: Words): Item[] {
  const { t } = words;
  const roleIn = ({ role, where }: { role: Work["roles"][number]["role"]; where: string | null }) =>
    `${t(`accounts:role.${role}`)}, ${where ?? t("accounts:roles.movement")}`;
  const first = work.acts.at(-1);
  const last = work.acts[0];
  return [
    ...work.roles.map((one) => item(t, null, roleIn(one), [["givenAt", one.given_at]])),
    ...work.invitations.map((one) =>
      item(t, null, t("mine:work.invitation", { role: roleIn(one) }), [
        ["sentAt", one.made_at],
        ["expiresAt", one.expires_at],
      ]),
    ),
    ...work.passkeys.map((one) =>
      item(t, null, t("mine:work.passkey", { name: one.name }), [
        ["addedAt", one.made_at],
        ["lastUsedAt", one.used_at],
      ]),
    ),
    ...work.identities.map((one) =>
      item(t, null, t("mine:work.identity"), [
        ["issuer", one.issuer],
        ["subject", one.subject],
        ["addedAt", one.made_at],
        ["lastUsedAt", one.used_at],
      ]),
    ),
    ...work.sessions.map((one) =>
      item(t, null, t("mine:work.session", { device: one.device ?? t("accounts:sessions.unknown") }), [
        ["how", t(`accounts:method.${one.method}`)],
        ["signedInAt", one.made_at],
        ["lastUsedAt", one.seen_at],
        ["expiresAt", one.expires_at],
      ]),
    ),
    ...(first && last
      ? [
          item(t, null, t("mine:work.log"), [
            ["lines", work.acts.length],
            ["firstAt", first.at],
            ["lastAt", last.at],
            ["where", t("mine:work.logWhere")],
          ]),
        ]
      : []),
    ...madeItems(made, words),
  ];
}

const doings: Deed[] = [
  ...(["assignedTips", "tipMessages", "askedQuestions"] as const),
  ...(["decidedProposals", "givenRoles", "sentInvitations", "plannedEditions"] as const),
];

/** What somebody made, by its name, and in how many things of others they are named. */
function madeItems({ texts, images, imports, done }: Made, { t, language }: Words): Item[] {
  const documentName = (kind: string) => t(`mine:work.texts.${kindIn(kind)}`);
  const others = doings.filter((one) => done[one] > 0);
  return [
    ...texts.map((one) =>
      item(t, null, t("mine:work.text", { kind: documentName(one.kind), title: one.title || "…" }), [
        ["revisions", one.revisions],
        ["lastAt", one.last_at],
      ]),
    ),
    ...images.map((one) =>
      item(t, null, t("mine:work.image", { name: one.name }), [["addedAt", one.added_at]]),
    ),
    ...imports.map((one) =>
      item(t, null, t("mine:work.import", { name: one.file_name }), [
        ["readInAt", one.made_at],
        ["statement", one.statement],
        ["statementDay", one.statement_day && dateInWords(new Date(one.statement_day), language)],
        ["statementBy", one.statement_by],
      ]),
    ),
    ...(others.length > 0
      ? [
          item(
            t,
            null,
            t("mine:work.others"),
            others.map((one) => [one, done[one]]),
          ),
        ]
      : []),
  ];
}

const kinds = [
  ...(["update", "page", "island", "manifesto", "movement"] as const),
  ...(["edition", "newsletter", "help"] as const),
] as const;
const kindIn = (kind: string) => kinds.find((one) => one === kind) ?? "other";
