/** Finds what the tests need beside npm's packages, a Chromium, or installs it where that can be done. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { findChromium } from "./chromium.ts";

const advice = [
  "The browser tests need Chromium, and it was not found.",
  "Install it (Debian, Ubuntu: apt-get install chromium-headless-shell; Fedora: dnf install chromium; macOS: brew install --cask",
  "chromium), or set CHROMIUM_PATH to the Chromium or Chrome that you have.",
].join("\n");

/** @throws with advice for a person when there is no Chromium and it cannot be installed here. */
export function setUpTests(): string {
  const found = findChromium();
  if (found) return found;
  if (process.env.CHROMIUM_PATH) throw new Error(`CHROMIUM_PATH names no file.\n${advice}`);
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) throw new Error(advice);
  process.stdout.write("Installing Chromium for the browser tests…\n");
  const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
  execFileSync("apt-get", ["update", "-q"], options);
  execFileSync(
    "apt-get",
    ["install", "-q", "-y", "--no-install-recommends", "chromium-headless-shell"],
    options,
  );
  const installed = findChromium();
  if (!installed) throw new Error(advice);
  return installed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    process.stdout.write(`Chromium: ${setUpTests()}\n`);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
