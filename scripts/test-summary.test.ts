import { expect, test } from "vitest";
import { summarise, type VitestReport } from "./test-summary.ts";

const report = (failed: number, testResults: VitestReport["testResults"] = []): VitestReport => ({
  numPassedTests: 5,
  numFailedTests: failed,
  testResults,
});

test("tests and other steps are counted together", () => {
  expect(summarise([], { ok: true, report: report(0) })).toEqual({ passed: 5, failed: 0, names: [] });
  expect(summarise(["Types"], { ok: false, report: report(2) })).toMatchObject({ passed: 5, failed: 3 });
});

test("a test file that cannot be read is a failure", () => {
  const files = [{ name: "broken.test.ts", status: "failed", assertionResults: [] }];
  expect(summarise([], { ok: false, report: report(0, files) })).toMatchObject({
    failed: 1,
    names: ["broken.test.ts"],
  });
});

test("a run that fails without a failed test, or ends without a report, is a failure", () => {
  expect(summarise([], { ok: false, report: report(0) }).failed).toBe(1);
  expect(summarise([], { ok: false, report: null })).toMatchObject({ passed: 0, failed: 1 });
});

test("when the build fails nothing was tested", () => {
  expect(summarise(["Build"], null)).toEqual({ passed: 0, failed: 1, names: ["Build"] });
});
