import { expect, test } from "vitest";
import { paths } from "../../src/paths.ts";
import { linkIn } from "../support/acts.ts";
import { signAndConfirm } from "../support/signing.ts";
import { startTestApp } from "../support/test-app.ts";
import { useBrowser } from "./support.ts";

const to = paths("nl");
const { visitor } = useBrowser();

/** The page's active element, by its id. */
const focused = "document.activeElement?.id";

test("a visitor signs with suggestions and a counter, with the newsletter and two initiatives, by one mail", async () => {
  const app = await startTestApp();
  await signAndConfirm(app, { organisation: "Gemeente Roosendaal", email: "eerder@voorbeeld.nl" });
  const page = await visitor(app, { viewport: { width: 360, height: 740 } });
  await page.goto(to.manifesto);
  await page.getByRole("link", { name: "Ik onderteken" }).click();
  await page.getByRole("textbox", { name: "Naam" }).fill("Nieke Nieuw");
  await page.getByRole("textbox", { name: "E-mailadres" }).fill("nieke@voorbeeld.nl");
  await page.getByRole("combobox", { name: "Organisatie" }).pressSequentially("roos");
  await expect
    .poll(() =>
      page.locator("datalist option").evaluateAll((all) => all.map((one) => one.getAttribute("value"))),
    )
    .toEqual(["Gemeente Roosendaal"]);
  const motivation = page.getByRole("textbox", { name: "Waarom onderteken je?" });
  await motivation.fill("é".repeat(281));
  await expect.poll(() => page.locator(".counter").textContent()).toBe("Te veel tekens: 1");
  await motivation.fill("Omdat het kan.");
  await expect.poll(() => page.locator(".counter").textContent()).toBe("Nog over: 266");
  await page.getByRole("radio", { name: "Met mijn naam" }).check();
  await page.getByRole("checkbox", { name: "Leren" }).check();
  await page.getByRole("checkbox", { name: "Ja, stuur mij ook de nieuwsbrief" }).check();
  await page.getByRole("checkbox", { name: "Agenda Stad" }).check();
  await page.getByRole("checkbox", { name: "City Deals" }).check();
  await page.getByRole("textbox", { name: "Wat kun je bieden?" }).fill("Een zaal in Ede.");
  await page.getByRole("button", { name: "Ik onderteken" }).click();
  await page.waitForURL(`**${to.checkMail}`);

  await app.work();
  const mails = await app.mailbox("nieke@voorbeeld.nl");
  expect(mails).toHaveLength(1);
  expect(mails[0]?.text.match(/^\s*[-*•] /gm)).toHaveLength(4);
  await page.goto(linkIn(mails[0]!, "/bevestigen/"));
  await page.getByRole("button", { name: "Alles hiervan deed ik" }).click();
  await page.waitForURL("**/manifest/bedankt/**");
  await expect.poll(() => page.getByRole("heading", { level: 1 }).textContent()).toContain("Dank je wel");
  const counts = await Promise.all(
    (["signatures", "subscriptions", "participations"] as const).map(async (table) => {
      const rows = await app.ctx.db.selectFrom(table).select("person_id").execute();
      return rows.length;
    }),
  );
  expect(counts).toEqual([2, 1, 2]);
});

test("a mistake brings the focus to what is wrong, and the keyboard to the field", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { viewport: { width: 360, height: 740 } });
  await page.goto(to.manifesto);
  await page.getByRole("textbox", { name: "Naam" }).fill("Nieke");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(focused)).toBe("sign-errors");
  const seen = await page.locator("#sign-errors").evaluate((box) => box.getBoundingClientRect().top);
  expect(seen).toBeGreaterThanOrEqual(0);
  expect(seen).toBeLessThan(740);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(focused)).toBe("sign-email");
  await expect.poll(() => page.getByRole("textbox", { name: "Naam" }).inputValue()).toBe("Nieke");
});

test("without script one signs as well, and invites a colleague", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  await page.goto(to.manifesto);
  await page.getByRole("textbox", { name: "Naam" }).fill("Nieke Nieuw");
  await page.getByRole("textbox", { name: "E-mailadres" }).fill("nieke@voorbeeld.nl");
  await page.getByRole("radio", { name: "Tel mij alleen mee" }).check();
  await page.getByRole("button", { name: "Ik onderteken" }).click();
  await app.work();
  const [mail] = await app.mailbox("nieke@voorbeeld.nl");
  await page.goto(linkIn(mail!, "/bevestigen/"));
  await page.getByRole("button", { name: "Ja, dat klopt" }).click();
  const link = await page.getByRole("textbox", { name: "Jouw link" }).inputValue();
  await page.getByRole("checkbox", { name: "Laat bij mijn link zien" }).check();
  await page.getByRole("button", { name: "Bewaar deze keuze" }).click();
  await expect
    .poll(() => page.getByRole("checkbox", { name: "Laat bij mijn link zien" }).isChecked())
    .toBe(true);
  const wide = await page.evaluate("document.documentElement.scrollWidth");
  expect(wide).toBeLessThanOrEqual(320);
  await page.goto(link);
  await expect
    .poll(() => page.locator(".notice").first().textContent())
    .toContain("Nieke Nieuw nodigt je uit");
});

test("the link to invite with is copied by a button", async () => {
  const app = await startTestApp();
  const path = await signAndConfirm(app);
  const page = await visitor(app, { permissions: ["clipboard-read", "clipboard-write"] });
  await page.goto(path);
  await page.getByRole("button", { name: "Kopieer" }).first().click();
  await page.getByText("Gekopieerd").waitFor();
  const copied = await page.evaluate("navigator.clipboard.readText()");
  expect(copied).toBe(await page.getByRole("textbox", { name: "Jouw link" }).inputValue());
});
