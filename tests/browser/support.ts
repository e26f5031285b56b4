import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { findChromium } from "../../scripts/chromium.ts";
import type { TestApp } from "../support/test-app.ts";

const quiet = ["disable-gpu", "disable-background-networking", "disable-component-update", "disable-sync"];

type VisitorOptions = BrowserContextOptions & {
  /** Addresses that scripts may ask in vain: what they make of a refusal or a lost connection is then the test. */
  mayFail?: RegExp;
};

/** The browser of a test file: opened once, closed at the end. */
export function useBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    const args = ["no-sandbox", ...quiet].map((name) => `--${name}`);
    browser = await chromium.launch({ executablePath: findChromium() ?? "", args });
  });
  afterAll(() => browser?.close());
  return {
    /** A visitor of their own, with nothing stored; a page that misbehaves fails the test. */
    visitor: async (app: TestApp, { mayFail, ...options }: VisitorOptions = {}): Promise<Page> => {
      const context = await browser.newContext({ baseURL: app.origin, locale: "nl-NL", ...options });
      const page = await context.newPage();
      const complaints = listen(page, app, mayFail);
      onTestFinished(async () => {
        await context.close();
        if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join("\n")}`);
      });
      return page;
    },
  };
}

/** Waits until a dialog is gone and what it asked for is done; a role would let go of it as soon as it is hidden. */
export const dialogClosed = (page: Page): Promise<void> =>
  page.locator("dialog").waitFor({ state: "detached" });

/** Waits until the focus is on an element; `autofocus` comes a frame after the element. */
export const focusOn = (page: Page, id: string): Promise<void> => page.locator(`#${id}:focus`).waitFor();

/** Answers that a page's own code asks for and deals with: not signed in, somebody was first, not yet right. */
const expected = [401, 409, 422];

/** Errors in the console (a broken content security policy among them), and requests to anyone but this app. */
function listen(page: Page, app: TestApp, mayFail?: RegExp): string[] {
  const complaints: string[] = [];
  const documents = new Set<string>();
  page.on("response", (response) => {
    if (response.request().isNavigationRequest() || expected.includes(response.status()))
      documents.add(response.url());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // A page that answers 404 or 422 is what the visitor sees; the browser calls it a failed load.
    const { url } = message.location();
    const answered =
      message.text().startsWith("Failed to load") && (documents.has(url) || mayFail?.test(url) === true);
    if (["error", "warning"].includes(message.type()) && !answered)
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const { protocol, hostname, port } = new URL(request.url());
    const own = /^(?:\w+\.)?localhost$/.test(hostname) && port === String(app.port);
    if (!own && !["data:", "about:"].includes(protocol))
      complaints.push(`${page.url()} asks ${request.url()}`);
  });
  return complaints;
}

/** Where the CXO's island answers on its own host name. */
export const ownHost = (app: TestApp): string => `http://cxo.localhost:${app.port}`;
