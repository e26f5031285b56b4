import { noteAudit } from "../audit/operations.ts";
import { unsubscribe } from "../newsletters/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { removeSignature } from "../signatures/operations.ts";
import { getSignerAtWork, getSubscriber } from "./queries.ts";

/** Ends a subscription for somebody who asked for it in another way. */
export function endSubscription(
  ctx: Ctx,
  id: string,
  by: { personId: string; initiativeId: string | null },
): Promise<"ended" | "already-ended" | "not-found"> {
  return inTransaction(ctx, async (ctx) => {
    const subscriber = await getSubscriber(ctx, id);
    const { kind } = await unsubscribe(ctx, id);
    if (kind === "ended" && subscriber)
      await noteAudit(ctx, {
        ...{ ...by, action: "subscribers.end", aboutPersonId: subscriber.person_id },
        details: { newsletter: subscriber.newsletter_id },
      });
    return kind;
  });
}

/** Why a signature is removed. */
export const removalReasons = ["asked", "fake", "double", "offensive", "other"] as const;
export type RemovalReason = (typeof removalReasons)[number];

/** Removes a signature with everything that only it held; who did it and why is kept. */
export function removeSigner(
  ctx: Ctx,
  id: string,
  reason: RemovalReason,
  personId: string,
): Promise<"removed" | "not-found"> {
  return inTransaction(ctx, async (ctx) => {
    const signer = await getSignerAtWork(ctx, id);
    if (!signer) return "not-found";
    await removeSignature(ctx, signer.person_id);
    await noteAudit(ctx, {
      ...{ personId, action: "signatures.remove", aboutPersonId: signer.person_id },
      details: { reason, signature: id },
    });
    return "removed";
  });
}
