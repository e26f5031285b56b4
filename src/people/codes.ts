import { randomUUID, timingSafeEqual } from "node:crypto";
import { sql } from "kysely";
import { type Ctx, inTransaction } from "../platform/context.ts";
import type { Language } from "../platform/i18n.ts";
import { type Limit, takeWithin } from "../platform/limits.ts";
import type { CodePurpose } from "./table.ts";
import { countWrongCode, mayTryCode } from "./wrong-codes.ts";

/** Codes by mail (docs/decisions/0007): six digits to type over, and a link that does the same on any device. */

const minute = 60_000;

/** How long a code and its link work, in milliseconds. */
const codeLasts: Record<CodePurpose, number> = {
  mine: 15 * minute,
  "sign-in": 10 * minute,
  "new-address": 15 * minute,
};

/** How often one may mistype. */
const mostTries = 5;

/** Code mails to one address: one a minute and five an hour. A code counts for the caps until it is an hour old. */
const codeCaps = { apart: minute, most: 5, within: 60 * minute };

/** And so many mails a day, so that nobody's mailbox fills up. What sends no mail takes nothing of it. */
const dailyLimit = (purpose: CodePurpose): Limit => ({
  name: `${purpose}-address`,
  points: 20,
  seconds: 23 * 3600,
});
/**
 * Not for signing in: whoever asks in a colleague's name would keep them out for the day. There, beyond the caps, a mail
 * goes as soon as the one before works no more, so that whoever works here always has one that opens: six an hour.
 */
const dailyLimits: Record<CodePurpose, Limit | null> = {
  mine: dailyLimit("mine"),
  "sign-in": null,
  "new-address": dailyLimit("new-address"),
};

/** Whether the caps allow a code mail now, given those of the past hour in ascending order. */
export function mayMail(purpose: CodePurpose, mailed: Date[], now: Date): boolean {
  const counting = mailed.filter((at) => at.getTime() > now.getTime() - codeCaps.within);
  const since = now.getTime() - (counting.at(-1)?.getTime() ?? Number.NEGATIVE_INFINITY);
  if (purpose === "sign-in" && since >= codeLasts[purpose]) return true;
  return counting.length < codeCaps.most && since >= codeCaps.apart;
}

/** In keys, what is for one thing never passes for another. */
const keyNames: Record<CodePurpose, string> = {
  mine: "visit-code",
  "sign-in": "sign-in-code",
  "new-address": "new-address-code",
};

/**
 * The six digits of a code: derived from its id (docs/decisions/0003), so that the mail can be tried again while the
 * database holds a keyed hash alone.
 */
export const codeOf = ({ keys }: Ctx, purpose: CodePurpose, id: string): string =>
  String(BigInt(`0x${keys.hash(keyNames[purpose], id)}`) % 1_000_000n).padStart(6, "0");

const hashOf = ({ keys }: Ctx, purpose: CodePurpose, id: string, code: string) =>
  keys.hash(`${keyNames[purpose]}-hash`, `${id} ${code}`);

/** In the mail's link. The page on which the code is typed has a token of its own, which opens nothing. */
export const codeLinkToken = (ctx: Ctx, purpose: CodePurpose, id: string): string =>
  ctx.keys.token(`${keyNames[purpose]}-link`, id);
export const readCodeLinkToken = (ctx: Ctx, purpose: CodePurpose, token: string): string | null =>
  ctx.keys.readToken(`${keyNames[purpose]}-link`, token);
const pageToken = (ctx: Ctx, purpose: CodePurpose, id: string) =>
  ctx.keys.token(`${keyNames[purpose]}-page`, id);
export const readCodePageToken = (ctx: Ctx, purpose: CodePurpose, token: string): string | null =>
  ctx.keys.readToken(`${keyNames[purpose]}-page`, token);

/** The token of a page for a code that was never made: it looks like any other. */
export const pretendedCodePage = (ctx: Ctx, purpose: CodePurpose): string =>
  pageToken(ctx, purpose, randomUUID());

export type AskedCode = {
  purpose: CodePurpose;
  /** Lower-case. */
  email: string;
  language: Language;
  origin: string;
  siteName: string;
};

/**
 * Makes a new code for an address, unless it had one just now, and answers with the token of the page to type it on.
 * `send` puts its mail on the queue. Whether the address is known is for that job to look up, so that the answer cannot
 * tell, not even by its time.
 */
export async function makeCode(
  ctx: Ctx,
  { purpose, email, language, origin, siteName }: AskedCode,
  send: (ctx: Ctx, id: string) => Promise<void>,
): Promise<string> {
  return inTransaction(ctx, async (ctx) => {
    await lockAddress(ctx, purpose, email);
    const now = ctx.now();
    const recent = await ctx.db
      .selectFrom("visit_codes")
      .select(["id", "made_at"])
      .where("purpose", "=", purpose)
      .where("email", "=", email)
      .where("made_at", ">", new Date(now.getTime() - codeCaps.within))
      .orderBy("made_at")
      .execute();
    const mailed = recent.map(({ made_at }) => made_at);
    if (!mayMail(purpose, mailed, now) || !(await takeOfTheDay(ctx, purpose, email)))
      return pageToken(ctx, purpose, recent.at(-1)?.id ?? randomUUID());
    await ctx.db
      .updateTable("visit_codes")
      .set({ expires_at: now })
      .where("purpose", "=", purpose)
      .where("email", "=", email)
      .where("expires_at", ">", now)
      .execute();
    const id = randomUUID();
    await ctx.db
      .insertInto("visit_codes")
      .values({
        ...{ id, purpose, email, language, origin, site_name: siteName, made_at: now },
        code_hash: hashOf(ctx, purpose, id, codeOf(ctx, purpose, id)),
        expires_at: new Date(now.getTime() + codeLasts[purpose]),
      })
      .execute();
    await send(ctx, id);
    return pageToken(ctx, purpose, id);
  });
}

