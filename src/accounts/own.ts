import { listAuditOf } from "../audit/queries.ts";
import type { Ctx } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { pick } from "../platform/localized.ts";
import { leaveContactAddresses } from "./contact-addresses.ts";
import { endPreviews } from "./previews.ts";

/** Everything that the workplace keeps about a person, for /mijn and for what they take along. */
export async function listWorkOf(ctx: Ctx, who: { personId: string; email: string }, language: Language) {
  const of = who.personId;
  const [roles, invitations, passkeys, sessions, identities, acts] = await Promise.all([
    ctx.db
      .selectFrom("roles as r")
      .leftJoin("initiatives as i", "i.id", "r.initiative_id")
      .select(["r.role", "i.name as initiative", "r.given_at"])
      .where("r.person_id", "=", of)
      .orderBy("r.given_at")
      .execute(),
    ctx.db
      .selectFrom("invitations as v")
      .leftJoin("initiatives as i", "i.id", "v.initiative_id")
      .select(["v.role", "i.name as initiative", "v.language", "v.made_at", "v.expires_at"])
      .where("v.email", "=", who.email)
      .orderBy("v.made_at")
      .execute(),
    ctx.db
      .selectFrom("passkeys")
      .select(["name", "transports", "made_at", "used_at"])
      .where("person_id", "=", of)
      .orderBy("made_at")
      .execute(),
    ctx.db
      .selectFrom("sessions")
      .select(["device", "method", "made_at", "seen_at", "expires_at"])
      .where("person_id", "=", of)
      .orderBy("made_at")
      .execute(),
    ctx.db
      .selectFrom("oidc_identities")
      .select(["issuer", "subject", "made_at", "used_at"])
      .where("person_id", "=", of)
      .orderBy("made_at")
      .execute(),
    listAuditOf(ctx, of),
  ]);
  const named = <Row extends { initiative: { nl: string } | null }>({ initiative, ...row }: Row) => ({
    ...row,
    where: initiative && pick(initiative, language).text,
  });
  return {
    roles: roles.map(named),
    invitations: invitations.map(named),
    ...{ passkeys, sessions, identities },
    acts: acts.map(({ person_id, about_person_id: _about, ...act }) => ({ ...act, byYou: person_id === of })),
  };
}

export type Work = Awaited<ReturnType<typeof listWorkOf>>;

/**
 * Forgets the roles of somebody who is erased, the invitations to and by them, the links to previews that they have seen,
 * and that mail of a team arrives at their address.
 */
export async function leaveTeams(ctx: Ctx, personId: string, email: string): Promise<void> {
  const held = await ctx.db
    .selectFrom("roles")
    .select(["role", "initiative_id as initiativeId"])
    .where("person_id", "=", personId)
    .execute();
  await ctx.db.deleteFrom("roles").where("person_id", "=", personId).execute();
  for (const before of held) {
    await endPreviews(ctx, before.initiativeId);
    await leaveContactAddresses(ctx, { personId, before, by: null });
  }
  await ctx.db
    .deleteFrom("invitations")
    .where((eb) => eb.or([eb("email", "=", email), eb("invited_by", "=", personId)]))
    .execute();
}
