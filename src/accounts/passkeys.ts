import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { noteAudit } from "../audit/operations.ts";
import { findPerson } from "../people/queries.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { makeChallenge, useChallenge } from "./challenges.ts";
import { hasStrongMeans } from "./queries.ts";
import { closeSessionsOf, openSession, type SignedIn } from "./sessions.ts";
import type { Browser } from "./sign-in.ts";
import { isStrongEnough } from "./strength.ts";

/** The site that passkeys are for: that of BASE_URL (WebAuthn level 3, "relying party identifier"). */
function relyingParty({ config }: Ctx) {
  const { hostname, origin } = new URL(config.baseUrl);
  return { expectedRPID: hostname, expectedOrigin: origin };
}

/** EdDSA, ES256 and RS256 (IANA, COSE algorithms): what every passkey of today can do, and Node without experiments. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** What a passkey knows a person by: no number of theirs, and nothing to read in it. */
const handleOf = ({ keys }: Ctx, personId: string) =>
  new Uint8Array(Buffer.from(keys.hash("passkey-user", personId), "hex"));

/**
 * Whether somebody may add a passkey in this session. Who came in by code where that is not enough may add the first one,
 * and no more: else a mailbox alone would open what a passkey guards.
 */
export const mayAddPasskey = async (ctx: Ctx, person: SignedIn): Promise<boolean> =>
  isStrongEnough(ctx.config, person) || !(await hasStrongMeans(ctx, person.id));

