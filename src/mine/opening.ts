import { randomBytes } from "node:crypto";
import { z } from "zod";
import { hasWaitingConfirmation } from "../confirmations/queries.ts";
import {
  type AskedCode,
  type CodeFailure,
  forgetCodes,
  makeCode,
  rememberPerson,
  useCode,
  useCodeLink,
} from "../people/operations.ts";
import { findOpenCode, findPerson } from "../people/queries.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { visitLasts } from "./policy.ts";

/** The mail with the code and the link. The queue holds neither. */
export const sendCode = defineJobKind({ name: "mine.send-code", data: z.object({ id: z.uuid() }) });

/** Sends a new code to an address, unless it had one just now, and answers with the token of the page to type it on. */
export const askCode = (ctx: Ctx, asked: Omit<AskedCode, "purpose">): Promise<string> =>
  makeCode(ctx, { ...asked, purpose: "mine" }, (ctx, id) => ctx.jobs.enqueue(sendCode, { id }));

export type OpenResult =
  /** `token` goes into the cookie, and nowhere else. */
  { kind: "opened"; token: string } | CodeFailure;

/**
 * Opens a visit by the code from the mail, for who asked for it on the page `pageId`. `before`: the token of the visit
 * that this browser had until now, which ends. An unknown address has a code too, that nobody was told and that opens
 * nothing.
 */
export function openByCode(
  ctx: Ctx,
  pageId: string,
  typed: string,
  before: string | null,
): Promise<OpenResult> {
  return inTransaction(ctx, async (ctx) => {
    const result = await useCode(ctx, "mine", { pageId, typed }, (proven) => personOf(ctx, proven));
    if (result.kind !== "right") return result;
    return { kind: "opened", token: await openVisit(ctx, result.known, before) };
  });
}

/** Opens a visit by the mail's link. */
export function openByLink(
  ctx: Ctx,
  id: string,
  before: string | null,
): Promise<Extract<OpenResult, { kind: "opened" | "over" }>> {
  return inTransaction(ctx, async (ctx) => {
    const result = await useCodeLink(ctx, "mine", id, (proven) => personOf(ctx, proven));
    if (result.kind !== "right") return result;
    return { kind: "opened", token: await openVisit(ctx, result.known, before) };
  });
}

/** Whose address it is. Whoever has nothing but acts that wait becomes known now: the mail proves the address. */
async function personOf(ctx: Ctx, code: { email: string; language: Language }): Promise<string | null> {
  const { email, language } = code;
  const person = await findPerson(ctx, email);
  if (person) return person.id;
  return (await hasWaitingConfirmation(ctx, email))
    ? rememberPerson(ctx, { email, name: null, language })
    : null;
}

const visitHash = ({ keys }: Ctx, token: string) => keys.hash("visit-session", token);

/** A visit always begins with a token of its own: one that was there before never opens anything. */
async function openVisit(ctx: Ctx, personId: string, before: string | null): Promise<string> {
  const now = ctx.now();
  if (before) await closeVisit(ctx, before);
  const token = randomBytes(32).toString("base64url");
  await ctx.db
    .insertInto("visit_sessions")
    .values({
      token_hash: visitHash(ctx, token),
      person_id: personId,
      expires_at: new Date(now.getTime() + visitLasts),
    })
    .execute();
  return token;
}

/** Ends a visit. */
export async function closeVisit(ctx: Ctx, token: string): Promise<void> {
  await ctx.db.deleteFrom("visit_sessions").where("token_hash", "=", visitHash(ctx, token)).execute();
}

/** Who visits with this token, and until when; undefined once that is over. */
export const findVisitor = (ctx: Ctx, token: string) =>
  ctx.db
    .selectFrom("visit_sessions as v")
    .innerJoin("people as p", "p.id", "v.person_id")
    .select(["p.id as personId", "p.email", "v.expires_at as until"])
    .where("v.token_hash", "=", visitHash(ctx, token))
    .where("v.expires_at", ">", ctx.now())
    .executeTakeFirst();

export type Visitor = NonNullable<Awaited<ReturnType<typeof findVisitor>>>;

/** The address for which a mail's link still opens, or null. */
export const addressOfLink = async (ctx: Ctx, id: string): Promise<string | null> =>
  (await findOpenCode(ctx, "mine", id))?.email ?? null;

/** Forgets visits that are over, and codes that no longer count for the caps. */
export async function forgetVisits(ctx: Ctx): Promise<void> {
  await forgetCodes(ctx);
  await ctx.db.deleteFrom("visit_sessions").where("expires_at", "<=", ctx.now()).execute();
}
