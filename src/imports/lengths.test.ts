import { expect, test } from "vitest";
import { checkRow } from "./checks.ts";
import { meanings } from "./meanings.ts";
import { Survey } from "./survey.ts";
import { importKinds } from "./table.ts";

/** As long as a row may be, in shapes on which a pattern with two ways to go on would never come to its end. */
const long = 49_000;
const shapes = [
  "a",
  "a.",
  "a@",
  " ",
  "\u00a0",
  "1",
  "1-",
  "'",
  "é",
  "-",
  "=",
  "@",
  "www.",
  "0,",
  "nee ",
  "geen mail ",
];
const hostile = shapes.map((shape) => shape.repeat(long / shape.length));

const everyCell = importKinds.flatMap((kind) =>
  meanings[kind].flatMap((meaning) =>
    hostile.map((text, at) => ({ kind, meaning, text, shape: shapes[at]! })),
  ),
);

test("no cell of a file, however long, keeps the process busy", () => {
  const now = new Date("2026-12-01T09:00:00Z");
  const slow: string[] = [];
  for (const { kind, meaning, text, shape } of everyCell) {
    const columns = ["email", "name", meaning].filter((one, at, all) => all.indexOf(one) === at);
    const cells = columns.map((one) =>
      one === meaning ? text : one === "email" ? "a@lang.example" : "Anna",
    );
    // The quickest of three: other processes have their turn too.
    const took = [1, 2, 3].map(() => {
      const started = performance.now();
      checkRow({ kind, header: columns, columns, orders: [], everybody: null, now }, cells);
      new Survey(columns).add(cells);
      return performance.now() - started;
    });
    if (Math.min(...took) > 50) slow.push(`${kind}, ${meaning}, "${shape}"`);
  }
  expect(slow).toEqual([]);
});

test("what is too long is told with its column; a name that is too long keeps nobody off a newsletter", () => {
  const check = (kind: "subscribers" | "signatures", meaning: string) => {
    const columns = ["email", meaning];
    const reading = { kind, header: columns, columns, orders: [], everybody: null, now: new Date() };
    return checkRow(reading, ["a@lang.example", "x".repeat(5000)]);
  };
  expect(check("subscribers", "status")).toMatchObject({
    kind: "bad",
    reason: "too-long",
    data: { column: "status" },
  });
  expect(check("signatures", "name")).toMatchObject({ kind: "bad", reason: "too-long" });
  expect(check("subscribers", "name")).toMatchObject({ kind: "good", data: { name: null } });
});
