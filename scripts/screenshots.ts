/** `npm run screenshots`: makes the pictures in docs/screenshots/ from the built program with its starter content. */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { findChromium } from "./chromium.ts";
import "./build-if-needed.ts";

const folder = process.argv[2] ?? "docs/screenshots";
const screens = [
  { width: 360, height: 780, deviceScaleFactor: 2 },
  { width: 768, height: 1100, deviceScaleFactor: 1 },
  { width: 1280, height: 1000, deviceScaleFactor: 1 },
];
/** Written out: the sources need Vite to run, and this script runs beside them. */
const pages: { name: string; path: string; tall?: boolean; prepare?: (page: Page) => Promise<void> }[] = [
  { name: "home", path: "/", tall: true },
  { name: "directory", path: "/initiatieven" },
  { name: "island", path: "/initiatieven/op-pad-met-de-cxo" },
  { name: "update", path: "/initiatieven/op-pad-met-de-cxo/updates/creative-bureaucracy-festival" },
  { name: "newsletter-errors", path: "/nieuwsbrief", prepare: sendWithMistakes },
  { name: "manifest", path: "/manifest" },
  { name: "contact", path: "/initiatieven/op-pad-met-de-cxo/contact" },
];

async function sendWithMistakes(page: Page): Promise<void> {
  await page.getByLabel("E-mailadres", { exact: true }).fill("sanne@");
  await page.getByRole("button", { name: "Meld me aan" }).click();
  await page.getByRole("alert").waitFor();
  await page.evaluate(() => scrollTo(0, 0));
}

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });

const dataDir = mkdtempSync(join(tmpdir(), "archipel-screenshots-"));
chmodSync(dataDir, 0o755); // as root, the database's account must be able to enter
const origin = `http://localhost:${await freePort()}`;
const program = spawn(process.execPath, ["dist/server/main.js"], {
  env: { ...process.env, DATA_DIR: dataDir, PORT: new URL(origin).port, BASE_URL: origin },
  stdio: ["ignore", "ignore", "inherit"],
});
const ended = new Promise((done) => program.once("close", done));
const browser = await chromium.launch({
  executablePath: findChromium() ?? "",
  args: ["--no-sandbox", "--disable-gpu"],
});

try {
  mkdirSync(folder, { recursive: true });
  await untilReady();
  for (const screen of screens)
    for (const colorScheme of ["light", "dark"] as const) await takeAll(browser, screen, colorScheme);
} finally {
  await browser.close();
  program.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}

async function untilReady(): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(`${origin}/readyz`).catch(() => null);
    if (answer?.ok) return;
    if (program.exitCode !== null) break;
    await sleep(100);
  }
  throw new Error("The program did not start");
}

async function takeAll(browser: Browser, screen: (typeof screens)[number], colorScheme: "light" | "dark") {
  const { width, height, deviceScaleFactor } = screen;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    deviceScaleFactor,
    colorScheme,
  });
  const page = await context.newPage();
  for (const { name, path, tall, prepare } of pages) {
    await page.goto(path);
    await prepare?.(page);
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const clip = { x: 0, y: 0, width, height: height * (tall ? 2.1 : 1) };
    const picture = await page.screenshot({ fullPage: true, clip });
    await sharp(picture)
      .png({ palette: true, colours: 256, dither: 0.4, compressionLevel: 9, effort: 10 })
      .toFile(join(folder, `${name}-${width}-${colorScheme}.png`));
  }
  await context.close();
}
