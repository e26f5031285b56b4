import { type CreateChallengeOptions, createChallenge, randomInt, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { Challenge } from "altcha-lib/types";
import { z } from "zod";
import type { Ctx } from "../platform/context.ts";
import { challengeSeconds, difficulty, singleUse } from "./policy.ts";

/** Proof of work by ALTCHA (its version 2), made and checked here: no other party hears of a visitor. */

const secrets = ({ keys }: Ctx) => ({
  hmacSignatureSecret: keys.hash("proof-of-work", "challenge"),
  hmacKeySignatureSecret: keys.hash("proof-of-work", "answer"),
});

/** A sum that only a form like `formId` can use, for ten minutes. */
export function makeChallenge(ctx: Ctx, formId: string): Promise<Challenge> {
  const options: CreateChallengeOptions = {
    algorithm: "PBKDF2/SHA-256",
    cost: difficulty.cost,
    counter: randomInt(difficulty.mostTries, difficulty.fewestTries),
    // Not the library's expiresAt: that looks at the machine's clock, this at ctx.now().
    data: { form: formId, until: ctx.now().getTime() + challengeSeconds * 1000 },
    deriveKey,
    ...secrets(ctx),
  };
  return createChallenge(options);
}

/** What the browser sends back: ALTCHA's payload, base64 of JSON. Only what makeChallenge gives is read. */
const payload = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal("PBKDF2/SHA-256"),
      nonce: z.string(),
      salt: z.string(),
      cost: z.number(),
      keyLength: z.number(),
      keyPrefix: z.string(),
      keySignature: z.string(),
      data: z.object({ form: z.string(), until: z.number() }),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
});

/** Whether this is a right and timely answer to a challenge for this form, that was not used before. Uses it up. */
export async function proofPasses(ctx: Ctx, formId: string, text: string): Promise<boolean> {
  const parsed = payload.safeParse(decoded(text));
  if (!parsed.success) return false;
  const { challenge, solution } = parsed.data;
  const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secrets(ctx) });
  const { form, until } = challenge.parameters.data;
  if (!verified || form !== formId || until < ctx.now().getTime()) return false;
  return (await ctx.limits.take(singleUse, challenge.signature)).within;
}

function decoded(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, "base64").toString());
  } catch {
    return null;
  }
}
