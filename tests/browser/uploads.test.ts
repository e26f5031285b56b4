import type { Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import { flag } from "../support/images.ts";
import { startTestApp } from "../support/test-app.ts";
import { mountTrialEditor } from "../support/trial-editor.tsx";
import { allRules, violations } from "./examine.ts";
import { dialogClosed, useBrowser } from "./support.ts";

const server = mountTrialEditor();
const { visitor } = useBrowser();
const text = (page: Page) => page.getByRole("textbox", { name: "Verhaal" });
const markdown = (page: Page) => page.locator("textarea[name=body]").inputValue();

/** The page to write on, with its uploads in the test's hands. */
async function write(answer: (route: Route) => unknown) {
  const app = await startTestApp();
  const page = await visitor(app, { viewport: { width: 1280, height: 900 }, mayFail: /beeld$/ });
  Object.assign(server, {
    fields: { title: "Op weg", body: "Begin.\n\nEinde." },
    error: null,
    instead: null,
  });
  await page.route("**/proef/beeld", answer);
  await page.goto("/proef");
  await page.locator(".editor").waitFor();
  return page;
}

async function choose(page: Page, name = "kust.png"): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Beeld", exact: true }).click();
  const buffer = await flag(40, 30).png().toBuffer();
  await (await chooser).setFiles({ name, mimeType: "image/png", buffer });
}

test("who writes on during a slow upload is not disturbed, and the image comes where it was asked for", async () => {
  const held: Route[] = [];
  const page = await write((route) => held.push(route));
  await text(page).getByText("Begin.").click();
  await page.keyboard.press("End");
  await choose(page);
  await page.getByText("kust.png wordt geüpload").waitFor();
  await text(page).getByText("Einde.").click();
  await page.keyboard.press("End");
  await page.keyboard.type(" En ");
  await expect.poll(() => held.length).toBe(1);
  await held[0]!.continue();
  await page.getByRole("alert").getByText("kust.png is geüpload. Schrijf gerust eerst verder.").waitFor();
  await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  await page.keyboard.type("verder.");
  await expect.poll(() => markdown(page)).toBe("Begin.\n\nEinde. En verder.");
  expect(await violations(page, allRules)).toEqual([]);

  await page.getByRole("button", { name: "Beschrijf en plaats kust.png" }).click();
  const dialog = page.getByRole("dialog", { name: "Beeld" });
  await dialog.getByLabel("Beschrijving").fill("Een kust");
  await dialog.getByRole("button", { name: "Beeld plaatsen" }).click();
  await dialogClosed(page);
  await expect
    .poll(() => markdown(page))
    .toMatch(/^Begin\.\n\n!\[Een kust\]\(\/proef\/kust\.svg\)\n\n[\s\S]*Einde\. En verder\.$/);
}, 60_000);

test("an upload that fails says which one, and is tried again by a button", async () => {
  let away = true;
  const page = await write((route) => (away ? route.abort() : route.continue()));
  await text(page).getByText("Einde.").click();
  await choose(page);
  await page.getByRole("alert").getByText("kust.png is niet geüpload. Kijk of je internet hebt").waitFor();
  away = false;
  await page.getByRole("button", { name: "Probeer kust.png opnieuw" }).click();
  await page.getByRole("dialog", { name: "Beeld" }).getByLabel("Het is alleen versiering").check();
  await page.getByRole("button", { name: "Beeld plaatsen" }).click();
  await dialogClosed(page);
  await expect.poll(() => markdown(page)).toContain("![](/proef/kust.svg)");
  await expect.poll(() => page.getByRole("button", { name: "Probeer kust.png opnieuw" }).count()).toBe(0);
}, 60_000);

test("who was signed out meanwhile hears that, with the way to sign in, and not that the internet is away", async () => {
  let signedOut = true;
  const body = JSON.stringify({ kind: "signed-out", signIn: "/aanmelden?next=%2Fproef" });
  const page = await write((route) =>
    signedOut ? route.fulfill({ status: 401, contentType: "application/json", body }) : route.continue(),
  );
  await text(page).getByText("Einde.").click();
  await choose(page);
  const alert = page.getByRole("alert");
  await alert.getByText("Je bent afgemeld. Daarom is kust.png niet geüpload.").waitFor();
  await expect
    .poll(() => alert.getByRole("link", { name: /Meld je aan/ }).getAttribute("href"))
    .toContain("/aanmelden");
  await expect.poll(() => page.getByText("Kijk of je internet hebt").count()).toBe(0);
  signedOut = false;
  await page.getByRole("button", { name: "Probeer kust.png opnieuw" }).click();
  await page.getByRole("dialog", { name: "Beeld" }).waitFor();
}, 60_000);
