import { expect, test } from "vitest";
import { may, whereMay } from "./policy.ts";

const own = "0198c0de-0000-4000-8000-000000000001";
const other = "0198c0de-0000-4000-8000-000000000002";

test("a lead works on the own initiative, and nowhere else", () => {
  const lead = [{ role: "lead" as const, initiativeId: own }];
  expect(may(lead, "updates.publish", own)).toBe(true);
  expect(may(lead, "updates.publish", other)).toBe(false);
  expect(may(lead, "movement.edit", null), "null is the movement, not everything").toBe(false);
  expect(whereMay(lead, "island.team")).toEqual([own]);
});

test("several roles add up", () => {
  const held = [
    { role: "island-editor" as const, initiativeId: own },
    { role: "lead" as const, initiativeId: other },
    { role: "moderator" as const, initiativeId: null },
  ];
  expect(whereMay(held, "updates.write")).toEqual([own, other]);
  expect(whereMay(held, "island.team")).toEqual([other]);
  expect(whereMay(held, "tips.handle")).toBe("all");
  expect(whereMay(held, "movement.team")).toEqual([]);
});

test("nobody may anything", () => {
  expect(whereMay([], "workplace.open")).toEqual([]);
  expect(may([], "workplace.open", null)).toBe(false);
});
