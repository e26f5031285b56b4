import { randomUUID } from "node:crypto";
import type { Typed } from "./fields/index.ts";
import { isUuid } from "./queries.ts";
import type { Save } from "./table.ts";

/** A page that was opened to write on, and how often it had sent its text by then. */
export type Opened = { page: string; turn: number };

/** Where a text was sent from; `after`: the page, closed or gone, whose text was put back into this one. */
export type SentFrom = Opened & { after: Opened | null };

export const newlyOpened = (): Opened => ({ page: randomUUID(), turn: 0 });

function parsed(page = "", turn = ""): Opened | null {
  return isUuid(page) && /^\d{1,9}$/.test(turn) ? { page, turn: Number(turn) } : null;
}

/** What a form says of its page; null for one that says nothing. */
export function openedIn({ page, turn, after }: Typed): SentFrom | null {
  const opened = parsed(page, turn);
  return opened && { ...opened, after: parsed(...(after ?? "").split(":")) };
}

type Sent = { personId: string | null; from: SentFrom | null };

/** Whether a save holds an earlier state of what is sent now: then what is sent now goes over it without asking. */
export const isEarlier = ({ by, page, turn = 0 }: Save, { personId, from }: Sent): boolean =>
  page !== undefined &&
  by === personId &&
  [from, from?.after].some((one) => one?.page === page && turn <= one.turn);

/** Whether the same page has saved something later already: a request that was long under way. */
export const isOvertaken = (saves: Save[], { personId, from }: Sent): boolean =>
  from !== null &&
  saves.some(({ by, page, turn = 0 }) => by === personId && page === from.page && turn > from.turn);

/** What of somebody's arrived whole: per page the last turn, as "page:turn page:turn", for the browser to compare. */
export function arrivedFrom(saves: Save[], personId: string): string {
  const last = new Map<string, number>();
  for (const { by, page, turn = 0, partly } of saves)
    if (page && by === personId && !partly) last.set(page, Math.max(turn, last.get(page) ?? 0));
  return [...last].map(([page, turn]) => `${page}:${turn}`).join(" ");
}
