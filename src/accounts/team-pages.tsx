import { ErrorSummary, Form, RadioGroup, SubmitButton, TextField } from "../ui/forms.tsx";
import type { VisitContext } from "../visit.tsx";
import { DeskPage } from "./desk-page.tsx";
import type { DeskVisit } from "./desk-routes.tsx";
import { rolesIn } from "./policy.ts";
import { InvitationCard, MemberCard } from "./team-cards.tsx";
import type { Team, TeamLink } from "./team-queries.ts";
import { teamPath } from "./team-words.ts";

export const teamNotices = ["invited", "resent", "withdrawn", "changed", "ended", "handed-over"] as const;
export type TeamNotice = (typeof teamNotices)[number];

type TeamPageProps = {
  visit: DeskVisit;
  team: Team;
  /** The teams of initiatives, on the movement's page. */
  others?: TeamLink[] | undefined;
  notice?: TeamNotice | undefined;
  errors?: { name: string; message: string }[] | undefined;
  typed?: Record<string, string> | undefined;
};

/**
 * Who works here, who is invited, and what can be done about it. An error of an act on a card is named after the card:
 * "role-<id>" or "card-<id>".
 */
export function TeamPage({ visit, team, others = [], notice, errors = [], typed = {} }: TeamPageProps) {
  const { t } = visit;
  const id = team.team;
  return (
    <DeskPage
      visit={visit}
      title={t("accounts:team.title", { where: team.name })}
      section={id === null ? "team" : "islands"}
      at={(to) => (id === null ? to.section("team") : to.part("islands", id, "team"))}
      breadcrumbs={
        id === null
          ? []
          : [
              { label: t("desk:nav.islands"), href: visit.desk.section("islands") },
              { label: team.name, href: visit.desk.one("islands", id) },
              { label: t("desk:nav.team") },
            ]
      }
      errorCount={errors.length}
      announce={notice && t(`accounts:team.done.${notice}`)}
    >
      <ErrorSummary t={t} idPrefix="team" errors={errors} />
      <section class="desk-section" aria-labelledby="team-members">
        <h2 id="team-members">{t("accounts:team.members")}</h2>
        {team.members.length === 0 ? (
          <p>{t("accounts:team.nobody")}</p>
        ) : (
          <ul class="desk-cards">
            {team.members.map((member) => (
              <MemberCard {...{ visit, team, errors, member }} />
            ))}
          </ul>
        )}
      </section>
      {team.invitations.length > 0 && (
        <section class="desk-section" aria-labelledby="team-invited">
          <h2 id="team-invited">{t("accounts:team.invited")}</h2>
          <ul class="desk-cards">
            {team.invitations.map((invitation) => (
              <InvitationCard {...{ visit, team, errors, invitation }} />
            ))}
          </ul>
        </section>
      )}
      <Invite {...{ visit, team, errors, typed }} />
      {others.length > 0 && <OtherTeams visit={visit} others={others} />}
    </DeskPage>
  );
}

type InviteProps = Required<Pick<TeamPageProps, "visit" | "team">> & {
  errors: { name: string; message: string }[];
  typed: Record<string, string>;
};

function Invite({ visit, team, errors, typed }: InviteProps) {
  const { t } = visit;
  const errorOf = (name: string) => errors.find((one) => one.name === name)?.message;
  return (
    <section class="desk-section" aria-labelledby="team-invite">
      <h2 id="team-invite">{t("accounts:team.invite")}</h2>
      <p>{t("accounts:team.inviteWhy")}</p>
      <Form action={teamPath(visit, team.team)} labelledBy="team-invite">
        <input type="hidden" name="act" value="invite" />
        <TextField
          t={t}
          idPrefix="team"
          name="email"
          type="email"
          autocomplete="off"
          label={t("forms:email.label")}
          value={typed.email}
          error={errorOf("email")}
        />
        <RadioGroup
          t={t}
          idPrefix="team"
          name="role"
          label={t("accounts:team.role")}
          options={rolesIn(team.team).map((role) => ({
            value: role,
            label: t(`accounts:role.${role}`),
            description: t(`accounts:roleMay.${role}`),
          }))}
          value={typed.role}
          error={errorOf("role")}
        />
        <SubmitButton>{t("accounts:team.inviteButton")}</SubmitButton>
      </Form>
    </section>
  );
}

const OtherTeams = ({ visit, others }: { visit: DeskVisit; others: TeamLink[] }) => (
  <section class="desk-section" aria-labelledby="team-others">
    <h2 id="team-others">{visit.t("accounts:team.others")}</h2>
    <ul class="plain-list">
      {others.map(({ id, name, members }) => (
        <li>
          <a href={teamPath(visit, id)}>{name}</a> ({members})
        </li>
      ))}
    </ul>
  </section>
);

/** Somebody must own the movement: the last owner makes another one first. */
export function lastOwnerPage(c: VisitContext, visit: DeskVisit): Response | Promise<Response> {
  const { t, desk } = visit;
  return c.html(
    <DeskPage visit={visit} title={t("accounts:lastOwner.title")} section="team">
      <p>{t("accounts:lastOwner.text")}</p>
      <p>
        <a href={desk.section("team")}>{t("accounts:lastOwner.team")}</a>
      </p>
    </DeskPage>,
    409,
  );
}
