import { z } from "zod";
import { noteAudit } from "../audit/operations.ts";
import { rememberPerson } from "../people/operations.ts";
import { findPerson } from "../people/queries.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import type { Limit } from "../platform/limits.ts";
import { lockOwners } from "./owners.ts";
import { may, type TeamOf } from "./policy.ts";
import { closeSessionsOf, openSession, type SignedIn } from "./sessions.ts";
import type { Browser } from "./sign-in.ts";
import type { Role, SignInMethod } from "./table.ts";

/** How long an invitation can be accepted, in milliseconds: two weeks. */
const invitationLasts = 14 * 24 * 3_600_000;

/** Mails of invitations: three a day to one address, thirty a day from one person. */
const limits = {
  address: { name: "invitation-address", points: 3, seconds: 23 * 3600 },
  inviter: { name: "invitation-inviter", points: 30, seconds: 23 * 3600 },
} as const satisfies Record<string, Limit>;

/** The mail with the invitation. */
export const sendInvitation = defineJobKind({
  name: "accounts.send-invitation",
  data: z.object({ id: z.uuid() }),
});

export const invitationToken = (ctx: Ctx, id: string): string => ctx.keys.token("invitation", id);
export const readInvitationToken = (ctx: Ctx, token: string) => ctx.keys.readToken("invitation", token);

type Inviting = { by: SignedIn; team: TeamOf };

/** Whether one more mail may go, to this address and from this person. */
async function mayMail(ctx: Ctx, { by }: Inviting, email: string): Promise<boolean> {
  const today = ctx.now().toISOString().slice(0, 10);
  const key = (value: string) => ctx.keys.hash(`invitation ${today}`, value);
  const inviter = await ctx.limits.take(limits.inviter, key(by.id));
  return inviter.within && (await ctx.limits.take(limits.address, key(email))).within;
}

/**
 * Whether who invites may still do so, in the transaction that does it: their role can have ended since the request began,
 * and then their invitations were ended already. Roles stay as they are until it ends.
 */
async function mayInvite(ctx: Ctx, { by, team }: Inviting): Promise<boolean> {
  await lockOwners(ctx);
  const held = await ctx.db
    .selectFrom("roles")
    .select(["role", "initiative_id as initiativeId"])
    .where("person_id", "=", by.id)
    .execute();
  return may(held, team === null ? "movement.team" : "island.team", team);
}

export type InviteResult =
  | { kind: "invited" }
  | { kind: "has-already" }
  | { kind: "too-many" }
  | { kind: "not-found" };

/** Invites an address to a role in a team. Inviting it again sends the same invitation anew. */
export async function invite(
  ctx: Ctx,
  inviting: Inviting,
  to: { email: string; role: Role; language: Language },
): Promise<InviteResult> {
  const { by, team } = inviting;
  const known = await ctx.db
    .selectFrom("roles as r")
    .innerJoin("people as p", "p.id", "r.person_id")
    .select("r.id")
    .where("p.email", "=", to.email)
    .where("r.role", "=", to.role)
    .where("r.initiative_id", "is not distinct from", team)
    .executeTakeFirst();
  if (known) return { kind: "has-already" };
  if (!(await mayMail(ctx, inviting, to.email))) return { kind: "too-many" };
  return inTransaction(ctx, async (ctx) => {
    if (!(await mayInvite(ctx, inviting))) return { kind: "not-found" };
    const now = ctx.now();
    const row = {
      language: to.language,
      invited_by: by.id,
      made_at: now,
      expires_at: new Date(now.getTime() + invitationLasts),
    };
    const { id } = await ctx.db
      .insertInto("invitations")
      .values({ email: to.email, role: to.role, initiative_id: team, ...row })
      .onConflict((conflict) => conflict.columns(["email", "role", "initiative_id"]).doUpdateSet(row))
      .returning("id")
      .executeTakeFirstOrThrow();
    await ctx.jobs.enqueue(sendInvitation, { id });
    await noteAudit(ctx, {
      personId: by.id,
      action: "accounts.invite",
      initiativeId: team,
      details: { role: to.role },
    });
    return { kind: "invited" };
  });
}

