import { existsSync } from "node:fs";

const usual = [
  "/usr/bin/chromium-headless-shell", // no window to draw: a fifth less work than the whole browser
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The browser of the tests and screenshots: CHROMIUM_PATH, or the first of the usual places; null when none is there. */
export function findChromium(): string | null {
  const given = process.env.CHROMIUM_PATH;
  if (given) return existsSync(given) ? given : null;
  return usual.find((path) => existsSync(path)) ?? null;
}
