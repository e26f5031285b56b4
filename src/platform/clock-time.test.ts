import { expect, test } from "vitest";
import { clockTime, momentOnClock } from "./clock-time.ts";
import { momentInWords } from "./i18n.ts";

test.each([
  ["2026-12-01T01:00", "2026-12-01T00:00"],
  ["2026-07-01T14:00", "2026-07-01T12:00"],
  ["2026-03-29T02:30", "2026-03-29T01:30"], // skipped: half an hour after the change
  ["2026-10-25T02:30", "2026-10-25T00:30"], // shown twice: the first
  ["2026-10-25T03:00", "2026-10-25T02:00"],
])("the clock shows %s at %s UTC", (wall, utc) => {
  expect(new Date(momentOnClock(Date.parse(`${wall}Z`)))).toEqual(new Date(`${utc}Z`));
});

test.each([
  ["2026-12-01T00:00:00.000Z", "2026-12-01T01:00:00+01:00"],
  ["2026-11-30T23:30:00.000Z", "2026-12-01T00:30:00+01:00"],
  ["2026-07-01T12:00:00.069Z", "2026-07-01T14:00:00.069+02:00"],
  // The hour that the clock skips, and the one that it shows twice.
  ["2026-03-29T00:59:59.000Z", "2026-03-29T01:59:59+01:00"],
  ["2026-03-29T01:00:00.000Z", "2026-03-29T03:00:00+02:00"],
  ["2026-10-25T00:30:00.000Z", "2026-10-25T02:30:00+02:00"],
  ["2026-10-25T01:30:00.000Z", "2026-10-25T02:30:00+01:00"],
])("%s is written as %s, which is that moment again", (utc, written) => {
  const moment = new Date(utc);
  expect(clockTime(moment)).toBe(written);
  expect(new Date(written)).toEqual(moment);
  expect(momentInWords(moment, "nl"), "and the time on the page").toContain(written.slice(11, 16));
});
