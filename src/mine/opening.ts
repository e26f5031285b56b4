import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import { z } from "zod";
import { hasWaitingConfirmation } from "../confirmations/queries.ts";
import { rememberPerson } from "../people/operations.ts";
import { findPerson } from "../people/queries.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { defineJobKind } from "../platform/jobs.ts";
import { addressLimit, caps, codeLasts, mayMail, mostTries, visitLasts } from "./policy.ts";

/** The mail with the code and the link. The queue holds neither. */
export const sendCode = defineJobKind({ name: "mine.send-code", data: z.object({ id: z.uuid() }) });

/**
 * The six digits of a code: derived from its id (docs/decisions/0003), so that the mail can be tried again while the
 * database holds a keyed hash alone.
 */
export const codeOf = ({ keys }: Ctx, id: string): string =>
  String(BigInt(`0x${keys.hash("visit-code", id)}`) % 1_000_000n).padStart(6, "0");

const hashOf = ({ keys }: Ctx, id: string, code: string) => keys.hash("visit-code-hash", `${id} ${code}`);

/** In the mail's link. The page on which the code is typed has a token of its own, which opens nothing. */
export const linkToken = (ctx: Ctx, id: string): string => ctx.keys.token("visit-code-link", id);
export const readLinkToken = (ctx: Ctx, token: string) => ctx.keys.readToken("visit-code-link", token);
const pageToken = (ctx: Ctx, id: string) => ctx.keys.token("visit-code-page", id);
export const readPageToken = (ctx: Ctx, token: string) => ctx.keys.readToken("visit-code-page", token);

/** The token of a page for a code that was never made: it looks like any other. */
export const pretendedPage = (ctx: Ctx): string => pageToken(ctx, randomUUID());

type Asked = {
  /** Lower-case. */
  email: string;
  language: Language;
  origin: string;
  siteName: string;
};

/**
 * Sends a new code to an address, unless it had one just now, and answers with the token of the page to type it on.
 * Whether the address is known is looked up when the mail is made, so that the answer cannot tell, not even by its time.
 */
export async function askCode(ctx: Ctx, { email, language, origin, siteName }: Asked): Promise<string> {
  const today = ctx.now().toISOString().slice(0, 10);
  const limit = await ctx.limits.take(addressLimit, ctx.keys.hash(`mine address ${today}`, email));
  return inTransaction(ctx, async (ctx) => {
    await lockAddress(ctx, email);
    const now = ctx.now();
    const recent = await ctx.db
      .selectFrom("visit_codes")
      .select(["id", "made_at"])
      .where("email", "=", email)
      .where("made_at", ">", new Date(now.getTime() - caps.within))
      .orderBy("made_at")
      .execute();
    const mailed = recent.map(({ made_at }) => made_at);
    if (!limit.within || !mayMail(mailed, now)) return pageToken(ctx, recent.at(-1)?.id ?? randomUUID());
    await ctx.db
      .updateTable("visit_codes")
      .set({ expires_at: now })
      .where("email", "=", email)
      .where("expires_at", ">", now)
      .execute();
    const id = randomUUID();
    const code_hash = hashOf(ctx, id, codeOf(ctx, id));
    const expires_at = new Date(now.getTime() + codeLasts);
    await ctx.db
      .insertInto("visit_codes")
      .values({ id, email, language, origin, site_name: siteName, code_hash, made_at: now, expires_at })
      .execute();
    await ctx.jobs.enqueue(sendCode, { id });
    return pageToken(ctx, id);
  });
}

/** One request at a time for an address, until the end of the transaction. */
async function lockAddress(ctx: Ctx, email: string): Promise<void> {
  const key = ctx.keys.hash("mine-lock", email);
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(ctx.db);
}

export type OpenResult =
  /** `token` goes into the cookie, and nowhere else. */
  | { kind: "opened"; token: string }
  | { kind: "wrong"; left: number }
  | { kind: "worn-out" }
  | { kind: "over" };

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
    const code = await newestCode(ctx, pageId);
    if (!code) return { kind: "over" };
    if (code.tries >= mostTries) return { kind: "worn-out" };
    const right = timingSafeEqual(Buffer.from(hashOf(ctx, code.id, typed)), Buffer.from(code.code_hash));
    const personId = right ? await personOf(ctx, code) : null;
    if (personId) return { kind: "opened", token: await openVisit(ctx, code.id, personId, before) };
    const tries = code.tries + 1;
    await ctx.db.updateTable("visit_codes").set({ tries }).where("id", "=", code.id).execute();
    return tries < mostTries ? { kind: "wrong", left: mostTries - tries } : { kind: "worn-out" };
  });
}

/**
 * Opens a visit by the mail's link. Mistyped codes do not count here: else a stranger's five tries would keep somebody
 * out of their own data.
 */
export function openByLink(
  ctx: Ctx,
  id: string,
  before: string | null,
): Promise<Extract<OpenResult, { kind: "opened" | "over" }>> {
  return inTransaction(ctx, async (ctx) => {
    const code = await newestCode(ctx, id);
    const personId = code?.id === id ? await personOf(ctx, code) : null;
    if (!personId) return { kind: "over" };
    return { kind: "opened", token: await openVisit(ctx, id, personId, before) };
  });
}

/** The code that opens now for the address for which `id` was asked, held until the end of the transaction. */
async function newestCode(ctx: Ctx, id: string) {
  return ctx.db
    .selectFrom("visit_codes")
    .select(["id", "email", "language", "code_hash", "tries"])
    .where("email", "=", ({ selectFrom }) => selectFrom("visit_codes").select("email").where("id", "=", id))
    .where("used_at", "is", null)
    .where("expires_at", ">", ctx.now())
    .orderBy("made_at", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
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
async function openVisit(ctx: Ctx, codeId: string, personId: string, before: string | null): Promise<string> {
  const now = ctx.now();
  await ctx.db.updateTable("visit_codes").set({ used_at: now }).where("id", "=", codeId).execute();
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
export async function addressOfLink(ctx: Ctx, id: string): Promise<string | null> {
  const code = await ctx.db
    .selectFrom("visit_codes")
    .select("email")
    .where("id", "=", id)
    .where("used_at", "is", null)
    .where("expires_at", ">", ctx.now())
    .executeTakeFirst();
  return code?.email ?? null;
}

/** Forgets visits that are over, and codes that no longer count for the caps. */
export async function forgetVisits(ctx: Ctx): Promise<void> {
  const now = ctx.now();
  const before = new Date(now.getTime() - caps.within);
  await ctx.db.deleteFrom("visit_codes").where("made_at", "<=", before).execute();
  await ctx.db.deleteFrom("visit_sessions").where("expires_at", "<=", now).execute();
}
