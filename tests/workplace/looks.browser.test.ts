import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { looks } from "../browser/looks.ts";
import { useBrowser } from "../browser/support.ts";
import { type Filled, fillWorkplace, type WorkplacePage, workplacePages } from "../support/desk-pages.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const { visitor } = useBrowser();

/** Dark colours are the same on a wide screen as on the narrow one that is looked at with all rules. */
const spared = ["axe, 1280 dark"];

let app: TestApp;
let filled: Filled;
let pages: WorkplacePage[];
beforeAll(async () => {
  app = await startTestApp();
  filled = await fillWorkplace(app);
  pages = await workplacePages(app, filled, "nl");
  return app.stop;
}, 180_000);

async function atWork(): Promise<Page> {
  const page = await visitor(app);
  const { token } = filled.owner;
  await page.context().addCookies([{ name: "archipel-beheer", value: token, url: app.origin }]);
  return page;
}

test("every page of the workplace holds in every look", async () => {
  const found: string[] = [];
  const todo = [...pages];
  const look = async (page: Page) => {
    for (let next = todo.shift(); next; next = todo.shift()) {
      await page.goto(next.path);
      for (const [look, problemsOf] of Object.entries(looks).filter(([name]) => !spared.includes(name)))
        for (const problem of await problemsOf(page)) found.push(`${next.path}, ${look}: ${problem}`);
    }
  };
  await Promise.all([look(await atWork()), look(await atWork())]);
  expect(found).toEqual([]);
}, 900_000);

type Stop = { at: number; first: boolean; problem: string | null; html: string };

/** Where the focus is; null outside the page. */
const stopOf = (page: Page): Promise<Stop | null> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const { width, height } = element.getBoundingClientRect();
    // The editor shows the focus around its toolbar and text together.
    const frames = [element, element.parentElement, element.parentElement?.parentElement];
    const seen = frames.some((frame) => {
      if (!frame) return false;
      const { outlineStyle, boxShadow } = getComputedStyle(frame);
      return outlineStyle !== "none" || boxShadow !== "none";
    });
    return {
      at: [...document.querySelectorAll("*")].indexOf(element),
      first: element.getAttribute("href") === "#inhoud" || element.hasAttribute("autofocus"),
      problem: width > 0 && height > 0 && seen ? null : "the focus is not seen",
      html: element.outerHTML.slice(0, 90),
    };
  });

/** Walks through a page by Tab until it leaves, and tells what is wrong on the way. */
async function walk(page: Page, path: string): Promise<string[]> {
  const found: string[] = [];
  await page.goto(path);
  const stops: number[] = [];
  for (;;) {
    await page.keyboard.press("Tab");
    const stop = await stopOf(page);
    if (!stop || stop.at === stops[0]) return found; // out of the page, or around
    if (stops.includes(stop.at)) return [...found, `${path}: goes back to ${stop.html}`];
    if (stops.length === 0 && !stop.first && !(await page.locator("[autofocus]").count()))
      found.push(`${path}: begins at ${stop.html}`);
    if (stop.problem) found.push(`${path}: ${stop.problem} at ${stop.html}`);
    stops.push(stop.at);
  }
}

test("by keyboard: the skip link first, then every stop is seen, and none is a trap", async () => {
  const page = await atWork();
  const found: string[] = [];
  for (const { path } of pages) found.push(...(await walk(page, path)));
  expect(found).toEqual([]);
}, 600_000);
