import type { Page } from "playwright-core";
import { allRules, colourRules, misfits, moving, violations, withoutBorder, withStyle } from "./examine.ts";

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
export const looks: Record<string, (page: Page) => Promise<string[]>> = {
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
