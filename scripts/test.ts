/**
 * `npm test`: set-up, build, checks and tests, in that order. Arguments go to Vitest (`npm test -- src/updates`).
 * Ends with "N passed, N failed": the tests' own counts, and each other step that failed as one failure. The line is
 * kept in test-results/summary.txt as well.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { summarise, type VitestReport } from "./test-summary.ts";

const results = "test-results";
const report = `${results}/vitest.json`;
rmSync(results, { recursive: true, force: true });
mkdirSync(results);

const failures: string[] = [];
// In a file the escape codes of colours are noise.
const plain = process.stdout.isTTY ? [] : ["--colors=off"];
if (!process.stdout.isTTY) process.env.NO_COLOR = "1";

/** Runs a command and returns whether it went well. */
function step(name: string, command: string, ...args: string[]): boolean {
  process.stdout.write(`\n── ${name}\n`);
  const { status } = spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) failures.push(name);
  return status === 0;
}

function readReport(): VitestReport | null {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return null;
  }
}

const ready =
  step("Set-up", "node", "scripts/setup-tests.ts") && step("Build", "npm", "run", "--silent", "build");
let ok = false;
if (ready) {
  step("Types", "tsc", "-p", ".");
  step("Lint and format", "biome", "ci", "--error-on-warnings", ...plain);
  step("Unused code", "knip");
  step("Licences", "node", "scripts/check-licences.ts");
  process.stdout.write("\n── Tests\n");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const args = ["run", ...reporters, ...process.argv.slice(2)];
  ok = spawnSync("vitest", args, { stdio: "inherit", shell: process.platform === "win32" }).status === 0;
}
const summary = summarise(failures, ready ? { ok, report: readReport() } : null);
const line = `${summary.passed} passed, ${summary.failed} failed`;
writeFileSync(`${results}/summary.txt`, `${line}\n`);
for (const name of summary.names) process.stdout.write(`Failed: ${name}\n`);
process.stdout.write(`${line}\n`);
process.exitCode = summary.failed === 0 ? 0 : 1;
