import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { startTestApp } from "../support/test-app.ts";
import { mountTrialEditor } from "../support/trial-editor.tsx";
import { allRules, colourRules, misfits, violations } from "./examine.ts";
import { dialogClosed, useBrowser } from "./support.ts";

const server = mountTrialEditor();
const { visitor } = useBrowser();
const phone = { width: 360, height: 740 };

/** Opens the page to write on, with a text in the field. */
async function write(page: Page, body = "", error: string | null = null): Promise<void> {
  Object.assign(server, { fields: { title: "Op weg", body }, error, instead: null });
  await page.goto("/proef");
  await page.locator(".editor").waitFor();
}
const markdown = (page: Page) => page.locator("textarea[name=body]").inputValue();
const text = (page: Page) => page.getByRole("textbox", { name: "Verhaal" });
const focused = (page: Page) => page.evaluate("document.activeElement?.getAttribute('aria-label')");

test("one writes by keyboard only: marks, headings, lists, and the form sends Markdown", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { viewport: { width: 1280, height: 900 } });
  await write(page);
  await page.getByLabel("Titel").focus();
  await page.keyboard.press("Tab");
  await expect.poll(() => focused(page)).toBe("Kop");
  await page.keyboard.press("Tab");
  await page.keyboard.type("## Aan boord\n");
  await page.keyboard.type("Het was ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("koud");
  await page.keyboard.press("Control+b");
  await page.keyboard.type(" en * nat_.");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Alt+F10");
  for (let steps = 0; steps < 6; steps++) await page.keyboard.press("ArrowRight");
  await expect.poll(() => focused(page)).toBe("Opsomming");
  await page.keyboard.press("Enter");
  await expect
    .poll(() => page.getByRole("button", { name: "Opsomming" }).getAttribute("aria-pressed"))
    .toBe("true");
  await page.keyboard.type("touw");
  await page.keyboard.press("Enter");
  await page.keyboard.type("anker");
  await expect
    .poll(() => markdown(page))
    .toBe("## Aan boord\n\nHet was **koud** en \\* nat\\_.\n\n- touw\n- anker");
  await page.keyboard.press("Control+z");
  await expect.poll(() => markdown(page)).not.toContain("anker");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("koud").waitFor();
  expect(server.sent.at(-1)?.body).toContain("**koud**");
}, 60_000);

test("a link is made by keyboard, checked by its shape at once and by the server as a hint", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { viewport: phone });
  await write(page, "Kijk in Ede.");
  await text(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Link" });
  await page.keyboard.type("javascript:alert(1)");
  await page.keyboard.press("Enter");
  await expect.poll(() => dialog.getByText("Dit is geen adres.").count()).toBe(1);
  await expect.poll(() => page.evaluate("document.activeElement?.getAttribute('aria-invalid')")).toBe("true");
  await dialog.getByLabel("Adres").fill("www.weg.nl/a");
  await dialog.getByText("Het adres antwoordt niet: er is geen server.").waitFor();
  expect(server.links.at(-1)).toBe("https://www.weg.nl/a");
  await page.keyboard.press("Enter");
  await dialogClosed(page);
  await expect.poll(() => markdown(page)).toBe("[Kijk in Ede.](https://www.weg.nl/a)");
  await page.locator("[role=textbox]:focus").waitFor();
}, 60_000);

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

