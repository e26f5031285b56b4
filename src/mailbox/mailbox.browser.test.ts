import { expect, test } from "vitest";
import { useBrowser } from "../../tests/browser/support.ts";
import { subscribe } from "../../tests/support/acts.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { technical } from "../paths.ts";

const browser = useBrowser();

test("a link in the formatted mail leads to the page, which works there as from a real mail program", async () => {
  const app = await startTestApp();
  await subscribe(app, "vera@voorbeeld.nl");
  await app.work();
  const page = await browser.visitor(app, { viewport: { width: 320, height: 700 } });
  await page.goto(technical.mailbox);
  await page
    .locator("main")
    .getByRole("link", { name: /^Bevestig dat/ })
    .click();
  const mail = page.frameLocator("iframe");
  await expect.poll(() => mail.getByRole("heading", { level: 1 }).textContent()).toBe("Ben jij dit?");
  const narrow = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(narrow, "nothing stands outside a small screen").toBeLessThanOrEqual(320);

  await mail.getByRole("link", { name: "Privacy" }).click();
  await page.waitForURL("**/privacy");
  await page.goBack();
  const opened = page.context().waitForEvent("page");
  await mail.getByRole("link", { name: "Ja, dat klopt" }).click();
  const confirmation = await opened;
  await confirmation.getByRole("button", { name: "Ja, dat klopt" }).click();
  await confirmation.getByRole("heading", { name: /^Gelukt/ }).waitFor();
});
