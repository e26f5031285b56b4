import type { BrowserContextOptions } from "playwright-core";
import { expect, test } from "vitest";
import { allRules, violations } from "../../tests/browser/examine.ts";
import { useBrowser } from "../../tests/browser/support.ts";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { hours, minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";
import { updateDocument } from "../updates/document.ts";
import { writingJobs } from "./jobs.ts";
import { DocumentKinds } from "./kinds.ts";

const browser = useBrowser();
const to = desk("nl");
const story = { "title.nl": "Thee", "summary.nl": "Samen thee.", "body.nl": "Wij dronken thee." };
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };
const live = paths("nl").island("theehuis").update("thee");

/** An island with its team; a page of the workplace in a browser of whoever signed in. */
async function team(now?: Date) {
  const app = await startTestApp(now ? { now } : {});
  const island = await app.given.initiative({ slug: "theehuis", name: "Het Theehuis" });
  const anna = await signIn(app, "lead", { initiativeId: island.id, name: "Anna" });
  const bram = await signIn(app, "island-editor", { initiativeId: island.id, name: "Bram" });
  const draft = async () => {
    const path = (await anna.post(to.newDocument("update", island.id))).headers.get("location")!;
    await anna.post(`${path}/bewaren`, { version: "1", ...story });
    return path;
  };
  return { app, anna, bram, draft };
}

async function pageOf(app: TestApp, { token }: Colleague, options: BrowserContextOptions = {}) {
  const page = await browser.visitor(app, options);
  await page.context().addCookies([{ name: "archipel-beheer", value: token, url: app.origin }]);
  return page;
}

const widthBeyond = (page: Awaited<ReturnType<typeof pageOf>>) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test("an update is written and published on a phone", async () => {
  const { app, anna } = await team();
  const page = await pageOf(app, anna, phone);
  await page.goto(to.section("updates"));
  expect(await violations(page, allRules)).toEqual([]);
  await page.getByRole("button", { name: "Nieuwe update" }).tap();
  await page.getByRole("group", { name: "Titel" }).getByLabel("Nederlands").fill("Thee in de trein");
  const summary = page.getByRole("group", { name: "Samenvatting" });
  await summary.getByLabel("Nederlands").fill("Geschreven onderweg.");
  const text = page.getByRole("group", { name: "Tekst" }).locator("[contenteditable=true]").first();
  await text.tap();
  await page.keyboard.type("Wij dronken thee.");
  await page.getByText("Bewaard op").waitFor();
  expect(await widthBeyond(page)).toBe(0);
  expect(await violations(page, allRules)).toEqual([]);

  await page.getByRole("button", { name: "Voorbeeld" }).tap();
  await page.getByText("Dit is een voorbeeld").waitFor();
  await page.getByText("Wij dronken thee.").waitFor();
  expect(await violations(page, allRules)).toEqual([]);
  await page.getByRole("link", { name: "Terug naar het schrijven" }).tap();
  await page.getByRole("button", { name: "Publiceren" }).tap();
  await page.getByText("Dit staat op de site.").waitFor();
  await expect.poll(() => page.title()).toContain("Gepubliceerd");
  const out = await app.get(paths("nl").island("theehuis").update("thee-in-de-trein"));
  expect(await out.text()).toContain("Wij dronken thee.");
}, 60_000);

test("an update is scheduled across the change to summer time", async () => {
  const { app, anna, draft } = await team(new Date("2027-03-27T20:00:00Z"));
  const path = await draft();
  const page = await pageOf(app, anna);
  await page.goto(path);
  await page.getByRole("button", { name: "Inplannen" }).click();
  const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("heading", { name: "Wanneer gaat het uit?" }).waitFor();
  await expect.poll(() => page.getByLabel("Uur", { exact: true }).inputValue()).toBe("09");
  await fill("Uur", "02");
  await fill("Minuut", "30");
  await page.getByRole("button", { name: "Inplannen" }).click();
  const problem = page.getByRole("link", { name: /gaat de klok van 02:00 meteen naar 03:00/ });
  await problem.waitFor();
  expect(await violations(page, allRules)).toEqual([]);
  await problem.click();
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("hour");
  await fill("Uur", "03");
  await page.getByRole("button", { name: "Inplannen" }).click();
  await page.getByText("Op 28 maart 2027 om 03:30 (Nederlandse tijd)").waitFor();

  const everyMinute = writingJobs(new DocumentKinds(updateDocument)).find(
    ({ name }) => name === "writing.due",
  );
  app.advance(hours(5) + minutes(29));
  await everyMinute?.run(app.ctx, {});
  expect((await app.get(live)).status).toBe(404);
  app.advance(minutes(1));
  await everyMinute?.run(app.ctx, {});
  await page.reload();
  await page.getByText("Dit staat op de site.").waitFor();
  await page.goto(live);
  await page.getByText("28 maart 2027").first().waitFor();
}, 60_000);

test("two people write at once: the second sees who changed what before anything is overwritten", async () => {
  const { app, anna, bram, draft } = await team();
  const path = await draft();
  for (const javaScriptEnabled of [true, false]) {
    const page = await pageOf(app, anna, { javaScriptEnabled });
    await page.goto(path);
    const version = await page.locator("form#tekst").getAttribute("data-version");
    const theirs = `Bram was hier ${javaScriptEnabled}.`;
    await bram.post(`${path}/bewaren`, { version: version!, ...story, "summary.nl": theirs });
    const summary = page.getByRole("group", { name: "Samenvatting" }).getByLabel("Nederlands");
    await summary.fill("Anna schrijft hier.");
    if (!javaScriptEnabled) await page.getByRole("button", { name: "Bewaren", exact: true }).click();
    await page.getByRole("heading", { name: /Bram/ }).waitFor();
    await expect
      .poll(() => summary.inputValue(), { message: "hers is still there" })
      .toBe("Anna schrijft hier.");
    expect(await (await bram.get(path)).text(), "his is still saved").toContain(theirs);
    if (javaScriptEnabled) {
      expect(await violations(page, allRules)).toEqual([]);
      continue;
    }
    await expect
      .poll(() => page.locator("[data-difference='summary.nl'] del").first().innerText())
      .not.toBe("");
    await page.getByRole("button", { name: "De andere tekst nemen" }).click();
    await expect.poll(() => summary.inputValue()).toBe(theirs);
    await page.goto(`${path}/versies`);
    await expect
      .poll(() => page.getByText("Teruggezet").count(), { message: "hers stays among the versions" })
      .toBe(1);
  }
}, 60_000);

test("an earlier revision is compared and put back", async () => {
  const { app, anna, draft } = await team();
  const path = await draft();
  app.advance(minutes(30));
  await anna.post(`${path}/bewaren`, { version: "2", ...story, "body.nl": "Wij dronken koffie." });
  const page = await pageOf(app, anna);
  await page.goto(path);
  await page.getByRole("link", { name: "Versies" }).click();
  expect(await violations(page, allRules)).toEqual([]);
  await page.getByRole("button", { name: "De gekozen versies vergelijken" }).click();
  const change = page.locator("[data-difference='body.nl']");
  await expect.poll(() => change.locator("del").innerText()).toBe("thee");
  await expect.poll(() => change.locator("ins").innerText()).toBe("koffie");
  expect(await violations(page, allRules)).toEqual([]);
  await page.getByRole("button", { name: "Terugzetten: versie 2" }).click();
  await page.getByText("Teruggezet in je concept").waitFor();
  await page.locator("[contenteditable=true]").first().getByText("Wij dronken thee.").waitFor();
}, 60_000);
