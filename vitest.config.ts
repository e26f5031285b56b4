import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

/** Measures time, so nothing else runs beside it. */
const alone = ["tests/process/warm-start.test.ts"];

const all = ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"];
/** Long ones, and what measures or changes its own process, in a process each; the others share theirs and what they import. */
const apart = [
  "{src,tests}/**/*.browser.test.ts",
  "tests/{browser,process}/**/*.test.ts",
  "src/{media,protection}/**/*.test.ts",
  "src/platform/refreshed.test.ts",
  "src/signatures/count.test.ts",
];
const globalSetup = ["tests/support/global-setup.ts"];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    sequence: { sequencer: LongestFirst },
    pool: "forks",
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: { name: "apart", include: apart, exclude: alone, globalSetup },
      },
      {
        extends: true,
        test: { name: "together", include: all, exclude: [...apart, ...alone], globalSetup, isolate: false },
      },
      { extends: true, test: { name: "alone", include: alone, sequence: { groupOrder: 1 } } },
    ],
  },
});
