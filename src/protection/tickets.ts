import { randomUUID, timingSafeEqual } from "node:crypto";
import type { Ctx } from "../platform/context.ts";
import { singleUse, ticketSeconds, waitSeconds } from "./policy.ts";

/** The other way through the step, for who has no JavaScript: a signed ticket that counts after a minute. */

export type TicketReading = { kind: "invalid" } | { kind: "early"; seconds: number } | { kind: "passes" };

const signature = ({ keys }: Ctx, formId: string, ticket: string) => keys.hash(`ticket ${formId}`, ticket);

/** A ticket for a form like `formId`: a number of its own, the moment it starts to count (ms), a signature. */
export function makeTicket(ctx: Ctx, formId: string): string {
  const ticket = `${randomUUID()}.${ctx.now().getTime() + waitSeconds * 1000}`;
  return `${ticket}.${signature(ctx, formId, ticket)}`;
}

const shape = /^([0-9a-f-]{36}\.(\d{1,15}))\.([0-9a-f]{32})$/;

/** Reads a ticket that comes back, and uses it up when it passes. Too early: the seconds still to wait. */
export async function readTicket(ctx: Ctx, formId: string, text: string): Promise<TicketReading> {
  const [, ticket, moment, given] = shape.exec(text) ?? [];
  if (!ticket || !given) return { kind: "invalid" };
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(signature(ctx, formId, ticket))))
    return { kind: "invalid" };
  const early = Number(moment) - ctx.now().getTime();
  if (early > 0) return { kind: "early", seconds: Math.ceil(early / 1000) };
  if (early < -ticketSeconds * 1000) return { kind: "invalid" };
  const { within } = await ctx.limits.take(singleUse, given);
  return within ? { kind: "passes" } : { kind: "invalid" };
}
