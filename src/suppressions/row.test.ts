import { expect, test } from "vitest";
import { isEnough, type Sent } from "./row.ts";

const start = Date.UTC(2026, 10, 2, 9);
const at = (day: number, hour = 0) => new Date(start + day * 86_400_000 + hour * 3_600_000);
/** "day: outcome", in the order of sending; isEnough wants the newest first. */
const sent = (
  ...each: [day: number, outcome: "ok" | "full" | "blocked" | "refused", hour?: number][]
): Sent[] =>
  each
    .map(([day, outcome, hour]): Sent => {
      const doneAt = at(day, hour);
      if (outcome === "ok") return { state: "sent", code: "250 2.0.0", doneAt };
      if (outcome === "refused") return { state: "refused", code: "452 4.2.2", doneAt };
      return { state: "bounced", code: outcome === "full" ? "5.2.2" : "5.7.1", doneAt };
    })
    .reverse();

test.each<[string, Sent[], number, boolean]>([
  ["three in a row, a week apart", sent([0, "full"], [7, "full"], [14, "full"]), 14, true],
  ["the last a little earlier in the day", sent([0, "full"], [7, "full"], [14, "full", -3]), 14, true],
  [
    "refused at SMTP counts as well as coming back",
    sent([0, "refused"], [7, "full"], [14, "refused"]),
    14,
    true,
  ],
  ["every month", sent([0, "full"], [30, "full"], [60, "full"]), 60, true],
  ["two", sent([0, "full"], [20, "full"]), 20, false],
  ["three within a week", sent([0, "full"], [3, "full"], [7, "full"]), 7, false],
  ["three within thirteen days", sent([0, "full"], [6, "full"], [13, "full"]), 13, false],
  [
    "daily for two weeks",
    sent(...Array.from({ length: 15 }, (_, day): [number, "full"] => [day, "full"])),
    14,
    true,
  ],
  ["one taken in between", sent([0, "full"], [7, "ok"], [14, "full"], [21, "full"]), 21, false],
  [
    "a new row after one that was taken",
    sent([0, "full"], [7, "ok"], [14, "full"], [21, "full"], [28, "full"]),
    28,
    true,
  ],
  ["blocked ones count neither way", sent([0, "full"], [7, "blocked"], [14, "full"]), 14, false],
  ["blocked ones break nothing", sent([0, "full"], [7, "blocked"], [10, "full"], [14, "full"]), 14, true],
  ["blocked for months is our fault", sent([0, "blocked"], [30, "blocked"], [60, "blocked"]), 60, false],
  [
    "the newest was taken just now, and may yet come back",
    sent([0, "full"], [7, "full"], [14, "full"], [15, "ok"]),
    16,
    true,
  ],
  [
    "the newest was taken, and five days passed",
    sent([0, "full"], [7, "full"], [14, "full"], [15, "ok"]),
    21,
    false,
  ],
  ["nothing", [], 0, false],
])("%s", (_story, deliveries, today, enough) => {
  expect(isEnough(deliveries, at(today, 1))).toBe(enough);
});

const refused = (...codes: string[]): Sent[] =>
  codes.map((code, week) => ({ state: "refused" as const, code, doneAt: at(7 * week) })).reverse();

test("what our own mail server did not do says nothing about the address", () => {
  for (const code of ["ETIMEDOUT", "given up: 550", "no answer", "421", "421 4.3.2"])
    expect(isEnough(refused(code, code, code), at(14, 1)), code).toBe(false);
  expect(isEnough(refused("451", "452 4.2.2", "450 4.2.1"), at(14, 1))).toBe(true);
  expect(isEnough(refused("452 4.2.2", "ETIMEDOUT", "452 4.2.2"), at(14, 1)), "two are no row").toBe(false);
});
