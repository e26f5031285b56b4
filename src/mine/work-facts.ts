import type { Work } from "../accounts/queries.ts";
import { type Item, item, type Words } from "./items.ts";

/** What the workplace keeps about somebody, in words. The log itself stands in the file for programs. */
export function workItems(work: Work, { t }: Words): Item[] {
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
  ];
}
