import fc from "fast-check";
import { expect, test } from "vitest";
import { momentAt, tomorrowAtNine, wallTimeAt } from "./amsterdam.ts";

const wall = (year: number, month: number, day: number, hour: number, minute = 0) => ({
  ...{ year, month, day, hour, minute },
});

test("winter and summer", () => {
  expect(momentAt(wall(2027, 1, 15, 9))).toEqual({ kind: "moment", at: new Date("2027-01-15T08:00:00Z") });
  expect(momentAt(wall(2027, 7, 15, 9))).toEqual({ kind: "moment", at: new Date("2027-07-15T07:00:00Z") });
});

test("the hour that does not exist in March", () => {
  const skipped = { kind: "skipped", from: "02:00", to: "03:00" };
  for (const minute of [0, 30, 59]) expect(momentAt(wall(2027, 3, 28, 2, minute))).toEqual(skipped);
  expect(momentAt(wall(2027, 3, 28, 1, 59))).toEqual({
    kind: "moment",
    at: new Date("2027-03-28T00:59:00Z"),
  });
  expect(momentAt(wall(2027, 3, 28, 3))).toEqual({ kind: "moment", at: new Date("2027-03-28T01:00:00Z") });
});

test("the hour that comes twice in October", () => {
  expect(momentAt(wall(2027, 10, 31, 2, 30))).toEqual({
    kind: "twice",
    first: new Date("2027-10-31T00:30:00Z"),
    second: new Date("2027-10-31T01:30:00Z"),
  });
  expect(momentAt(wall(2027, 10, 31, 3)).kind).toBe("moment");
});

test("what is no day or time", () => {
  expect(momentAt(wall(2027, 2, 29, 9))).toEqual({ kind: "invalid" });
  expect(momentAt(wall(2027, 1, 1, 24))).toEqual({ kind: "invalid" });
  expect(momentAt(wall(2027, 1, 1, 9, 60))).toEqual({ kind: "invalid" });
});

test("every moment is found again by the time on the clock", () => {
  const minute = 60_000;
  const range = { min: Date.UTC(2000, 0, 1) / minute, max: Date.UTC(2100, 0, 1) / minute };
  fc.assert(
    fc.property(fc.integer(range), (minutes) => {
      const moment = new Date(minutes * minute);
      const found = momentAt(wallTimeAt(moment));
      const times =
        found.kind === "twice" ? [found.first, found.second] : found.kind === "moment" ? [found.at] : [];
      expect(times).toContainEqual(moment);
    }),
    { numRuns: 2000 },
  );
});

test("every time on the clock is one moment, two or none, and a moment shows that time", () => {
  const time = fc.record({
    year: fc.integer({ min: 2000, max: 2099 }),
    month: fc.constantFrom(3, 10, 7),
    day: fc.integer({ min: 22, max: 31 }),
    hour: fc.integer({ min: 0, max: 4 }),
    minute: fc.integer({ min: 0, max: 59 }),
  });
  fc.assert(
    fc.property(time, (time) => {
      const found = momentAt(time);
      if (found.kind === "moment") expect(wallTimeAt(found.at)).toEqual(time);
      if (found.kind === "twice") {
        expect(wallTimeAt(found.first)).toEqual(time);
        expect(wallTimeAt(found.second)).toEqual(time);
        expect(found.second.getTime() - found.first.getTime()).toBe(3_600_000);
      }
      if (found.kind === "skipped") expect([time.month, time.hour]).toEqual([3, 2]);
      expect(found.kind).not.toBe("invalid");
    }),
    { numRuns: 2000 },
  );
});

test("tomorrow at nine, also when tomorrow is an hour shorter", () => {
  expect(tomorrowAtNine(new Date("2027-03-27T22:30:00Z"))).toEqual(wall(2027, 3, 28, 9));
  expect(tomorrowAtNine(new Date("2027-03-27T23:30:00Z"))).toEqual(wall(2027, 3, 29, 9));
});