/** What a browser needs to make a passkey for who is signed in. */
export async function passkeyCreation(ctx: Ctx, person: SignedIn, rpName: string) {
  const known = await ctx.db.selectFrom("passkeys").select("id").where("person_id", "=", person.id).execute();
  return generateRegistrationOptions({
    rpName,
    rpID: relyingParty(ctx).expectedRPID,
    userName: person.email,
    userDisplayName: person.name ?? person.email,
    userID: handleOf(ctx, person.id),
    challenge: await makeChallenge(ctx, person.sessionId),
    attestationType: "none",
    supportedAlgorithmIDs,
    excludeCredentials: known,
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** `token`: of the session that begins anew, now that it was opened firmly; null: the session stays as it is. */
export type AddResult = { kind: "added"; token: string | null } | { kind: "refused" };

/** Keeps a new passkey, which answered a challenge of this very session. */
export async function addPasskey(
  ctx: Ctx,
  person: SignedIn,
  made: { response: RegistrationResponseJSON; name: string },
  browser: Browser,
): Promise<AddResult> {
  const verified = await verifyRegistrationResponse({
    response: made.response,
    expectedChallenge: (challenge) => useChallenge(ctx, challenge, person.sessionId),
    ...relyingParty(ctx),
    supportedAlgorithmIDs,
    requireUserVerification: true,
  }).catch((error: unknown) => refused(ctx, error));
  if (!verified?.verified || !verified.registrationInfo) return { kind: "refused" };
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  return inTransaction(ctx, async (ctx) => {
    const now = ctx.now();
    const added = await ctx.db
      .insertInto("passkeys")
      .values({
        ...{ id, person_id: person.id, public_key: Buffer.from(publicKey), counter, name: made.name },
        ...{ transports: JSON.stringify(transports), made_at: now, used_at: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!added) return { kind: "refused" };
    await noteAudit(ctx, {
      personId: person.id,
      action: "accounts.add-passkey",
      aboutPersonId: person.id,
    });
    if (person.method === "passkey" || person.method === "oidc") return { kind: "added", token: null };
    return {
      kind: "added",
      token: await openSession(ctx, { personId: person.id, method: "passkey", ...browser }),
    };
  });
}

/** Forgets one of somebody's own passkeys; sessions elsewhere end, since it may have opened them. */
export function removePasskey(ctx: Ctx, person: SignedIn, id: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const removed = await ctx.db
      .deleteFrom("passkeys")
      .where("person_id", "=", person.id)
      .where("id", "=", id)
      .returning("id")
      .executeTakeFirst();
    if (!removed) return;
    await closeSessionsOf(ctx, person.id, person.sessionId);
    await noteAudit(ctx, {
      personId: person.id,
      action: "accounts.end-passkey",
      aboutPersonId: person.id,
    });
  });
}

export type Forgotten = { kind: "forgotten"; passkeys: number; identities: number } | { kind: "not-found" };

/** Forgets every firm way in of whoever has this address, and their sessions: for an operator who knows who asks. */
export function forgetStrongMeans(ctx: Ctx, email: string): Promise<Forgotten> {
  return inTransaction(ctx, async (ctx) => {
    const person = await findPerson(ctx, email);
    if (!person) return { kind: "not-found" };
    const of = (table: "passkeys" | "oidc_identities") =>
      ctx.db.deleteFrom(table).where("person_id", "=", person.id).executeTakeFirst();
    const [passkeys, identities] = [await of("passkeys"), await of("oidc_identities")];
    await closeSessionsOf(ctx, person.id, null);
    await noteAudit(ctx, { personId: null, action: "accounts.end-passkey", aboutPersonId: person.id });
    return {
      kind: "forgotten",
      passkeys: Number(passkeys.numDeletedRows),
      identities: Number(identities.numDeletedRows),
    };
  });
}

/** What a browser needs to sign in with any passkey that it has for this site. */
export const passkeyRequest = async (ctx: Ctx) =>
  generateAuthenticationOptions({
    rpID: relyingParty(ctx).expectedRPID,
    challenge: await makeChallenge(ctx, null),
    userVerification: "required",
  });

export type PasskeySignIn = { kind: "signed-in"; token: string } | { kind: "refused" };

/** Signs in with a passkey. Whatever is wrong, a passkey that is not known among it, the answer is the same. */
export async function signInByPasskey(
  ctx: Ctx,
  response: AuthenticationResponseJSON,
  browser: Browser,
): Promise<PasskeySignIn> {
  const known = await ctx.db
    .selectFrom("passkeys")
    .selectAll()
    .where("id", "=", response.id)
    .executeTakeFirst();
  const handle = response.response.userHandle;
  if (!known || (handle && handle !== Buffer.from(handleOf(ctx, known.person_id)).toString("base64url")))
    return { kind: "refused" };
  const credential = {
    id: known.id,
    publicKey: new Uint8Array(known.public_key),
    counter: Number(known.counter),
    transports: known.transports,
  };
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: (challenge) => useChallenge(ctx, challenge, null),
    ...relyingParty(ctx),
    credential,
    requireUserVerification: true,
  }).catch((error: unknown) => refused(ctx, error));
  if (!verified?.verified) return { kind: "refused" };
  const { newCounter } = verified.authenticationInfo;
  return inTransaction(ctx, async (ctx) => {
    // A counter that doesn't grow betrays a copy (WebAuthn level 3, 6.1.1), also when two come at the same moment.
    const used = await ctx.db
      .updateTable("passkeys as k")
      .set({ counter: newCounter, used_at: ctx.now() })
      .where("k.id", "=", known.id)
      .where(({ or, eb, and }) =>
        or([eb("counter", "<", newCounter), and([eb("counter", "=", 0), eb.lit(newCounter === 0)])]),
      )
      .where(({ exists, selectFrom }) =>
        exists(selectFrom("roles as r").select("r.id").whereRef("r.person_id", "=", "k.person_id")),
      )
      .returning("k.person_id")
      .executeTakeFirst();
    if (!used) return { kind: "refused" };
    const session = { personId: used.person_id, method: "passkey" as const, ...browser };
    return { kind: "signed-in", token: await openSession(ctx, session) };
  });
}

/** The library throws for whatever does not hold; why goes to the log, not to who asks. */
function refused(ctx: Ctx, error: unknown): null {
  ctx.log.info({ reason: error instanceof Error ? error.message : String(error) }, "passkey refused");
  return null;
}
