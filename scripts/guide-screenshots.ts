/** `npm run guide`: makes the pictures of the editors' guide from the built program, filled in anew (docs/handleiding/beelden). */
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { findChromium } from "./chromium.ts";
import type { Picture } from "./guide-picture.ts";
import { picturesOf } from "./guide-pictures.ts";
import { type Story, tellStory } from "./guide-story.ts";
import "./build-if-needed.ts";

const folder = process.argv[2] ?? "docs/handleiding/beelden";

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });

const dataDir = mkdtempSync(join(tmpdir(), "archipel-guide-"));
chmodSync(dataDir, 0o755); // as root, the database's account must be able to enter
const origin = `http://localhost:${await freePort()}`;
const program = spawn(process.execPath, ["dist/server/main.js"], {
  env: { ...process.env, DATA_DIR: dataDir, PORT: new URL(origin).port, BASE_URL: origin, TRUST_PROXY: "1" },
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = new Promise((done) => program.once("close", done));

/** The path that the first start prints, once it is there. */
const firstOwner = new Promise<string>((found, lost) => {
  let said = "";
  program.stdout.on("data", (piece) => {
    said += piece;
    const path = /\/aanmelden\/eerste-eigenaar\/\S+/.exec(said)?.[0];
    if (path) found(path);
  });
  program.once("close", () => lost(new Error("The program did not start")));
});

const browser = await chromium.launch({
  executablePath: findChromium() ?? "",
  args: ["--no-sandbox", "--disable-gpu", "--lang=nl"],
  env: { ...process.env, LANGUAGE: "nl", LANG: "nl_NL.UTF-8" },
});
try {
  mkdirSync(folder, { recursive: true });
  const story = await tellStory(origin, await firstOwner);
  for (const picture of picturesOf(story)) await take(browser, story, picture);
} finally {
  await browser.close();
  program.kill("SIGTERM");
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
}

async function take(browser: Browser, story: Story, picture: Picture): Promise<void> {
  const { name, who, width = 1280, height = 860 } = picture;
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width, height },
    deviceScaleFactor: width < 500 ? 1.5 : 1,
    colorScheme: "light",
    locale: "nl-NL",
    timezoneId: "Europe/Amsterdam",
    reducedMotion: "reduce",
    ...(who && { storageState: await story[who].api.storageState() }),
  });
  const page = await context.newPage();
  await page.goto(await picture.path());
  await picture.prepare?.(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if (picture.from) await scrollTo(page, picture.from);
  await sharp(await page.screenshot())
    .png({ palette: true, colours: 128, dither: 0.3, compressionLevel: 9, effort: 10 })
    .toFile(join(folder, `${name}.png`));
  await context.close();
}

/** Brings a part of the page just below the upper edge. */
async function scrollTo(page: Page, from: string): Promise<void> {
  const top = (element: Element) => {
    const bar = element.matches(".writing-bar") ? null : document.querySelector(".writing-bar");
    const covered = bar?.getBoundingClientRect().height ?? 0;
    window.scrollTo(0, element.getBoundingClientRect().top + window.scrollY - covered - 24);
  };
  await page.locator(from).first().evaluate(top);
}
