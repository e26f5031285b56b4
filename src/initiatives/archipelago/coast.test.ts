import fc from "fast-check";
import { expect, test } from "vitest";
import { coastOf, growth } from "./coast.ts";
import { area } from "./geometry.ts";
import { closedPath } from "./path.ts";

test("a slug always has the same coast, and no other slug has it", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(coastOf(a, 50)).toEqual(coastOf(a, 50));
      if (a !== b) expect(coastOf(a, 50).shore).not.toEqual(coastOf(b, 50).shore);
    }),
  );
});

test("this coast was drawn before and stays as it is", () => {
  expect(closedPath(coastOf("agenda-stad", 40).shore).slice(0, 60)).toMatchInlineSnapshot(
    `"M53.2-13q.4 1.5 .6 3.1q.1 1.6-.2 3.3q-.3 1.7-1.5 3.4q-1.1 1."`,
  );
});

test("more life makes a larger island, ever less so", () => {
  const size = (life: number) => area(coastOf("city-deals", 40 * growth(life)).shore);
  expect(size(1)).toBeGreaterThan(size(0));
  expect(size(40)).toBeGreaterThan(size(20));
  expect(size(40)).toBeLessThan(2 * size(20));
});
