import { expect, test } from "vitest";
import { type Bridge, strongestBridges } from "./bridges.ts";

test("two islands have one bridge, for the strongest reason, whichever way it was given", () => {
  const bridges: Bridge[] = [
    { from: "a", to: "b", reason: "theme" },
    { from: "b", to: "a", reason: "part-of" },
    { from: "a", to: "b", reason: "people" },
    { from: "b", to: "c", reason: "support" },
    { from: "c", to: "c", reason: "part-of" },
  ];
  expect(strongestBridges(bridges)).toEqual([
    { from: "b", to: "a", reason: "part-of" },
    { from: "b", to: "c", reason: "support" },
  ]);
});