const invitationIn = (ctx: Ctx, team: TeamOf, id: string) =>
  ctx.db
    .selectFrom("invitations")
    .select(["id", "email", "role"])
    .where("id", "=", id)
    .where("initiative_id", "is not distinct from", team)
    .executeTakeFirst();

/** Sends an invitation of this team once more; it can be accepted for two weeks from now. */
export async function inviteAgain(
  ctx: Ctx,
  inviting: Inviting,
  id: string,
): Promise<{ kind: "sent" } | { kind: "not-found" } | { kind: "too-many" }> {
  const found = await invitationIn(ctx, inviting.team, id);
  if (!found) return { kind: "not-found" };
  if (!(await mayMail(ctx, inviting, found.email))) return { kind: "too-many" };
  return inTransaction(ctx, async (ctx) => {
    if (!(await mayInvite(ctx, inviting)) || !(await invitationIn(ctx, inviting.team, id)))
      return { kind: "not-found" };
    const now = ctx.now();
    await ctx.db
      .updateTable("invitations")
      .set({
        made_at: now,
        expires_at: new Date(now.getTime() + invitationLasts),
        invited_by: inviting.by.id,
      })
      .where("id", "=", id)
      .execute();
    await ctx.jobs.enqueue(sendInvitation, { id });
    await noteAudit(ctx, {
      personId: inviting.by.id,
      action: "accounts.invite-again",
      initiativeId: inviting.team,
      details: { role: found.role },
    });
    return { kind: "sent" };
  });
}

/** Takes an invitation of this team back: its link is over at once. */
export function endInvitation(
  ctx: Ctx,
  { by, team }: Inviting,
  id: string,
): Promise<{ kind: "ended" } | { kind: "not-found" }> {
  return inTransaction(ctx, async (ctx) => {
    const found = await invitationIn(ctx, team, id);
    if (!found) return { kind: "not-found" };
    await ctx.db.deleteFrom("invitations").where("id", "=", id).execute();
    await noteAudit(ctx, {
      personId: by.id,
      action: "accounts.end-invitation",
      initiativeId: team,
      details: { role: found.role },
    });
    return { kind: "ended" };
  });
}

export type AcceptResult = { kind: "signed-in"; token: string; personId: string } | { kind: "over" };

/**
 * Accepts an invitation: its address becomes a person, the person gets the role and is signed in. Once; whoever had
 * sessions signs in anew, because the role changes what they may.
 */
export function acceptInvitation(
  ctx: Ctx,
  id: string,
  { method, name, ...browser }: Browser & { method: SignInMethod; name: string | null },
): Promise<AcceptResult> {
  return inTransaction(ctx, async (ctx) => {
    const invitation = await ctx.db
      .deleteFrom("invitations")
      .where("id", "=", id)
      .where("expires_at", ">", ctx.now())
      .returningAll()
      .executeTakeFirst();
    if (!invitation) return { kind: "over" };
    const { email, language, role, initiative_id, invited_by } = invitation;
    const personId =
      (await findPerson(ctx, email))?.id ?? (await rememberPerson(ctx, { email, name, language }));
    await ctx.db
      .insertInto("roles")
      .values({ person_id: personId, role, initiative_id, given_at: ctx.now(), given_by: invited_by })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await closeSessionsOf(ctx, personId, null);
    await noteAudit(ctx, {
      personId,
      action: "accounts.accept",
      initiativeId: initiative_id,
      aboutPersonId: personId,
      details: { role },
    });
    return { kind: "signed-in", personId, token: await openSession(ctx, { personId, method, ...browser }) };
  });
}

/** Whoever no longer leads a team leaves no invitations behind; an owner's go for every team. */
export async function endInvitationsBy(ctx: Ctx, personId: string, role: Role, team: TeamOf): Promise<void> {
  await ctx.db
    .deleteFrom("invitations")
    .where("invited_by", "=", personId)
    .$if(role !== "owner", (query) => query.where("initiative_id", "is not distinct from", team))
    .execute();
}
