/** What Vitest's JSON report says, as far as it is counted. */
export type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string }[] }[];
};

/**
 * Counts the tests and the other steps together. A test file that could not be read counts as one failure, and so
 * does a run that failed without a failed test (an error outside all tests, say).
 */
export function summarise(
  failedSteps: string[],
  vitest: { ok: boolean; report: VitestReport | null } | null,
): { passed: number; failed: number; names: string[] } {
  const names = [...failedSteps];
  const report = vitest?.report;
  const broken = (report?.testResults ?? []).filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((one) => one.status === "failed"),
  );
  names.push(...broken.map(({ name }) => name));
  const failedTests = report?.numFailedTests ?? 0;
  if (vitest && !vitest.ok && broken.length === 0 && failedTests === 0) names.push("Vitest");
  return { passed: report?.numPassedTests ?? 0, failed: names.length + failedTests, names };
}
