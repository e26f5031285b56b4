import type { Ctx } from "../platform/context.ts";
import { idClaimedBy } from "../platform/keys.ts";
import { isForMailbox, mailboxToken } from "../platform/mailbox-links.ts";
import { getMovementMail, getSignature, type Signature } from "./queries.ts";

const purpose = "motivation";

/** A link of an older program names no mailbox; so long after signing it counts, in milliseconds: 30 days. */
const unboundLasts = 30 * 86_400_000;

/** Opens the page on which a motivation is judged, for who reads `address`; it lets nobody in anywhere else. */
export const motivationToken = (ctx: Ctx, signatureId: string, address: string): string =>
  mailboxToken(ctx, purpose, signatureId, address);

/** The signature whose motivation a link is about; undefined where its mailbox is no longer the movement's. */
export async function getSignatureToJudge(ctx: Ctx, token: string): Promise<Signature | undefined> {
  const id = idClaimedBy(token);
  const [signature, movement] = await Promise.all([
    id ? getSignature(ctx, id) : undefined,
    getMovementMail(ctx),
  ]);
  if (!signature || !movement) return undefined;
  if (isForMailbox(ctx, purpose, token, [movement.email])) return signature;
  const unbound = ctx.keys.readToken(purpose, token) !== null;
  return unbound && ctx.now().getTime() - signature.confirmed_at.getTime() < unboundLasts
    ? signature
    : undefined;
}
