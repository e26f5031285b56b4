import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { type PublicPage, publicPages, publicPagesEnv } from "../support/public-pages.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { open } from "./examine.ts";
import { looks } from "./looks.ts";
import { ownHost, useBrowser } from "./support.ts";

const { visitor } = useBrowser();

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
}, 900_000);

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
