import type { EditionState } from "../editions/table.ts";
import { unsubscribe } from "../newsletters/operations.ts";
import { type Ctx, inTransaction } from "../platform/context.ts";

export { recordBounce } from "./returns.ts";
export { readFormerUnsubscribeAddress, readMessageId, readVerp } from "./verp.ts";

/** Between "send" and the first mail, in milliseconds: time to undo it. */
const minuteToUndo = 60_000;

/** What an edition's state did not allow. */
type Otherwise = { kind: "not-found" } | { kind: "not-now"; state: EditionState };

export type StartResult = { kind: "scheduled"; sendAt: Date } | { kind: "no-letter" } | Otherwise;

/** Sends a draft: in a minute, until which it can be undone, or at the moment `at` when that is later. */
export function startSending(ctx: Ctx, editionId: string, at?: Date): Promise<StartResult> {
  const soon = ctx.now().getTime() + minuteToUndo;
  const sendAt = new Date(Math.max(soon, at?.getTime() ?? 0));
  return change<StartResult>(ctx, editionId, async (ctx, { state }) => {
    if (state !== "draft") return { kind: "not-now", state };
    const letter = await ctx.db
      .selectFrom("edition_letters")
      .select("language")
      .where("edition_id", "=", editionId)
      .executeTakeFirst();
    if (!letter) return { kind: "no-letter" };
    await set(ctx, editionId, { state: "scheduled", send_at: sendAt });
    return { kind: "scheduled", sendAt };
  });
}

export type ChangeResult = { kind: "done" } | Otherwise;

/** Makes a scheduled edition a draft again, as long as nothing of it was sent. */
export const undo = (ctx: Ctx, editionId: string): Promise<ChangeResult> =>
  change(ctx, editionId, async (ctx, { state }) => {
    if (state !== "scheduled") return { kind: "not-now", state };
    await set(ctx, editionId, { state: "draft", send_at: null });
    return { kind: "done" };
  });

/** Stops sending: what is at the mail server at this moment still goes. */
export const stopSending = (ctx: Ctx, editionId: string): Promise<ChangeResult> =>
  change(ctx, editionId, async (ctx, { state }) => {
    if (state !== "freezing" && state !== "sending") return { kind: "not-now", state };
    await set(ctx, editionId, { state: "stopped" });
    return { kind: "done" };
  });

/** Goes on where sending was stopped. */
export const goOn = (ctx: Ctx, editionId: string): Promise<ChangeResult> =>
  change(ctx, editionId, async (ctx, { state, frozen_at, forgotten_at }) => {
    if (state !== "stopped" || forgotten_at) return { kind: "not-now", state };
    await set(ctx, editionId, { state: frozen_at ? "sending" : "freezing" });
    return { kind: "done" };
  });

/**
 * After a restore: what was being sent when the backup was made, or has fallen due since, perhaps went out already, so
 * an editor decides whether it goes on. @returns how many editions.
 */
export async function stopWhatMayBeSent(ctx: Ctx): Promise<number> {
  const { numUpdatedRows } = await ctx.db
    .updateTable("editions")
    .set(({ fn }) => ({ state: "stopped", started_at: fn.coalesce("started_at", "send_at") }))
    .where(({ or, and, eb }) =>
      or([
        eb("state", "in", ["freezing", "sending"]),
        and([eb("state", "=", "scheduled"), eb("send_at", "<=", ctx.now())]),
      ]),
    )
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Ends an edition for good: who has not got it yet is skipped. */
export const cancel = (ctx: Ctx, editionId: string): Promise<ChangeResult> =>
  change(ctx, editionId, async (ctx, { state }) => {
    const may = state === "scheduled" || state === "freezing" || state === "sending" || state === "stopped";
    if (!may) return { kind: "not-now", state };
    await set(ctx, editionId, { state: "cancelled", again_at: null });
    return { kind: "done" };
  });

/** Sends an edition once more to those whom the mail server refused, and to nobody else. */
export const sendAgainToRefused = (ctx: Ctx, editionId: string): Promise<ChangeResult> =>
  sendAgain(ctx, editionId, "refused");

/** Sends it once more to those for whom the mail server never answered: perhaps they have it already. */
export const sendAgainToUnanswered = (ctx: Ctx, editionId: string): Promise<ChangeResult> =>
  sendAgain(ctx, editionId, "unanswered");

const sendAgain = (ctx: Ctx, editionId: string, to: "refused" | "unanswered"): Promise<ChangeResult> =>
  change(ctx, editionId, async (ctx, { state, forgotten_at, again_at }) => {
    const may = state === "sent" || (state === "sending" && !again_at);
    if (!may || forgotten_at) return { kind: "not-now", state };
    await set(ctx, editionId, {
      state: "sending",
      again_at: ctx.now(),
      again_to: to,
      finished_at: null,
    });
    return { kind: "done" };
  });

type Standing = {
  state: EditionState;
  frozen_at: Date | null;
  forgotten_at: Date | null;
  again_at: Date | null;
};

/** Runs `work` with the edition locked. */
function change<Result>(
  ctx: Ctx,
  editionId: string,
  work: (ctx: Ctx, standing: Standing) => Promise<Result | Otherwise>,
): Promise<Result | Otherwise> {
  return inTransaction(ctx, async (ctx) => {
    const standing = await ctx.db
      .selectFrom("editions")
      .select(["state", "frozen_at", "forgotten_at", "again_at"])
      .where("id", "=", editionId)
      .forNoKeyUpdate()
      .executeTakeFirst();
    return standing ? work(ctx, standing) : { kind: "not-found" };
  });
}

type Changes = {
  state: EditionState;
  send_at?: Date | null;
  again_at?: Date | null;
  again_to?: "refused" | "unanswered";
  finished_at?: null;
};

const set = (ctx: Ctx, editionId: string, changes: Changes) =>
  ctx.db.updateTable("editions").set(changes).where("id", "=", editionId).execute();

export type UnsubscribeThroughResult = { kind: "ended" } | { kind: "already-ended" } | { kind: "not-found" };

/** Ends the subscription that a delivery was for (a mail to its List-Unsubscribe address, a complaint). */
export async function unsubscribeThrough(ctx: Ctx, deliveryId: string): Promise<UnsubscribeThroughResult> {
  const delivery = await ctx.db
    .selectFrom("deliveries")
    .select("subscription_id")
    .where("id", "=", deliveryId)
    .executeTakeFirst();
  if (!delivery?.subscription_id) return { kind: "not-found" };
  return unsubscribe(ctx, delivery.subscription_id, deliveryId);
}
