import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { type Browser, chromium, type Page, type Response as PageAnswer } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { findChromium } from "../../scripts/chromium.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { mountTrialForm, thanks } from "../../tests/support/trial-form.ts";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  rules: { "void-style": ["error", { style: "selfclosing" }] }, // as hono/jsx writes them
});

const came = mountTrialForm();
beforeEach(() => void came.splice(0));

/** A host name without https: no secure context, so no WebCrypto. */
const insecureHost = "overheid.test";

let browser: Browser;
beforeAll(async () => {
  const quiet = ["disable-gpu", "disable-background-networking", "disable-component-update", "disable-sync"];
  const args = ["no-sandbox", ...quiet, `host-resolver-rules=MAP ${insecureHost} 127.0.0.1`];
  const executablePath = findChromium() ?? "";
  browser = await chromium.launch({ executablePath, args: args.map((argument) => `--${argument}`) });
});
afterAll(() => browser.close());

/** Opens the form in a browser, on an app in whose network five came before, and fills it in. */
async function fillInSixth(app: TestApp, options: { host?: string; javaScriptEnabled?: boolean } = {}) {
  for (let form = 1; form <= 5; form++) await app.post("/proef", { email: `${form}@example.org` });
  came.splice(0);
  const { host = "localhost", javaScriptEnabled = true } = options;
  const context = await browser.newContext({ javaScriptEnabled });
  onTestFinished(() => context.close());
  await context.route("**/favicon.ico", (route) => route.fulfill({ status: 204 }));
  const page = await context.newPage();
  await page.goto(`http://${host}:${app.port}/proef`);
  await page.getByLabel("E-mailadres").fill(typed.email);
  await page.getByLabel("Verhaal").fill(typed.story);
  return page;
}

const typed = { email: "sanne@example.org", story: "Regel een\nRegel twee" };
const press = (page: Page, name: string) => page.getByRole("button", { name }).click();

test("the browser takes the step by itself, under our content security policy", async () => {
  const app = await startTestApp();
  const page = await fillInSixth(app);
  const complaints: string[] = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  const workers: string[] = [];
  page.on("worker", (worker) => workers.push(new URL(worker.url()).pathname));
  await press(page, "Verstuur");
  await page.getByText(thanks).waitFor();
  expect(came).toEqual([expect.objectContaining(typed)]);
  expect(workers).toContainEqual(expect.stringMatching(/^\/assets\/proof-of-work\.worker-/));
  expect(complaints).toEqual([]);
});

test("without JavaScript the button works after a minute", async () => {
  const app = await startTestApp();
  const page = await fillInSixth(app, { javaScriptEnabled: false });
  await press(page, "Verstuur");
  await page.getByText("Wacht één minuut en kies dan ‘Verder’.").waitFor();
  app.advance(12_000);
  await press(page, "Verder");
  await page.getByRole("heading", { level: 1, name: "Nog even wachten" }).waitFor();
  await page.getByText("Wacht nog 48 seconden").waitFor();
  app.advance(48_000);
  await press(page, "Verder");
  await page.getByText(thanks).waitFor();
  expect(came).toEqual([expect.objectContaining(typed)]);
});

test("on an http host name, where the sum cannot be made, the form goes by itself after a minute", async () => {
  const app = await startTestApp();
  const page = await fillInSixth(app, { host: insecureHost });
  await page.clock.install();
  await press(page, "Verstuur");
  expect(await page.evaluate(() => isSecureContext)).toBe(false);
  await page.getByText("over een minuut gaat je formulier vanzelf verder").waitFor();
  await press(page, "Verder");
  await page.getByRole("heading", { level: 1, name: "Nog één stap" }).waitFor(); // pressed too early: still waiting
  app.advance(60_000);
  await page.clock.fastForward(62_000);
  await page.getByText(thanks).waitFor();
  expect(came).toEqual([expect.objectContaining(typed)]);
});

test("every page of the guard is accessible and sound", async () => {
  const app = await startTestApp();
  const page = await fillInSixth(app);
  let answered: PageAnswer | undefined;
  page.on("response", (response) => {
    if (response.request().isNavigationRequest()) answered = response;
  });
  await page.route("**/assets/proof-of-work-*", (route) => route.abort()); // the step stays as it is
  await press(page, "Verstuur");
  await page.getByRole("heading", { level: 1, name: "Nog één stap" }).waitFor();
  expect(await problemsIn(page, await answered!.text())).toEqual([]);
  await press(page, "Verder");
  await page.getByRole("heading", { level: 1, name: "Nog even wachten" }).waitFor();
  expect(await problemsIn(page, await answered!.text())).toEqual([]);
  await app.ctx.db.updateTable("limits").set({ points: 301 }).execute(); // as after 300 forms
  await page.goto(`http://localhost:${app.port}/proef`);
  await press(page, "Verstuur");
  await page.getByRole("heading", { level: 1, name: "Even te druk" }).waitFor();
  expect(await problemsIn(page, await answered!.text())).toEqual([]);
  await page.goto(`http://localhost:${app.port}/proef`);
  await page.getByLabel("Verhaal").fill("x".repeat(70_000));
  await press(page, "Verstuur");
  await page.getByRole("heading", { level: 1, name: "Je formulier is te groot" }).waitFor();
  expect(await problemsIn(page, await answered!.text())).toEqual([]);
});

/** What axe (to WCAG 2.2 AA) and html-validate find. */
async function problemsIn(page: Page, html: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axe }).axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }),
  );
  const { results } = await validator.validateString(html);
  return [
    ...violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join()}`),
    ...results.flatMap(({ messages }) =>
      messages.map((one) => `${one.ruleId}: ${one.message} (${one.selector})`),
    ),
  ];
}
