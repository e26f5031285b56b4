import { z } from "zod";
import { type AskedCode, type CodeFailure, makeCode, useCode, useCodeLink } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { findWorker } from "./queries.ts";
import { openSession } from "./sessions.ts";

/** The mail with the code and the link, for who has a role. The queue holds neither. */
export const sendSignInCode = defineJobKind({
  name: "accounts.send-code",
  data: z.object({ id: z.uuid() }),
});

/** Asks for a code to sign in with; answers with the token of the page to type it on, the same for every address. */
export const askSignInCode = (ctx: Ctx, asked: Omit<AskedCode, "purpose">): Promise<string> =>
  makeCode(ctx, { ...asked, purpose: "sign-in" }, (ctx, id) => ctx.jobs.enqueue(sendSignInCode, { id }));

/** The browser that signs in: in words, and the token of the session that it had. */
export type Browser = { device: string | null; before: string | null };

export type SignInResult = { kind: "signed-in"; token: string } | CodeFailure;

/** Signs in by the code from the mail, for who asked for it on the page `pageId`. */
export function signInByCode(
  ctx: Ctx,
  code: { pageId: string; typed: string },
  browser: Browser,
): Promise<SignInResult> {
  return inTransaction(ctx, async (ctx) => {
    const result = await useCode(ctx, "sign-in", code, ({ email }) => findWorker(ctx, email));
    if (result.kind !== "right") return result;
    const token = await openSession(ctx, { personId: result.known, method: "code", ...browser });
    return { kind: "signed-in", token };
  });
}

/** Signs in by the mail's link. */
export function signInByLink(
  ctx: Ctx,
  id: string,
  browser: Browser,
): Promise<Extract<SignInResult, { kind: "signed-in" | "over" }>> {
  return inTransaction(ctx, async (ctx) => {
    const result = await useCodeLink(ctx, "sign-in", id, ({ email }) => findWorker(ctx, email));
    if (result.kind !== "right") return result;
    const token = await openSession(ctx, { personId: result.known, method: "code", ...browser });
    return { kind: "signed-in", token };
  });
}
