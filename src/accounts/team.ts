import { noteAudit } from "../audit/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { leaveContactAddresses } from "./contact-addresses.ts";
import { endInvitationsBy } from "./invitations.ts";
import { lockOwners } from "./owners.ts";
import type { TeamOf } from "./policy.ts";
import { endPreviews } from "./previews.ts";
import { countOwners } from "./queries.ts";
import { closeSessionsOf, type SignedIn } from "./sessions.ts";
import type { Role } from "./table.ts";

/** What an act on a team answers when there is nothing to do, or when it would leave the movement without an owner. */
type TeamFailure = { kind: "not-found" } | { kind: "last-owner" } | { kind: "has-already" };

export type TeamResult = { kind: "done" } | TeamFailure;

/** Which team, and who acts on it. */
type Acting = { by: SignedIn; team: TeamOf };

/** A role of this very team, held until the end of the transaction: another team's number finds nothing. */
const roleIn = (ctx: Ctx, team: TeamOf, id: string) =>
  ctx.db
    .selectFrom("roles")
    .select(["id", "person_id", "role"])
    .where("id", "=", id)
    .where("initiative_id", "is not distinct from", team)
    .forUpdate()
    .executeTakeFirst();

const holds = async (ctx: Ctx, team: TeamOf, personId: string, role: Role): Promise<boolean> =>
  (await ctx.db
    .selectFrom("roles")
    .select("id")
    .where("person_id", "=", personId)
    .where("role", "=", role)
    .where("initiative_id", "is not distinct from", team)
    .executeTakeFirst()) !== undefined;

const isLastOwner = async (ctx: Ctx, role: Role): Promise<boolean> =>
  role === "owner" && (await countOwners(ctx)) === 1;

/** Whoever gets another role signs in anew; whoever changes their own keeps the session that they do it in. */
const endSessions = (ctx: Ctx, personId: string, by: SignedIn) =>
  closeSessionsOf(ctx, personId, personId === by.id ? by.sessionId : null);

const setRole = (ctx: Ctx, id: string, role: Role, by: SignedIn) =>
  ctx.db
    .updateTable("roles")
    .set({ role, given_at: ctx.now(), given_by: by.id })
    .where("id", "=", id)
    .execute();

const leftBy = (by: SignedIn, personId: string, role: Role, team: TeamOf) => ({
  personId,
  before: { role, initiativeId: team },
  by: by.id,
});

/** Gives a member of a team another role in it. */
export function changeRole(ctx: Ctx, { by, team }: Acting, id: string, to: Role): Promise<TeamResult> {
  return inTransaction(ctx, async (ctx) => {
    await lockOwners(ctx);
    const held = await roleIn(ctx, team, id);
    if (!held) return { kind: "not-found" };
    if (held.role === to) return { kind: "done" };
    if (await holds(ctx, team, held.person_id, to)) return { kind: "has-already" };
    if (await isLastOwner(ctx, held.role)) return { kind: "last-owner" };
    await setRole(ctx, id, to, by);
    await endInvitationsBy(ctx, held.person_id, held.role, team);
    await leaveContactAddresses(ctx, leftBy(by, held.person_id, held.role, team));
    await endPreviews(ctx, team);
    await endSessions(ctx, held.person_id, by);
    await noteAudit(ctx, {
      personId: by.id,
      action: "accounts.change-role",
      initiativeId: team,
      aboutPersonId: held.person_id,
      details: { from: held.role, to },
    });
    return { kind: "done" };
  });
}

/** Takes somebody's role away, or lets go of one's own. */
export function endRole(ctx: Ctx, { by, team }: Acting, id: string): Promise<TeamResult> {
  return inTransaction(ctx, async (ctx) => {
    await lockOwners(ctx);
    const held = await roleIn(ctx, team, id);
    if (!held) return { kind: "not-found" };
    if (await isLastOwner(ctx, held.role)) return { kind: "last-owner" };
    await ctx.db.deleteFrom("roles").where("id", "=", id).execute();
    await endInvitationsBy(ctx, held.person_id, held.role, team);
    await leaveContactAddresses(ctx, leftBy(by, held.person_id, held.role, team));
    await endPreviews(ctx, team);
    await endSessions(ctx, held.person_id, by);
    await noteAudit(ctx, {
      personId: by.id,
      action: held.person_id === by.id ? "accounts.leave" : "accounts.end-role",
      initiativeId: team,
      aboutPersonId: held.person_id,
      details: { role: held.role },
    });
    return { kind: "done" };
  });
}

/** The first role of a team, and what whoever hands it over is from then on. */
const successions = { owner: "editor", lead: "island-editor" } as const;

/** Hands one's own first role over to the member who holds the role `id`. */
export function handOver(ctx: Ctx, { by, team }: Acting, id: string): Promise<TeamResult> {
  const first = team === null ? "owner" : "lead";
  const after = successions[first];
  return inTransaction(ctx, async (ctx) => {
    await lockOwners(ctx);
    const heir = await roleIn(ctx, team, id);
    const own = await ctx.db
      .selectFrom("roles")
      .select("id")
      .where("person_id", "=", by.id)
      .where("role", "=", first)
      .where("initiative_id", "is not distinct from", team)
      .forUpdate()
      .executeTakeFirst();
    if (!heir || !own || heir.person_id === by.id) return { kind: "not-found" };
    if (await holds(ctx, team, heir.person_id, first)) return { kind: "has-already" };
    await setRole(ctx, heir.id, first, by);
    await endInvitationsBy(ctx, by.id, first, team);
    if (await holds(ctx, team, by.id, after))
      await ctx.db.deleteFrom("roles").where("id", "=", own.id).execute();
    else await setRole(ctx, own.id, after, by);
    await leaveContactAddresses(ctx, leftBy(by, by.id, first, team));
    await endSessions(ctx, heir.person_id, by);
    await endSessions(ctx, by.id, by);
    await noteAudit(ctx, {
      personId: by.id,
      action: "accounts.hand-over",
      initiativeId: team,
      aboutPersonId: heir.person_id,
      details: { role: first },
    });
    return { kind: "done" };
  });
}

/** The team of one of somebody's own roles; undefined when it is not theirs. */
export async function teamOfOwnRole(ctx: Ctx, personId: string, id: string): Promise<TeamOf | undefined> {
  const role = await ctx.db
    .selectFrom("roles")
    .select("initiative_id")
    .where("id", "=", id)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return role?.initiative_id;
}
