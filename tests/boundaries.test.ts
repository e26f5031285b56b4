import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importsOf, problemsIn, type Sources } from "./support/boundaries.ts";

/** The program's own files; tests may reach everywhere. */
function readSources(): Sources {
  const paths = readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join("src", path), "utf8")]));
}

test("imports go app → features → ui, platform, without a circle", () => {
  const sources = readSources();
  const count = Object.entries(sources).flatMap(([path, text]) => importsOf(path, text)).length;
  expect(count).toBeGreaterThan(100); // the imports are seen at all
  expect(problemsIn(sources)).toEqual([]);
});

describe("the check itself", () => {
  const wrong = (path: string, text: string) => problemsIn({ [path]: text });

  test.each([
    ["platform/log.ts", 'import { a } from "../updates/queries.ts";', "platform imports platform only"],
    ["platform/log.ts", 'import { Page } from "../ui/page.tsx";', "platform imports platform only"],
    ["ui/page.tsx", 'import { a } from "../updates/queries.ts";', "ui imports no feature"],
    ["ui/page.tsx", 'import { visitOf } from "../visit.tsx";', "only features know visits"],
    ["updates/pages.tsx", 'import { b } from "../people/pages.tsx";', "another feature is reached"],
    ["updates/pages.tsx", 'import { kinds } from "../people/table.ts";', "another feature is reached"],
    ["updates/pages.tsx", 'export * from "../people/policy.ts";', "another feature is reached"],
    ["updates/pages.tsx", 'const late = await import("../people/mail.tsx");', "another feature is reached"],
    ["updates/routes.tsx", 'import { createApp } from "../app.ts";', "only app files"],
    ["updates/routes.tsx", 'import { createApp } from "../../migrations/index.ts";', "outside src"],
    ["updates/routes.tsx", 'import { Tables } from "../database.ts";', "types only"],
    ["paths.ts", 'import { a } from "./updates/queries.ts";', "a shared file imports no feature"],
    ["database.ts", 'import { a } from "./updates/table.ts";', "nothing that runs"],
    ["helpers.ts", 'import { a } from "./paths.ts";', "no rule knows"],
    ["updates/a.ts", 'import {\n  type A,\n  b,\n} from "../people/table.ts";', "another feature is reached"],
  ])("%s may not: %s", (path, text, why) => {
    expect(wrong(path, text)).toEqual([expect.stringContaining(why)]);
  });

  test.each([
    ["updates/pages.tsx", 'import { b } from "../people/queries.ts";'],
    ["updates/pages.tsx", 'import { b } from "../people/operations.ts";'],
    ["updates/pages.tsx", 'import { B } from "../people/components.tsx";'],
    ["updates/pages.tsx", 'import type { B } from "../people/table.ts";'],
    ["updates/pages.tsx", 'import { type B, type C } from "../people/table.ts";'],
    ["updates/pages.tsx", 'import { b } from "./parts/list.tsx";'],
    ["updates/pages.tsx", 'import { paths } from "../paths.ts";\nimport { Page } from "../ui/page.tsx";'],
    ["platform/context.ts", 'import type { Tables } from "../database.ts";'],
    ["database.ts", 'import type { A } from "./updates/table.ts";'],
    [
      "start.ts",
      'import { migrations } from "../migrations/index.ts";\nimport { a } from "./updates/jobs.ts";',
    ],
  ])("%s may: %s", (path, text) => {
    expect(wrong(path, text)).toEqual([]);
  });

  test("a circle of files is found; types alone close none", () => {
    const files = (back: string) => ({
      "updates/a.ts": 'import { b } from "./b.ts";',
      "updates/b.ts": 'import { c } from "./c.ts";',
      "updates/c.ts": back,
    });
    expect(problemsIn(files('import { a } from "./a.ts";'))).toEqual([
      "circle of files: updates/a.ts → updates/b.ts → updates/c.ts → updates/a.ts",
    ]);
    expect(problemsIn(files('import type { A } from "./a.ts";'))).toEqual([]);
  });

  test("a circle of features is found where no file stands in one", () => {
    const files = {
      "updates/queries.ts": 'import { a } from "../people/queries.ts";',
      "people/operations.ts": 'import { a } from "../updates/operations.ts";',
    };
    expect(problemsIn(files)).toEqual(["circle of features: updates → people → updates"]);
  });
});
