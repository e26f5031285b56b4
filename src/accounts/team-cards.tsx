import type { Child } from "hono/jsx";
import { readableAddress } from "../platform/email-address.ts";
import { dateInWords } from "../platform/i18n.ts";
import { ErrorMessage, fieldId } from "../ui/fields.tsx";
import { Form, SubmitButton } from "../ui/forms.tsx";
import { Select } from "../ui/select.tsx";
import type { DeskVisit } from "./desk-routes.tsx";
import { rolesIn } from "./policy.ts";
import type { Team } from "./team-queries.ts";
import { sinceWords, teamPath } from "./team-words.ts";

type CardErrors = { name: string; message: string }[];
type CardProps = { visit: DeskVisit; team: Team; errors: CardErrors };

/** What stands in the way of an act on this card: the page's summary of errors leads here. */
const CardError = ({ visit, id, errors }: Omit<CardProps, "team"> & { id: string }) => {
  const name = `card-${id}`;
  const message = errors.find((one) => one.name === name)?.message;
  return (
    message && (
      <div id={fieldId(name, "team")} tabindex={-1}>
        <ErrorMessage id={fieldId(name, "team")} t={visit.t} error={message} />
      </div>
    )
  );
};

/** One act on a row of a team; `about` is read out, so that each button has its own name. */
const Act = (
  props: Omit<CardProps, "errors"> & {
    act: string;
    id: string;
    about: string;
    label: string;
    children?: Child;
  },
) => (
  <Form action={teamPath(props.visit, props.team.team)}>
    <input type="hidden" name="act" value={props.act} />
    <input type="hidden" name="id" value={props.id} />
    {props.children}
    <SubmitButton look="secondary">
      {props.label}
      <span class="visually-hidden"> ({props.about})</span>
    </SubmitButton>
  </Form>
);

/** Somebody with a role. */
export function MemberCard({ visit, team, errors, member }: CardProps & { member: Team["members"][number] }) {
  const { t, person } = visit;
  const about = member.name ?? member.email;
  const isMe = member.personId === person.id;
  const [first] = rolesIn(team.team);
  const isFirst = team.members.some((one) => one.personId === member.personId && one.role === first);
  const roleError = errors.find(({ name }) => name === `role-${member.id}`)?.message;
  const hasError = roleError !== undefined || errors.some(({ name }) => name === `card-${member.id}`);
  const leads = team.members.some((one) => one.personId === person.id && one.role === first);
  const options = rolesIn(team.team).map((role) => ({ value: role, label: t(`accounts:role.${role}`) }));
  return (
    <li>
      <h3>{about}</h3>
      <p>
        <strong>{t(`accounts:role.${member.role}`)}</strong>
        {isMe && ` (${t("accounts:team.you")})`}
      </p>
      <p class="meta">
        {member.name && (
          <>
            {readableAddress(member.email)}
            <br />
          </>
        )}
        {sinceWords(visit, member.since, member.givenBy)}
      </p>
      <CardError {...{ visit, errors }} id={member.id} />
      <details class="team-acts" open={hasError}>
        <summary>
          {t("accounts:team.change")}
          <span class="visually-hidden"> ({about})</span>
        </summary>
        <Act {...{ visit, team, about }} act="change" id={member.id} label={t("accounts:team.changeButton")}>
          <Select
            t={t}
            name="role"
            id={fieldId(`role-${member.id}`, "team")}
            error={roleError}
            label={t("accounts:team.newRole", { name: about })}
            value={member.role}
            options={options}
          />
        </Act>
        {leads && !isMe && !isFirst && (
          <>
            <p>{t(team.team === null ? "accounts:team.handOverWhy" : "accounts:team.handOverWhyIsland")}</p>
            <Act
              {...{ visit, team, about }}
              act="hand-over"
              id={member.id}
              label={t("accounts:team.handOver")}
            />
          </>
        )}
        <Act
          {...{ visit, team, about }}
          act="end"
          id={member.id}
          label={t(isMe ? "accounts:roles.leave" : "accounts:team.end")}
        />
      </details>
    </li>
  );
}

/** Somebody who has not said yes. */
export function InvitationCard(props: CardProps & { invitation: Team["invitations"][number] }) {
  const { visit, team, invitation } = props;
  const { t, language, ctx } = visit;
  const about = invitation.email;
  const isOver = invitation.until <= ctx.now();
  const date = dateInWords(invitation.until, language);
  return (
    <li>
      <h3>{about}</h3>
      <p>
        <strong>{t(`accounts:role.${invitation.role}`)}</strong>
      </p>
      <p class="meta">
        {sinceWords(visit, invitation.since, invitation.invitedBy)}
        <br />
        {isOver ? t("accounts:team.wasUntil", { date }) : t("accounts:team.until", { date })}
      </p>
      {invitation.mayNotArrive && !isOver && <p class="notice">{t("accounts:team.mayNotArrive")}</p>}
      <CardError {...{ visit, errors: props.errors }} id={invitation.id} />
      <div class="desk-bar">
        <Act {...{ visit, team, about }} act="resend" id={invitation.id} label={t("accounts:team.resend")} />
        <Act
          {...{ visit, team, about }}
          act="withdraw"
          id={invitation.id}
          label={t("accounts:team.withdraw")}
        />
      </div>
    </li>
  );
}