test("an image is uploaded and described; decoration is a choice; a refused file says why", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { viewport: phone, mayFail: /beeld$/ });
  await write(page, "Hier:");
  await text(page).click();
  const choose = async (name: string, mimeType: string) => {
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Beeld", exact: true }).click();
    await (await chooser).setFiles({ name, mimeType, buffer: png });
  };
  await choose("kust.png", "image/png");
  const dialog = page.getByRole("dialog", { name: "Beeld" });
  await dialog.getByRole("button", { name: "Beeld plaatsen" }).click();
  await dialog.getByText("Schrijf wat het beeld laat zien").waitFor();
  expect(await violations(page, allRules)).toEqual([]);
  await dialog.getByLabel("Beschrijving").fill("Een [kust] met zand");
  await dialog.getByRole("button", { name: "Beeld plaatsen" }).click();
  await dialogClosed(page);
  await expect.poll(() => markdown(page)).toContain("![Een \\[kust\\] met zand](/proef/kust.svg)");
  await choose("rand.png", "image/png");
  await dialog.getByLabel("Het is alleen versiering").check();
  await dialog.getByRole("button", { name: "Beeld plaatsen" }).click();
  await dialogClosed(page);
  await expect.poll(() => markdown(page)).toContain("![](/proef/kust.svg)");
  await choose("kaart.svg", "image/svg+xml");
  await page.getByRole("alert").getByText("kaart.svg is niet geplaatst. Dit is geen foto.").waitFor();
  await expect.poll(async () => (await markdown(page)).match(/!\[/g)).toHaveLength(2);
}, 60_000);

test("Markdown that the toolbar does not know stays Markdown, with the reason, and nothing is lost", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  const known = "Een [link][a].\n\n[a]: https://ede.nl\n[ongebruikt]: https://weg.nl";
  await write(page, known);
  await page.getByText("Deze tekst heeft Markdown die de opmaakbalk niet kent.").waitFor();
  await expect.poll(() => page.getByRole("textbox", { name: "Verhaal" }).inputValue()).toBe(known);
  await page.getByRole("textbox", { name: "Verhaal" }).fill("Gewoon **vet**.");
  await page.getByRole("button", { name: "Schrijf met opmaak" }).click();
  await expect.poll(() => text(page).locator("strong").textContent()).toBe("vet");
  await page.getByRole("button", { name: "Schrijf in Markdown" }).click();
  await expect
    .poll(() => page.getByRole("textbox", { name: "Verhaal" }).inputValue())
    .toBe("Gewoon **vet**.");
}, 60_000);

test("a text that is only looked at stays letter for letter", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  const loose = "Kop\n===\n\n* een\n* twee\n\nRegel\nen regel __vet__ https://ede.nl";
  await write(page, loose);
  await text(page).click();
  await expect.poll(() => markdown(page)).toBe(loose);
}, 60_000);

test.each(["light", "dark"] as const)(
  "the page passes axe and fits a phone, %s",
  async (colorScheme) => {
    const app = await startTestApp();
    const page = await visitor(app, { colorScheme, viewport: phone });
    const body =
      "## Kop\n\nEen [link](https://ede.nl), **vet**, `code`.\n\n- a\n- b\n\n> citaat\n\n| a | b |\n| - | - |\n| c | d |\n\n[Video: Op zee](https://youtu.be/x)\n\n![Kust](/proef/kust.svg)";
    await write(page, body, "Schrijf iets over Ede.");
    expect(await violations(page, colorScheme === "light" ? allRules : colourRules)).toEqual([]);
    await text(page).locator("td").first().click();
    await page.getByRole("toolbar", { name: "Tabel aanpassen" }).waitFor();
    expect(await violations(page, colorScheme === "light" ? allRules : colourRules)).toEqual([]);
    expect(await misfits(page)).toEqual([]);
    await expect.poll(() => text(page).getAttribute("aria-invalid")).toBe("true");
    await expect
      .poll(() => text(page).getAttribute("aria-describedby"))
      .toBe("field-body-description field-body-error");
    const sizes = await page
      .locator(".tool")
      .evaluateAll((all) =>
        all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect()),
      );
    expect(sizes.filter(({ width, height }) => width < 44 || height < 44)).toEqual([]);
    await page.getByRole("button", { name: "Schrijf in Markdown" }).click();
    expect(await violations(page, colorScheme === "light" ? allRules : colourRules)).toEqual([]);
  },
  60_000,
);

test("without script the field is a textarea that the form sends", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  server.error = null;
  await page.goto("/proef");
  await page.getByRole("textbox", { name: "Verhaal" }).fill("## Zo\n\nook.");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await expect.poll(() => page.getByRole("heading", { name: "Zo" }).count()).toBe(1);
}, 60_000);
