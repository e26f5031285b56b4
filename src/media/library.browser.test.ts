import { HtmlValidate } from "html-validate";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { allRules, colourRules, misfits, violations, withoutBorder } from "../../tests/browser/examine.ts";
import { useBrowser } from "../../tests/browser/support.ts";
import { signIn } from "../../tests/support/desk.ts";
import { flag } from "../../tests/support/images.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const browser = useBrowser();
const to = desk("nl");
const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  // As the browser writes it down, where the script has put the marker in its place.
  rules: { "void-style": "off", "attribute-boolean-style": "off", "no-inline-style": "off" },
});

async function start(options: Parameters<typeof browser.visitor>[1] = {}) {
  const app = await startTestApp();
  const editor = await signIn(app, "editor");
  const page = await browser.visitor(app, { viewport: { width: 320, height: 700 }, ...options });
  await page.context().addCookies([{ name: "archipel-beheer", value: editor.token, url: app.origin }]);
  return { app, editor, page };
}

const choose = async (page: Page, bytes: Buffer, name = "Haven van Zoë.png") =>
  page.getByLabel("Kies een beeld").setInputFiles({ name, mimeType: "image/png", buffer: bytes });
const send = (page: Page, button: string) => page.getByRole("button", { name: button, exact: true }).click();

/** Everything that is held against a page, in its present state. */
async function expectSound(page: Page): Promise<void> {
  const report = await validator.validateString(await page.content());
  const messages = report.results.flatMap((result) => result.messages);
  expect(messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`)).toEqual([]);
  expect(await violations(page, allRules)).toEqual([]);
  expect(await misfits(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page, colourRules)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
  expect(await withoutBorder(page)).toEqual([]);
  await page.emulateMedia({ forcedColors: "none" });
}

test("on a phone an editor adds an image, says what it shows, and clicks what has to stay in view", async () => {
  const { app, page } = await start();
  await page.goto(to.one("images", "-"));
  await expectSound(page);
  await send(page, "Toevoegen");
  await page.getByRole("alert").waitFor();
  await expect.poll(() => page.title()).toMatch(/^1 foutmelding/);
  await page
    .getByRole("alert")
    .getByRole("link", { name: /Kies eerst een beeld/ })
    .click();
  await expectSound(page);

  await choose(page, await flag(1600, 900).png().toBuffer());
  await send(page, "Toevoegen");
  await page.getByRole("status").filter({ hasText: "Het beeld is toegevoegd" }).waitFor();
  await expectSound(page);
  await send(page, "Bewaren");
  await expect.poll(() => page.getByRole("alert").innerText()).toContain("Kies of je het beeld beschrijft");
  await expectSound(page);

  await page.getByLabel("Het laat iets zien: ik beschrijf het").check();
  await page.getByLabel("Beschrijving", { exact: true }).fill("Een haven bij ochtendlicht");
  const picture = page.getByRole("img", { name: "Het beeld waarin je kiest" });
  const box = (await picture.boundingBox())!;
  await picture.click({ position: { x: box.width / 4, y: box.height * 0.9 } });
  await expect.poll(() => page.getByLabel("Een eigen punt").isChecked()).toBe(true);
  await send(page, "Bewaren");
  await page.getByRole("status").filter({ hasText: "Bewaard" }).waitFor();

  const row = await app.ctx.db.selectFrom("media").selectAll().executeTakeFirstOrThrow();
  expect(row.alt).toEqual({ nl: "Een haven bij ochtendlicht" });
  expect([row.focal_x, row.focal_y].map((share) => share.toFixed(1))).toEqual(["0.3", "0.9"]);
  const marker = (await page.locator(".media-focal__point").boundingBox())!;
  const shown = (await picture.boundingBox())!;
  expect(Math.abs(marker.x + marker.width / 2 - (shown.x + row.focal_x * shown.width))).toBeLessThan(3);
  expect(Math.abs(marker.y + marker.height / 2 - (shown.y + row.focal_y * shown.height))).toBeLessThan(3);

  await page.goto(to.one("images", "-"));
  await page.getByRole("link", { name: "Een haven bij ochtendlicht" }).waitFor();
  await expectSound(page);
});

test("without a script, by keyboard alone: decoration, cut at the top right, and removed again", async () => {
  const { app, page } = await start({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  await page.goto(to.section("images"));
  await page.getByRole("link", { name: "Beelden van de beweging" }).press("Enter");
  await choose(page, await flag(400, 300).png().toBuffer());
  await page.getByRole("button", { name: "Toevoegen" }).press("Enter");
  const picture = page.getByRole("img", { name: "Het beeld waarin je kiest" });
  await expect
    .poll(async () => (await picture.boundingBox())!.width, { message: "one sees what one describes" })
    .toBeGreaterThan(300);
  await page.getByLabel("Het is versiering").press("Space");
  await page.getByLabel("Midden").press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect.poll(() => page.getByLabel("Rechtsboven").isChecked()).toBe(true);
  await page.getByRole("button", { name: "Bewaren" }).press("Enter");
  await page.getByText("Bewaard.").waitFor();
  const row = await app.ctx.db.selectFrom("media").selectAll().executeTakeFirstOrThrow();
  expect(row).toMatchObject({ decorative: true, alt: null, focal_x: 0.85, focal_y: 0.15 });
  await page.getByRole("button", { name: "Beeld verwijderen" }).press("Enter");
  await page.getByText("Er zijn nog geen beelden.").waitFor();
});

test("a browser takes the best format in the size of its place, and nothing on the page moves for it", async () => {
  const { app, editor, page } = await start({ viewport: { width: 1280, height: 900 } });
  const form = new FormData();
  form.set("file", new File([new Uint8Array(await flag(1600, 900).png().toBuffer())], "haven.png"));
  const upload = to.part("images", "-", "upload");
  const headers = { ...editor.headers, accept: "application/json" };
  const added = await app.request(upload, { method: "POST", body: form, headers });
  const { src } = (await added.json()) as { src: string };
  const { id: initiativeId } = await app.given.initiative({ slug: "haven" });
  const image = src.replace("/media/", "");
  await app.given.update({
    initiativeId,
    slug: "haven",
    title: "De haven",
    image,
    imageAlt: "Haven",
    body: `![Kade](${src})`,
  });
  await page.goto("/initiatieven/haven/updates/haven");
  for (const name of ["Haven", "Kade"]) {
    const shown = page.getByRole("img", { name });
    await shown.scrollIntoViewIfNeeded();
    const kept = (await shown.boundingBox())!;
    await page.waitForFunction(
      (name) => document.querySelector<HTMLImageElement>(`img[alt="${name}"]`)?.naturalWidth,
      name,
    );
    await expect
      .poll(() => shown.evaluate((element: HTMLImageElement) => element.currentSrc))
      .toMatch(/\/(640|960)\.avif$/);
    await expect.poll(() => shown.boundingBox()).toEqual(kept);
    expect(Math.abs(kept.width / kept.height - 16 / 9)).toBeLessThan(0.05);
  }
  await expectSound(page);
});
