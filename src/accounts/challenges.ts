import { randomBytes } from "node:crypto";
import type { Ctx } from "../platform/context.ts";

/** How long a passkey's challenge can be answered, in milliseconds: five minutes. */
const challengeLasts = 5 * 60_000;

const hashOf = ({ keys }: Ctx, challenge: string) => keys.hash("passkey-challenge", challenge);

/** A challenge for a passkey to sign, for one session that adds a passkey, or to sign in with (null). */
export async function makeChallenge(ctx: Ctx, sessionId: string | null): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(randomBytes(32));
  await ctx.db
    .insertInto("passkey_challenges")
    .values({
      challenge_hash: hashOf(ctx, Buffer.from(challenge).toString("base64url")),
      session_id: sessionId,
      expires_at: new Date(ctx.now().getTime() + challengeLasts),
    })
    .execute();
  return challenge;
}

/**
 * Uses a challenge up, right or wrong: whether it was one of ours that still counts, for this very session. Outside of
 * any transaction, so that nothing that fails later brings it back.
 */
export async function useChallenge(ctx: Ctx, challenge: string, sessionId: string | null): Promise<boolean> {
  const used = await ctx.db
    .deleteFrom("passkey_challenges")
    .where("challenge_hash", "=", hashOf(ctx, challenge))
    .returning(["session_id", "expires_at"])
    .executeTakeFirst();
  return used !== undefined && used.session_id === sessionId && used.expires_at > ctx.now();
}
