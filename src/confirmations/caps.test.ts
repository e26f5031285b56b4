import { expect, test } from "vitest";
import { firstSlot } from "./caps.ts";

const at = (time: string) => new Date(`2026-03-01T${time}:00Z`);
const now = at("12:00");

test("the first mail goes at once", () => {
  expect(firstSlot([], now)).toEqual(now);
});

test("the next one goes an hour after the last", () => {
  expect(firstSlot([at("11:30")], now)).toEqual(at("12:30"));
  expect(firstSlot([at("11:30"), at("12:30")], now)).toEqual(at("13:30"));
});

test("a fourth in a day waits until the first of the three is a day old", () => {
  const taken = [at("09:00"), at("10:00"), at("11:00")];
  expect(firstSlot(taken, now)).toEqual(new Date("2026-03-02T09:00:00Z"));
});
