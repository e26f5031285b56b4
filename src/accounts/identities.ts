import { type Ctx, inTransaction } from "../platform/context.ts";
import { emailAddress } from "../platform/fields.ts";
import { acceptInvitation } from "./invitations.ts";
import type { Identity } from "./oidc.ts";
import { findWorker } from "./queries.ts";
import { openSession } from "./sessions.ts";
import type { Browser } from "./sign-in.ts";

export type IdentityResult =
  | { kind: "signed-in"; token: string }
  /** The provider does not vouch for the address. */
  | { kind: "unverified" }
  /** This address has no role here, and no invitation. */
  | { kind: "no-role" }
  /** The person of this address signs in with another account of the same provider. */
  | { kind: "other-account" };

/**
 * Signs in who the provider says it is: by issuer and subject, which stay; the first time by the verified address, for
 * who has a role or an invitation.
 */
export function signInByIdentity(ctx: Ctx, identity: Identity, browser: Browser): Promise<IdentityResult> {
  const { issuer, subject, name } = identity;
  return inTransaction(ctx, async (ctx) => {
    const known = await ctx.db
      .selectFrom("oidc_identities as o")
      .innerJoin("people as p", "p.id", "o.person_id")
      .select("p.email")
      .where("o.issuer", "=", issuer)
      .where("o.subject", "=", subject)
      .executeTakeFirst();
    const email = known?.email ?? verifiedAddress(identity);
    if (!email) return { kind: "unverified" };
    const personId = await findWorker(ctx, email);
    if (personId && !known && (await hasOtherAccount(ctx, issuer, personId)))
      return { kind: "other-account" };
    if (personId) {
      await link(ctx, identity, personId);
      return { kind: "signed-in", token: await openSession(ctx, { personId, method: "oidc", ...browser }) };
    }
    const invitation = await ctx.db
      .selectFrom("invitations")
      .select("id")
      .where("email", "=", email)
      .where("expires_at", ">", ctx.now())
      .orderBy("made_at")
      .executeTakeFirst();
    if (!invitation) return { kind: "no-role" };
    const accepted = await acceptInvitation(ctx, invitation.id, { method: "oidc", name, ...browser });
    if (accepted.kind === "over") return { kind: "no-role" };
    await link(ctx, identity, accepted.personId);
    return { kind: "signed-in", token: accepted.token };
  });
}

const verifiedAddress = ({ email }: Identity): string | null =>
  emailAddress.safeParse(email?.trim().toLowerCase()).data ?? null;

/** An address may be given to somebody else once its owner has left the organisation: the account decides, not the address. */
async function hasOtherAccount(ctx: Ctx, issuer: string, personId: string): Promise<boolean> {
  const other = await ctx.db
    .selectFrom("oidc_identities")
    .select("subject")
    .where("issuer", "=", issuer)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return other !== undefined;
}

async function link(ctx: Ctx, { issuer, subject }: Identity, personId: string): Promise<void> {
  const now = ctx.now();
  await ctx.db
    .insertInto("oidc_identities")
    .values({ issuer, subject, person_id: personId, made_at: now, used_at: now })
    .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doUpdateSet({ used_at: now }))
    .execute();
}
