import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { type PublicPage, publicPages, publicPagesEnv } from "../support/public-pages.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import {
  allRules,
  colourRules,
  misfits,
  moving,
  open,
  violations,
  withoutBorder,
  withStyle,
} from "./examine.ts";
import { ownHost, useBrowser } from "./support.ts";

const { visitor } = useBrowser();

const wide = { width: 1280, height: 900 };
const narrow = { width: 360, height: 740 };
/** The narrowest that everything has to fit in (WCAG 2.2, 1.4.10). */
const narrowest = { width: 320, height: 640 };

/** What a visitor may set without losing anything (WCAG 2.2, 1.4.12). */
const textSpacing = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;
/** Text twice as large (WCAG 2.2, 1.4.4). */
const largeText = "html { font-size: 200% !important }";

/** How each page is looked at, one after the other, on one load. */
const looks: Record<string, (page: Page) => Promise<string[]>> = {
  "axe, 1280 light": async (page) => {
    await page.setViewportSize(wide);
    await page.emulateMedia({ colorScheme: "light", forcedColors: "none", reducedMotion: "reduce" });
    return violations(page, allRules);
  },
  "no motion": moving,
  "axe, 1280 dark": async (page) => {
    await page.emulateMedia({ colorScheme: "dark" });
    return violations(page, colourRules);
  },
  "text of 200 % at 1280": (page) => withStyle(page, largeText, () => misfits(page)),
  "axe, 360 dark": async (page) => {
    await page.setViewportSize(narrow);
    return violations(page, colourRules);
  },
  "axe, 360 light": async (page) => {
    await page.emulateMedia({ colorScheme: "light" });
    return violations(page, allRules);
  },
  "reflow at 320": async (page) => {
    await page.setViewportSize(narrowest);
    return misfits(page);
  },
  "text spacing at 320": (page) => withStyle(page, textSpacing, () => misfits(page)),
  "forced colours": async (page) => {
    await page.emulateMedia({ forcedColors: "active" });
    return withoutBorder(page);
  },
};

let app: TestApp;
let pages: PublicPage[];
beforeAll(async () => {
  app = await startTestApp({ env: publicPagesEnv });
  pages = await publicPages(app);
  return app.stop;
}, 180_000);

test("every public page holds in every look", async () => {
  const found: string[] = [];
  const todo = [...pages];
  const look = async (page: Page) => {
    for (let next = todo.shift(); next; next = todo.shift()) {
      await open(page, next, next.host ? ownHost(app) : app.origin);
      for (const [look, problemsOf] of Object.entries(looks))
        for (const problem of await problemsOf(page)) found.push(`${next.name}, ${look}: ${problem}`);
    }
  };
  // Two pages at a time, for two cores.
  await Promise.all([look(await visitor(app)), look(await visitor(app))]);
  expect(found).toEqual([]);
}, 500_000);

test("each look sees what is wrong with a page", async () => {
  const page = await visitor(app);
  await open(page, pages.find(({ name }) => name === "nl newsletter")!, app.origin);
  await page.evaluate(() => {
    const faults = new CSSStyleSheet();
    faults.replaceSync(`p { color: #777; background: #888 } h1 { inline-size: 30em }
      label { block-size: 1lh; inline-size: 9ch; overflow: hidden }
      button { border: none !important } main { animation: turn 9s infinite } @keyframes turn { to { rotate: 1deg } }`);
    Object.defineProperty(document, "adoptedStyleSheets", { set() {} });
    Reflect.set(Document.prototype, "adoptedStyleSheets", [faults], document);
  });
  for (const [look, problemsOf] of Object.entries(looks))
    expect(await problemsOf(page), look).not.toEqual([]);
});
