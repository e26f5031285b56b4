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

test("by keyboard: the skip link first, then every stop is seen, and none is a trap", async () => {
  const page = await atWork();
  const found: string[] = [];
  for (const { path } of pages) {
    await page.goto(path);
    await page.keyboard.press("Tab");
    const first = await page.evaluate(() => document.activeElement?.getAttribute("href"));
    if (first !== "#inhoud" && !(await page.locator("[autofocus]").count()))
      found.push(`${path}: begins at ${first}`);
    const stops = new Set<string>();
    for (let count = 0; count < 60; count++) {
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const { width, height } = element.getBoundingClientRect();
        // The editor shows the focus around its toolbar and text together.
        const frames = [element, element.parentElement, element.parentElement?.parentElement];
        const seen = frames.some((frame) => {
          const { outlineStyle, boxShadow } = frame
            ? getComputedStyle(frame)
            : { outlineStyle: "none", boxShadow: "none" };
          return outlineStyle !== "none" || boxShadow !== "none";
        });
        const all = [...document.querySelectorAll("*")];
        return {
          id: all.indexOf(element),
          shown: width > 0 && height > 0,
          seen,
          html: element.outerHTML.slice(0, 90),
        };
      });
      if (!stop) break;
      if (stops.has(String(stop.id))) {
        if (stops.size < 3) found.push(`${path}: stays at ${stop.html}`);
        break;
      }
      stops.add(String(stop.id));
      if (!stop.shown || !stop.seen) found.push(`${path}: focus is not seen at ${stop.html}`);
      await page.keyboard.press("Tab");
    }
  }
  expect(found).toEqual([]);
}, 600_000);
