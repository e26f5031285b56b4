import { dateInWords, momentInWords } from "../platform/i18n.ts";
import { Form, SubmitButton } from "../ui/forms.tsx";
import type { DeskVisit } from "./desk-routes.tsx";
import { may } from "./policy.ts";
import type { Account } from "./queries.ts";

type PartProps = { visit: DeskVisit; account: Account };

/** Where somebody is signed in. */
export function AccountSessions({ visit, account }: PartProps) {
  const { t, language, person } = visit;
  const others = account.sessions.filter(({ id }) => id !== person.sessionId);
  return (
    <section class="desk-section" aria-labelledby="account-sessions">
      <h2 id="account-sessions">{t("accounts:sessions.heading")}</h2>
      <p>{t("accounts:sessions.why")}</p>
      <ul class="desk-cards">
        {account.sessions.map((session) => {
          const device = session.device ?? t("accounts:sessions.unknown");
          return (
            <li>
              <h3>{device}</h3>
              {session.id === person.sessionId && (
                <p>
                  <strong>{t("accounts:sessions.this")}</strong>
                </p>
              )}
              <p class="meta">
                {t(`accounts:method.${session.method}`)}
                <br />
                {t("accounts:sessions.since", { moment: momentInWords(session.made_at, language) })}
                <br />
                {t("accounts:sessions.seen", { moment: momentInWords(session.seen_at, language) })}
              </p>
              {session.id !== person.sessionId && (
                <Form action={visit.desk.part("account", session.id, "endSession")}>
                  <SubmitButton look="secondary">
                    {t("accounts:sessions.end")}
                    <span class="visually-hidden"> ({device})</span>
                  </SubmitButton>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
      {others.length > 0 && (
        <Form action={visit.desk.all("account", "endSessions")}>
          <SubmitButton look="secondary">{t("accounts:sessions.endOthers")}</SubmitButton>
        </Form>
      )}
    </section>
  );
}

/** What somebody may do, and where; the way out of each role. */
export function AccountRoles({ visit, account, strong }: PartProps & { strong: boolean }) {
  const { t, language, person } = visit;
  return (
    <section class="desk-section" aria-labelledby="account-roles">
      <h2 id="account-roles">{t("accounts:roles.heading")}</h2>
      <ul class="desk-cards">
        {account.roles.map((role) => {
          const name = t(`accounts:role.${role.role}`);
          const where = role.where ?? t("accounts:roles.movement");
          const mayTeam = role.initiativeId
            ? may(person.roles, "island.team", role.initiativeId)
            : may(person.roles, "movement.team", null);
          const team = role.initiativeId
            ? visit.desk.part("islands", role.initiativeId, "team")
            : visit.desk.section("team");
          return (
            <li>
              <h3>
                {name}, {where}
              </h3>
              <p>{t(`accounts:roleMay.${role.role}`)}</p>
              <p class="meta">{t("accounts:roles.since", { date: dateInWords(role.since, language) })}</p>
              {strong && mayTeam && (
                <p>
                  <a href={team}>{t("accounts:roles.team", { where })}</a>
                </p>
              )}
              {strong && (
                <Form action={visit.desk.part("account", role.id, "endRole")}>
                  <SubmitButton look="secondary">
                    {t("accounts:roles.leave")}
                    <span class="visually-hidden">
                      {" "}
                      ({name}, {where})
                    </span>
                  </SubmitButton>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
