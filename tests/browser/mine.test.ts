import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { paths } from "../../src/paths.ts";
import { busy, doEverything, ownNetworks } from "../support/mine.ts";
import { minutes, startTestApp, type TestApp } from "../support/test-app.ts";
import { allRules, misfits, violations } from "./examine.ts";
import { focusOn, ownHost, useBrowser } from "./support.ts";

const { visitor } = useBrowser();
const to = paths("nl");
const ways = [
  { way: "with JavaScript", javaScriptEnabled: true },
  { way: "without JavaScript", javaScriptEnabled: false },
];
const phone = { width: 360, height: 740 };

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name }).first().click();

async function start() {
  const app = await startTestApp({ env: ownNetworks });
  await doEverything(app);
  return app;
}

async function newestCode(app: TestApp) {
  await app.work();
  const { text } = (await app.mailbox(busy.email)).at(-1)!;
  return { code: text.match(/\b\d{6}\b/)![0], link: text.match(/https?:\S+\/openen\/\S+/)![0] };
}

test.each(ways)("somebody comes in, changes, takes along and erases, $way", async ({ javaScriptEnabled }) => {
  const app = await start();
  const page = await visitor(app, { javaScriptEnabled, viewport: phone });
  await page.goto(ownHost(app));
  await page.getByRole("contentinfo").getByRole("link", { name: "Mijn archipel" }).click();
  await heading(page, "Mijn archipel");
  await expect
    .poll(() => new URL(page.url()).origin, { message: "the movement's, from an island's own host" })
    .toBe(app.origin);
  await page.getByLabel("E-mailadres").fill(busy.email);
  await press(page, "Stuur mij een code");
  await heading(page, "Kijk in je mail");
  await page.reload();
  await heading(page, "Kijk in je mail");
  await page.getByLabel("Code uit de mail").fill("12345");
  await press(page, "Open mijn gegevens");
  await page.getByRole("alert").waitFor();
  await expect.poll(() => page.title()).toMatch(/^1 foutmelding/);
  await page.getByLabel("Code uit de mail").fill((await newestCode(app)).code);
  await press(page, "Open mijn gegevens");
  await heading(page, "Mijn archipel");

  await page.getByLabel("Tel mij alleen mee").check();
  await press(page, "Bewaar");
  await page.getByRole("status").getByText("Zo sta je nu onder het manifest.").waitFor();
  await expect.poll(() => page.title()).toContain("Zo sta je nu onder het manifest.");
  await expect.poll(() => page.getByLabel("Tel mij alleen mee").isChecked()).toBe(true);
  await press(page, "Trek dit aanbod in (Slimmernetwerk)");
  await page.getByText("Je hebt het ingetrokken").waitFor();
  await press(page, "Meld me af");
  await page.getByText("Je bent afgemeld.", { exact: true }).waitFor();

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Als tabel (CSV)" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("mijn-gegevens.csv");
  expect(readFileSync(await download.path(), "utf8")).toContain("Ik, Kleurrijk, teken kaarten");

  await page.getByRole("link", { name: "Naar alles wissen" }).click();
  await heading(page, "Wis alles wat we van je bewaren");
  await press(page, "Wis alles");
  await heading(page, "Alles is gewist");
  await expect.poll(() => page.context().cookies()).toEqual([]);
  await page.goto(to.mine);
  await page.getByRole("button", { name: "Stuur mij een code" }).waitFor();
});

test("the link opens on another device, and closing there ends that visit alone", async () => {
  const app = await start();
  const desk = await visitor(app);
  await desk.goto(to.mine);
  await desk.getByLabel("E-mailadres").fill(busy.email);
  await press(desk, "Stuur mij een code");
  const telephone = await visitor(app, { viewport: phone });
  await telephone.goto((await newestCode(app)).link);
  await heading(telephone, "Open je gegevens");
  await press(telephone, "Open mijn gegevens");
  await heading(telephone, "Mijn archipel");

  app.advance(minutes(1));
  await desk.goto(to.mine);
  await desk.getByLabel("E-mailadres").fill(busy.email);
  await press(desk, "Stuur mij een code");
  await desk.getByLabel("Code uit de mail").fill((await newestCode(app)).code);
  await press(desk, "Open mijn gegevens");
  await desk.getByRole("button", { name: "Sluit af" }).waitFor();

  await press(telephone, "Sluit af");
  await telephone.getByText("Je hebt je gegevens afgesloten.").waitFor();
  await telephone.goBack();
  await telephone.goto(to.mine);
  await telephone.getByRole("button", { name: "Stuur mij een code" }).waitFor();
  await desk.reload();
  await desk.getByRole("button", { name: "Sluit af" }).waitFor();
});

test("all of it works by keyboard, and holds for axe on a phone", async () => {
  const app = await start();
  const page = await visitor(app, { viewport: phone });
  const tabTo = async (name: string | RegExp, role: "textbox" | "button" | "link" | "radio") => {
    const wanted = page.getByRole(role, { name }).first();
    for (let steps = 0; steps < 90; steps++) {
      await page.keyboard.press("Tab");
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`No way to ${name} by keyboard`);
  };
  const examine = async () => {
    expect(await violations(page, allRules)).toEqual([]);
    expect(await misfits(page)).toEqual([]);
  };
  await page.goto(to.mine);
  await examine();
  await tabTo(/E-mailadres/, "textbox");
  await page.keyboard.type(busy.email);
  await page.keyboard.press("Enter");
  await heading(page, "Kijk in je mail");
  await examine();
  await tabTo(/Code uit de mail/, "textbox");
  await page.keyboard.type("000");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await focusOn(page, "mine-errors");
  await examine();
  await tabTo(/Code uit de mail/, "textbox");
  await page.keyboard.press("Control+A");
  await page.keyboard.type((await newestCode(app)).code);
  await page.keyboard.press("Enter");
  await heading(page, "Mijn archipel");
  await examine();
  await tabTo("Met mijn naam", "radio");
  await page.keyboard.press("ArrowDown");
  await tabTo("Bewaar", "button");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Zo sta je nu").waitFor();
  await expect.poll(() => page.getByLabel("Alleen met mijn functie en organisatie").isChecked()).toBe(true);
  await examine();
  await tabTo("Naar alles wissen", "link");
  await page.keyboard.press("Enter");
  await heading(page, "Wis alles wat we van je bewaren");
  await examine();
  await tabTo("Wis alles", "button");
  await page.keyboard.press("Enter");
  await heading(page, "Alles is gewist");
  await examine();
});