/** Whether one more mail may go to an address today. */
async function takeOfTheDay(ctx: Ctx, purpose: CodePurpose, email: string): Promise<boolean> {
  const limit = dailyLimits[purpose];
  const today = ctx.now().toISOString().slice(0, 10);
  return !limit || takeWithin(ctx.db, limit, ctx.keys.hash(`${purpose} address ${today}`, email));
}

/** One request at a time for an address, until the end of the transaction. */
async function lockAddress(ctx: Ctx, purpose: CodePurpose, email: string): Promise<void> {
  const key = ctx.keys.hash(`${purpose}-lock`, email);
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(ctx.db);
}

export type CodeFailure =
  | { kind: "wrong"; left: number }
  | { kind: "worn-out" }
  /** Too many wrong codes for this address today: no code counts any more, the mail's link does. */
  | { kind: "spent" }
  | { kind: "over" };

type ProvenAddress = { email: string; language: Language };

/**
 * Uses a code, typed on the page `pageId`, up. `whoseIs` answers with what the proven address stands for; null: nothing,
 * and then nobody was told the code, so that it counts as mistyped. Within a transaction.
 */
export async function useCode<Known>(
  ctx: Ctx,
  purpose: CodePurpose,
  { pageId, typed }: { pageId: string; typed: string },
  whoseIs: (proven: ProvenAddress) => Promise<Known | null>,
): Promise<{ kind: "right"; known: Known } | CodeFailure> {
  const code = await newestCode(ctx, purpose, pageId);
  if (!code) return { kind: "over" };
  if (!(await mayTryCode(ctx, code.email))) return { kind: "spent" };
  if (code.tries >= mostTries) return { kind: "worn-out" };
  const right = timingSafeEqual(
    Buffer.from(hashOf(ctx, purpose, code.id, typed)),
    Buffer.from(code.code_hash),
  );
  const known = right ? await whoseIs(code) : null;
  if (known !== null) {
    await markUsed(ctx, code.id);
    return { kind: "right", known };
  }
  const tries = code.tries + 1;
  await ctx.db.updateTable("visit_codes").set({ tries }).where("id", "=", code.id).execute();
  await countWrongCode(ctx, code.email);
  if (!(await mayTryCode(ctx, code.email))) return { kind: "spent" };
  return tries < mostTries ? { kind: "wrong", left: mostTries - tries } : { kind: "worn-out" };
}

/**
 * Uses a code up by its mail's link. Mistyped codes do not count here: else a stranger's five tries would keep somebody
 * out. Within a transaction.
 */
export async function useCodeLink<Known>(
  ctx: Ctx,
  purpose: CodePurpose,
  id: string,
  whoseIs: (proven: ProvenAddress) => Promise<Known | null>,
): Promise<{ kind: "right"; known: Known } | { kind: "over" }> {
  const code = await newestCode(ctx, purpose, id);
  const known = code?.id === id ? await whoseIs(code) : null;
  if (known === null) return { kind: "over" };
  await markUsed(ctx, id);
  return { kind: "right", known };
}

const markUsed = (ctx: Ctx, id: string) =>
  ctx.db.updateTable("visit_codes").set({ used_at: ctx.now() }).where("id", "=", id).execute();

/** The code that works now for the address for which `id` was asked, held until the end of the transaction. */
const newestCode = (ctx: Ctx, purpose: CodePurpose, id: string) =>
  ctx.db
    .selectFrom("visit_codes")
    .select(["id", "email", "language", "code_hash", "tries"])
    .where("purpose", "=", purpose)
    .where("email", "=", ({ selectFrom }) => selectFrom("visit_codes").select("email").where("id", "=", id))
    .where("used_at", "is", null)
    .where("expires_at", ">", ctx.now())
    .orderBy("made_at", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();

/** A code that still works, for its mail; undefined once it is used or over. */
export const findOpenCode = (ctx: Ctx, purpose: CodePurpose, id: string) =>
  ctx.db
    .selectFrom("visit_codes")
    .selectAll()
    .where("id", "=", id)
    .where("purpose", "=", purpose)
    .where("used_at", "is", null)
    .where("expires_at", ">", ctx.now())
    .executeTakeFirst();

export type OpenCode = NonNullable<Awaited<ReturnType<typeof findOpenCode>>>;

/** Forgets codes that no longer count for the caps, whatever they were for. */
export async function forgetCodes(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - codeCaps.within);
  await ctx.db.deleteFrom("visit_codes").where("made_at", "<=", before).execute();
}
