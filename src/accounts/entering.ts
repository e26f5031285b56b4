import type { DeskPaths } from "../desk-paths.ts";
import type { VisitContext } from "../visit.tsx";
import { readSessionCookie, setSessionCookie } from "./cookie.ts";
import { deviceIn } from "./device.ts";
import { findSignedIn, type SignedIn } from "./sessions.ts";
import type { Browser } from "./sign-in.ts";
import { isStrongEnough } from "./strength.ts";

/** The browser that signs in. */
export const browserOf = (c: VisitContext): Browser => ({
  device: deviceIn(c.req.header("user-agent")),
  before: readSessionCookie(c),
});

/** Who is signed in, or null. */
export async function workerOf(c: VisitContext): Promise<SignedIn | null> {
  const token = readSessionCookie(c);
  return token ? findSignedIn(c.var.visit.ctx, token) : null;
}

/**
 * Whether a person may be erased from here: where a role of theirs wants a firm way in, this browser has to be signed in
 * that way. Else a mailbox alone would undo what the passkey protects.
 */
export async function mayErase(c: VisitContext, personId: string): Promise<boolean> {
  const { ctx } = c.var.visit;
  const held = await ctx.db.selectFrom("roles").select("role").where("person_id", "=", personId).execute();
  if (!held.some(({ role }) => ctx.config.strongRoles.includes(role))) return true;
  const worker = await workerOf(c);
  return worker?.id === personId && isStrongEnough(ctx.config, worker);
}

/**
 * Begins with a session just opened: on to where somebody wanted to go, or to the account page when their roles want a
 * firmer way in than this one.
 */
export async function enter(
  c: VisitContext,
  to: DeskPaths,
  token: string,
  next: string | null,
): Promise<Response> {
  setSessionCookie(c, token);
  return c.redirect(await placeAfter(c, to, token, next), 303);
}

/** Where a session that was just opened begins. */
export async function placeAfter(
  c: VisitContext,
  to: DeskPaths,
  token: string,
  next: string | null,
): Promise<string> {
  const { ctx } = c.var.visit;
  const person = await findSignedIn(ctx, token);
  const weak = person !== null && !isStrongEnough(ctx.config, person);
  return weak ? to.section("account") : (next ?? to.home);
}

/** Nothing of the way in is kept in any cache. */
export async function noStore(c: VisitContext, next: () => Promise<void>): Promise<void> {
  await next();
  c.header("Cache-Control", "no-store");
}
