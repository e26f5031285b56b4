import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { paths } from "../../src/paths.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { focusOn, ownHost, useBrowser } from "./support.ts";

const { visitor } = useBrowser();
const to = paths("nl");

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app?.stop());

/** A visitor with a keyboard only. */
async function typist(path: string): Promise<Page> {
  const page = await visitor(app, { reducedMotion: "reduce" });
  await page.goto(path);
  return page;
}

const press = (page: Page, key: string) => page.keyboard.press(key);
const focusedId = (page: Page) => page.evaluate(() => document.activeElement?.id);

/** Goes on with Tab until the focus is on what `selector` means. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < 200; stop++) {
    await press(page, "Tab");
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
  }
  throw new Error(`No way to ${selector} by Tab on ${page.url()}`);
}

/** Walks a whole page by Tab and returns what is wrong with any stop, and how many stops there were. */
async function walk(page: Page): Promise<{ stops: number; problems: string[] }> {
  await page.evaluate(() => {
    const looks = (element: Element) =>
      [element, element.closest(".card") ?? element, ...element.querySelectorAll(".land, .target")]
        .map((one) => getComputedStyle(one))
        .map((css) =>
          [css.outlineStyle, css.outlineWidth, css.boxShadow, css.backgroundColor, css.stroke].join(),
        )
        .join("|");
    const walk = { previous: null as Element | null, look: "", problems: [] as string[], stops: 0 };
    const say = (problem: string, element: Element) =>
      walk.problems.push(`${problem}: ${element.outerHTML.slice(0, 100)}`);
    const isCovered = (element: Element) => {
      const [box] = element.getClientRects();
      if (!box) return true;
      const [x, y] = [box.left + Math.min(box.width / 2, 20), box.top + Math.min(box.height / 2, 20)];
      if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return true;
      const there = document.elementFromPoint(x, y);
      return !there || !(element.contains(there) || there.contains(element));
    };
    /** Looks at the stop where the focus is now; false at the end of the page. */
    Reflect.set(window, "atStop", () => {
      const { previous } = walk;
      if (previous && looks(previous) === walk.look) say("no visible focus", previous);
      const element = document.activeElement;
      if (!element || element === document.body || (previous && element.matches(".nl-skip-link")))
        return false;
      if (previous && !(previous.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING))
        say("comes too late", element);
      if (isCovered(element)) say("cannot be seen", element);
      Object.assign(walk, { previous: element, look: looks(element), stops: walk.stops + 1 });
      return true;
    });
    Reflect.set(window, "walked", walk);
  });
  do await press(page, "Tab");
  while (await page.evaluate(() => Reflect.get(window, "atStop")()));
  return page.evaluate(() => {
    const { stops, problems } = Reflect.get(window, "walked");
    return { stops, problems };
  });
}

/** How many stops a page should have: all that can be used, a group of radio buttons being one. */
const usable = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, summary, iframe",
    );
    const shown = [...all].filter((element) => element.tabIndex >= 0 && element.checkVisibility());
    const radios = shown.filter((element) => element.matches("[type=radio]"));
    return shown.length - radios.length + new Set(radios.map((radio) => radio.getAttribute("name"))).size;
  });

test.each([
  ["the movement's home", () => to.home],
  ["the directory", () => to.initiatives],
  ["an island on its own host", () => ownHost(app)],
  ["an update", () => to.island("op-pad-met-de-cxo").update("creative-bureaucracy-festival")],
  ["the contact form", () => to.contact],
  ["a page that isn't there", () => "/bestaat-niet"],
])("on %s, Tab stops at everything, in order and visibly, and comes out again", async (_place, path) => {
  const page = await typist(path());
  const expected = await usable(page);
  expect(await walk(page)).toEqual({ stops: expected, problems: [] });
  expect(expected).toBeGreaterThan(8);
});

test("on a small screen too", async () => {
  const page = await typist(to.home);
  await page.setViewportSize({ width: 360, height: 640 });
  expect(await walk(page)).toEqual({ stops: await usable(page), problems: [] });
});

test("the first stop leads past the menu", async () => {
  const page = await typist(to.home);
  await press(page, "Tab");
  const link = page.getByRole("link", { name: "Naar de inhoud" });
  await expect.poll(() => link.evaluate((link) => link === document.activeElement)).toBe(true);
  await expect.poll(async () => (await link.boundingBox())!.height).toBeGreaterThan(20);
  await press(page, "Enter");
  await expect.poll(() => focusedId(page)).toBe("inhoud");
  await press(page, "Tab");
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
});

test("story and questions unfold by Enter and by the space bar", async () => {
  const page = await typist(ownHost(app));
  for (const [selector, key] of [
    [".fold > summary", "Enter"],
    [".accordion summary", "Space"],
  ] as const) {
    await tabTo(page, selector);
    const open = () => page.evaluate(() => document.activeElement?.closest("details")?.open);
    await expect.poll(() => open()).toBe(false);
    await press(page, key);
    await expect.poll(() => open()).toBe(true);
    await press(page, key);
    await expect.poll(() => open()).toBe(false);
  }
});

test("a link to a question opens it", async () => {
  const page = await typist(`${ownHost(app)}/`);
  const [slug] = await page.locator(".accordion__answer").evaluateAll((all) => all.map(({ id }) => id));
  await page.goto(`${ownHost(app)}/#${slug}`);
  await page.locator(`#${slug}`).waitFor({ state: "visible" });
});

test("each island of the map can be reached and visited", async () => {
  const page = await typist(to.home);
  const islands = page.locator(".archipelago svg:visible a");
  const names = await islands.evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  expect(names).toHaveLength(5);
  for (const name of names) await tabTo(page, `.archipelago a[href="${name}"]`);
  await press(page, "Enter");
  await page.waitForURL((url) => !["/", ""].includes(url.pathname) || url.hostname !== "localhost");
  await expect.poll(() => new URL(page.url()).href).toContain(names.at(-1));
});

test("a form is filled in, sent by Enter, mended from its list of errors and sent again", async () => {
  const page = await typist(to.newsletter);
  await tabTo(page, "[name=email]");
  await page.keyboard.type("sanne@");
  await press(page, "Enter");
  await page.getByRole("alert").waitFor();
  await focusOn(page, "subscribe-errors");
  await press(page, "Tab");
  await press(page, "Enter");
  await expect.poll(() => focusedId(page)).toBe("subscribe-email");
  await press(page, "Control+A");
  await page.keyboard.type("sanne@example.org");
  await tabTo(page, "[name=consent]");
  await press(page, "Space");
  await tabTo(page, "button");
  await press(page, "Enter");
  await page.getByRole("heading", { level: 1, name: "Kijk in je mail" }).waitFor();
});
