import type { Outcome } from "../platform/mass-mail/post-office.ts";
import type { Claimed } from "./claim.ts";
import type { DeliveryState } from "./table.ts";

/** What is written of a delivery when its try is over. */
export type Settled = {
  id: string;
  claimed_by: number;
  state: DeliveryState;
  code: string | null;
  /** The server that refused, where the answer names it. */
  server?: string;
  tries: number;
  /** 1 when it was handed over without an answer. */
  doubt: 0 | 1;
  /** The moment of a try that did not succeed; the first one counts. */
  tried_at: Date | null;
  due_at: Date | null;
  done_at: Date | null;
};

const minute = 60_000;
const longestWait = 240 * minute;
/** For how long a delivery is tried, in milliseconds. */
const patience = 72 * 60 * minute;

/** Milliseconds between a try that was put off and the next: 5 minutes, twice as long each time, at most 4 hours. */
export const waitAfter = (tries: number): number =>
  Math.min(5 * minute * 2 ** Math.min(tries - 1, 10), longestWait);

/** How many tries fit in 72 hours. */
export const mostTries = (() => {
  let tries = 1;
  for (let passed = 0; passed < patience; tries++) passed += waitAfter(tries);
  return tries;
})();

/** After a try without an answer it is soon sent again: 5 seconds, 30, 3 minutes, then as above. */
const waitAfterDoubt = (tries: number): number => Math.min(5_000 * 6 ** (tries - 1), waitAfter(tries));

/** So often a mail is handed over without an answer; then a person has to say whether it goes out once more. */
export const mostDoubts = 3;

/** For how long trouble costs a delivery no try, in milliseconds: about three times. */
const grace = 3 * minute;
const waitAfterTrouble = minute;

/**
 * Whether the mail server may be in trouble, and not this mail: no connection, 421 ("closing", RFC 5321, 3.8), a
 * refused login or sender, no answer.
 */
export function isTrouble({ kind, code }: Outcome): boolean {
  if (kind === "away" || kind === "uncertain") return true;
  return (
    kind === "deferred" && !code.startsWith("not made") && (!/^4\d\d/.test(code) || code.startsWith("421"))
  );
}

type Tried = Pick<Claimed, "id" | "claimed_by" | "tries" | "doubts" | "first_tried_at">;

/** What to write after a try. `othersTaken`: while it lasted the server took other mails. */
export function settle(one: Tried, outcome: Outcome, now: Date, othersTaken = false): Settled {
  const { id, claimed_by, tries } = one;
  const same = { id, claimed_by, code: outcome.code, tries, doubt: 0 as const, tried_at: now };
  const later = (milliseconds: number) => ({ due_at: new Date(now.getTime() + milliseconds), done_at: null });
  const done = { due_at: null, done_at: now };
  const since = now.getTime() - (one.first_tried_at ?? now).getTime();
  switch (outcome.kind) {
    case "sent":
      return { ...same, ...done, state: "sent", tried_at: null };
    case "refused":
      return { ...same, ...done, state: "refused", ...(outcome.server && { server: outcome.server }) };
    case "uncertain":
      return one.doubts + 1 >= mostDoubts
        ? { ...same, ...done, state: "unanswered", tries: tries + 1, doubt: 1 }
        : { ...same, ...later(waitAfterDoubt(tries + 1)), state: "uncertain", tries: tries + 1, doubt: 1 };
    case "away":
      return since >= patience
        ? { ...same, ...done, state: "refused", code: givenUp(outcome.code) }
        : { ...giveBack(one, now), code: outcome.code, tried_at: now };
    case "deferred":
      // Its own server may answer so for ever, through ours: then it is put off like any other.
      if (isTrouble(outcome) && !othersTaken && since < grace)
        return { ...giveBack(one, now), ...later(waitAfterTrouble), code: outcome.code, tried_at: now };
      return tries + 1 >= mostTries
        ? { ...same, ...done, state: "refused", tries: tries + 1 }
        : { ...same, ...later(waitAfter(tries + 1)), state: "retry", tries: tries + 1 };
    default:
      return outcome satisfies never;
  }
}

/** Not one of a recipient's own codes: nobody's address is to blame. */
const givenUp = (code: string) => `given up: ${code}`;

/** What to write of a delivery that was claimed and not handed over: as it was. */
export function giveBack({ id, claimed_by, tries, doubts }: Tried, now: Date): Settled {
  const state = doubts > 0 ? "uncertain" : tries > 0 ? "retry" : "waiting";
  return { id, claimed_by, state, code: null, tries, doubt: 0, tried_at: null, due_at: now, done_at: null };
}

/** What to write of a delivery that must not go out any more. */
export const skip = ({ id, claimed_by, tries }: Tried, why: string, now: Date): Settled => ({
  ...{
    id,
    claimed_by,
    tries,
    state: "skipped",
    code: why,
    doubt: 0,
    tried_at: null,
    due_at: null,
    done_at: now,
  },
});
