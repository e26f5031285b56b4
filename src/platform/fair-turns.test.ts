import { expect, test } from "vitest";
import { fairTurns } from "./fair-turns.ts";

const soon = () => new Promise<void>((later) => setTimeout(later, 5));

/** Work that ends when it is told to, with who began in which order. */
function workshop(turns: ReturnType<typeof fairTurns>) {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (key: string) =>
    turns(
      key,
      async () => {
        begun.push(key);
        await new Promise<void>((end) => ends.push(end));
        return "done";
      },
      async () => "refused",
    );
  const end = () => {
    ends.shift()?.();
    return soon();
  };
  return { begun, work, end };
}

test("so many are done at once, and so many of one person", async () => {
  const { begun, work, end } = workshop(fairTurns({ most: 3, each: 2 }));
  const all = ["a", "a", "a", "b", "b"].map(work);
  await soon();
  expect(begun).toEqual(["a", "a", "b"]);
  await end();
  expect(begun).toEqual(["a", "a", "b", "a"]);
  for (let at = 0; at < 4; at++) await end();
  expect(await Promise.all(all)).toEqual(Array(5).fill("done"));
});

test("who has one waiting goes before the second of who has many", async () => {
  const { begun, work, end } = workshop(fairTurns({ most: 1, each: 1 }));
  for (const key of ["a", "a", "a", "a", "b", "c"]) void work(key);
  for (let at = 0; at < 6; at++) await end();
  expect(begun).toEqual(["a", "a", "b", "c", "a", "a"]);
});

test("who waits too long, or behind too many, is told so, and the turn goes to the next", async () => {
  const { begun, work, end } = workshop(fairTurns({ most: 1, each: 1, waiting: 1, patience: 40 }));
  const first = work("a");
  const second = work("a");
  expect(await work("a")).toBe("refused");
  const other = work("b");
  expect(await second).toBe("refused");
  expect(await other).toBe("refused");
  const late = work("b");
  await end();
  expect(begun).toEqual(["a", "b"]);
  await end();
  expect(await Promise.all([first, late])).toEqual(["done", "done"]);
});

test("work that fails gives its turn on", async () => {
  const turns = fairTurns({ most: 1, each: 1 });
  const failing = turns("a", () => Promise.reject(new Error("ebb")));
  const next = turns("a", async () => "done");
  await expect(failing).rejects.toThrow("ebb");
  expect(await next).toBe("done");
});
