export { unlinkWork } from "./unlink.ts";

import { isOnlyOwner, leaveTeams } from "../accounts/operations.ts";
import { removeWaiting } from "../confirmations/operations.ts";
import { forgetDraftsOf } from "../contact/operations.ts";
import { forgetMails } from "../mailbox/operations.ts";
import { announceGone } from "../participation/operations.ts";
import { removePerson } from "../people/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";
import { removeSignature } from "../signatures/operations.ts";
import { hideSuppressions } from "../suppressions/operations.ts";
import { unlinkEverywhere } from "./unlink.ts";

export type EraseResult =
  | { kind: "erased" }
  | { kind: "not-found" }
  /** Somebody must own the movement: another owner has to be made first. */
  | { kind: "last-owner" };

/**
 * Erases a person with everything that hangs on them, at once and together: signature (and the words that only it
 * had), subscriptions, offers, answers, tips, proposals, consents, roles and the ways in to the workplace, what waits
 * under the address, codes and visits. Work in flight looks up its row and finds nothing. What others go on with keeps
 * no number of the person (docs/decisions/0016-what-stays-of-a-person.md). What stays is the person's number, in the log
 * and for a month in a register, so that a restored backup can be put right (docs/operations.md).
 */
export async function eraseEverything(ctx: Ctx, personId: string): Promise<EraseResult> {
  const result = await inTransaction<EraseResult>(ctx, async (ctx) => {
    const email = await addressOf(ctx, personId);
    if (!email) return { kind: "not-found" };
    if (await isOnlyOwner(ctx, personId)) return { kind: "last-owner" };
    // In the order in which confirming takes them, so that the two never wait for each other in a circle.
    await removeWaiting(ctx, email);
    await forgetDraftsOf(ctx, personId);
    await unlinkEverywhere(ctx, personId, email);
    if (!(await lockPerson(ctx, personId))) return { kind: "not-found" };
    await announceGone(ctx, personId);
    await forgetMails(ctx, email, await idsInMails(ctx, personId));
    await removeSignature(ctx, personId);
    await ctx.db.deleteFrom("visit_codes").where("email", "=", email).execute();
    await leaveTeams(ctx, personId, email);
    await hideSuppressions(ctx, [email]);
    await removePerson(ctx, personId);
    await noteErasure(ctx, personId);
    return { kind: "erased" };
  });
  if (result.kind === "erased") ctx.log.info({ personId }, "person erased");
  return result;
}

/** Erasing again after a restore keeps the first moment. */
const noteErasure = (ctx: Ctx, personId: string) =>
  ctx.db
    .insertInto("erasures")
    .values({ person_id: personId, erased_at: ctx.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** For how long a backup may be kept (privacy page) and a day, in milliseconds. */
const erasuresKept = 31 * 86_400_000;

/** Forgets the numbers of who was erased before any backup that is still kept. */
export async function forgetErasures(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - erasuresKept);
  await ctx.db.deleteFrom("erasures").where("erased_at", "<", before).execute();
}

async function addressOf(ctx: Ctx, personId: string): Promise<string | null> {
  const person = await ctx.db
    .selectFrom("people")
    .select("email")
    .where("id", "=", personId)
    .executeTakeFirst();
  return person?.email ?? null;
}

const lockPerson = (ctx: Ctx, personId: string) =>
  ctx.db.selectFrom("people").select("id").where("id", "=", personId).forUpdate().executeTakeFirst();

/** The rows about which others got mail: teams and moderators. */
async function idsInMails(ctx: Ctx, personId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom("signatures")
    .select("id")
    .where("person_id", "=", personId)
    .union(ctx.db.selectFrom("participations").select("id").where("person_id", "=", personId))
    .union(ctx.db.selectFrom("tips").select("id").where("person_id", "=", personId))
    .union(ctx.db.selectFrom("proposals").select("id").where("person_id", "=", personId))
    .union(ctx.db.selectFrom("tip_messages").select("id").where("made_by", "=", personId))
    .union(ctx.db.selectFrom("invitations").select("id").where("invited_by", "=", personId))
    .execute();
  return rows.map(({ id }) => id);
}
