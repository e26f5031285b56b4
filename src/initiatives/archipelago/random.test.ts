import { expect, test } from "vitest";
import { seeded } from "./random.ts";

test("the same text gives the same numbers, another text others", () => {
  const three = (text: string) => {
    const random = seeded(text);
    return [random(), random(), random()];
  };
  expect(three("agenda-stad")).toEqual(three("agenda-stad"));
  expect(three("agenda-stad")).not.toEqual(three("agenda-stae"));
});
