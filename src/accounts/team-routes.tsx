import { z } from "zod";
import { emailField, fieldErrors } from "../platform/fields.ts";
import { readFields } from "../protection/operations.ts";
import type { VisitContext } from "../visit.tsx";
import { DeskRoutes, type DeskVisit } from "./desk-routes.tsx";
import { endInvitation, invite, inviteAgain } from "./invitations.ts";
import { rowId } from "./params.ts";
import { may, rolesIn, type TeamOf } from "./policy.ts";
import { listRolesOf } from "./queries.ts";
import type { Role } from "./table.ts";
import { changeRole, endRole, handOver } from "./team.ts";
import { lastOwnerPage, type TeamNotice, TeamPage, teamNotices } from "./team-pages.tsx";
import { findInitiative, getTeam, listTeams } from "./team-queries.ts";
import { teamPath } from "./team-words.ts";

const ofInitiative = async (c: VisitContext) => {
  const id = rowId(c.req.param("id"));
  return id ? findInitiative(c.var.visit.ctx, id) : undefined;
};

/** The teams: of the movement, and of each initiative. */
export const teamDesk = new DeskRoutes()
  .get(
    (to) => to.section("team"),
    "movement.team",
    "movement",
    (c, visit) => show(c, visit),
  )
  .post((to) => to.section("team"), "movement.team", "movement", act)
  .get(
    (to) => to.part("islands", ":id", "team"),
    "island.team",
    ofInitiative,
    (c, visit) => show(c, visit),
  )
  .post((to) => to.part("islands", ":id", "team"), "island.team", ofInitiative, act);

type Again = { errors: { name: string; message: string }[]; typed: Record<string, string> };

async function show(c: VisitContext, visit: DeskVisit, again?: Again): Promise<Response> {
  const { ctx, initiativeId, language } = visit;
  const notice = again ? undefined : teamNotices.find((one) => one === c.req.query("done"));
  const team = await getTeam(ctx, initiativeId, language);
  const others = initiativeId === null ? await listTeams(ctx, language) : [];
  return c.html(<TeamPage {...{ visit, team, others, notice, ...again }} />, again ? 422 : 200);
}

type Outcome =
  | { kind: "done"; notice: TeamNotice }
  | { kind: "again"; errors: { name: string; message: string }[] }
  | { kind: "not-found" }
  | { kind: "last-owner" };

/** What a button of a team's page does. The team is that of the address; no field can name another. */
async function act(c: VisitContext, visit: DeskVisit): Promise<Response> {
  const { desk, person, initiativeId, ctx, language } = visit;
  const typed = await readFields(c);
  const outcome = await outcomeOf(visit, typed);
  switch (outcome.kind) {
    case "not-found":
      return c.notFound();
    case "last-owner":
      return lastOwnerPage(c, visit);
    case "again":
      return show(c, visit, { errors: outcome.errors, typed: typed.act === "invite" ? typed : {} });
    case "done": {
      // Whoever changed their own role may have no business on this page any more.
      const held = await listRolesOf(ctx, person.id, language);
      const still = may(held, initiativeId ? "island.team" : "movement.team", initiativeId);
      if (still) return c.redirect(`${teamPath(visit, initiativeId)}?done=${outcome.notice}`, 303);
      return c.redirect(held.length > 0 ? `${desk.section("account")}?done=changed` : desk.signIn, 303);
    }
    default:
      return outcome satisfies never;
  }
}

async function outcomeOf(visit: DeskVisit, typed: Record<string, string>): Promise<Outcome> {
  const { ctx, t, initiativeId: team, person: by } = visit;
  if (typed.act === "invite") return inviteBy(visit, typed);
  const id = rowId(typed.id);
  const acting = { by, team };
  const wrong = (name: string, message: string): Outcome => ({ kind: "again", errors: [{ name, message }] });
  const hasAlready = (part: "role" | "card") => () => wrong(`${part}-${id}`, t("accounts:team.memberHas"));
  switch (typed.act) {
    case "change": {
      const role = roleField(team).safeParse(typed.role);
      if (!id) return { kind: "not-found" };
      if (!role.success) return wrong(`role-${id}`, t("accounts:team.roleMissing"));
      return outcome(await changeRole(ctx, acting, id, role.data), "changed", hasAlready("role"));
    }
    case "end":
      return id
        ? outcome(await endRole(ctx, acting, id), "ended", hasAlready("card"))
        : { kind: "not-found" };
    case "hand-over":
      return id
        ? outcome(await handOver(ctx, acting, id), "handed-over", hasAlready("card"))
        : { kind: "not-found" };
    case "resend": {
      if (!id) return { kind: "not-found" };
      const result = await inviteAgain(ctx, acting, id);
      if (result.kind === "too-many") return wrong(`card-${id}`, t("accounts:team.tooMany"));
      return result.kind === "sent" ? { kind: "done", notice: "resent" } : result;
    }
    case "withdraw": {
      if (!id) return { kind: "not-found" };
      const result = await endInvitation(ctx, acting, id);
      return result.kind === "ended" ? { kind: "done", notice: "withdrawn" } : result;
    }
    default:
      return wrong("members", t("accounts:team.unknownAct"));
  }
}

function outcome(
  result: Awaited<ReturnType<typeof changeRole>>,
  notice: TeamNotice,
  hasAlready: () => Outcome,
): Outcome {
  if (result.kind === "done") return { kind: "done", notice };
  return result.kind === "has-already" ? hasAlready() : result;
}

/** Only the roles of this very team: posting another gives nothing. */
const roleField = (team: TeamOf) =>
  z.enum(rolesIn(team) as readonly [Role, ...Role[]], "accounts:team.roleMissing");

async function inviteBy(visit: DeskVisit, typed: Record<string, string>): Promise<Outcome> {
  const { ctx, t, language, initiativeId: team, person: by } = visit;
  const parsed = z.object({ email: emailField, role: roleField(team) }).safeParse(typed);
  if (!parsed.success)
    return {
      kind: "again",
      errors: fieldErrors(parsed.error).map(({ name, message }) => ({ name, message: t(message) })),
    };
  const result = await invite(ctx, { by, team }, { ...parsed.data, language });
  if (result.kind === "invited") return { kind: "done", notice: "invited" };
  if (result.kind === "not-found") return result;
  const message = result.kind === "has-already" ? t("accounts:team.hasAlready") : t("accounts:team.tooMany");
  return { kind: "again", errors: [{ name: "email", message }] };
}
