import { HtmlValidate } from "html-validate";
import type { Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { allRules, colourRules, misfits, violations, withoutBorder } from "../../tests/browser/examine.ts";
import { useBrowser } from "../../tests/browser/support.ts";
import { signIn } from "../../tests/support/desk.ts";
import { newsletterOf, subscribers, until } from "../../tests/support/sending.ts";
import { startSmtpSink } from "../../tests/support/smtp-sink.ts";
import { minutes, startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { startSendingLoop } from "../deliveries/loop.ts";
import { desk } from "../desk-paths.ts";

const browser = useBrowser();
const to = desk("nl");
const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  // As the browser writes it down.
  rules: {
    "void-style": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "no-inline-style": "off",
  },
});

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

/** Goes by the Tab key to what has this name, and presses Enter. */
async function press(page: Page, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole("main").locator("a, button, summary").filter({ hasText: name }).first();
  await wanted.waitFor();
  for (let steps = 0; steps < 150; steps++) {
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) {
      await page.keyboard.press("Enter");
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`The Tab key does not come to ${name}`);
}

async function start(options: Parameters<typeof browser.visitor>[1] = {}) {
  const sink = await startSmtpSink();
  const app = await startTestApp({
    env: { SMTP_URL: sink.url, SEND_RATE: "200", SEND_RATE_DOMAIN: "200" },
  });
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 40);
  const { id: initiativeId } = await app.given.initiative({ slug: "haven", name: "Haven" });
  await app.given.update({ initiativeId, slug: "boot", title: "De boot vaart" });
  const editor = await signIn(app, "editor", { email: "ed@example.org", name: "Noor" });
  const page = await browser.visitor(app, {
    viewport: { width: 360, height: 740 },
    // A colour on its way to another is neither of the two.
    reducedMotion: "reduce",
    ...options,
  });
  await page.context().addCookies([{ name: "archipel-beheer", value: editor.token, url: app.origin }]);
  return { app, sink, editor, page, newsletterId };
}

/** The update that is picked, as the list calls it. */
const updateIn = async (page: Page): Promise<string> =>
  (await page
    .getByRole("option", { name: /^De boot vaart/ })
    .first()
    .textContent()) ?? "";

/** From the newsletter to the page where an edition is sent, with something written. */
async function writeEdition(page: Page, newsletterId: string): Promise<void> {
  await page.goto(to.one("newsletters", newsletterId));
  await press(page, "Nieuwe editie");
  await page.locator("[name='subject.nl']").fill("Wat we leerden in de haven");
  await page.locator("[name='preheader.nl']").fill("Drie plekken waar het al lukt");
  const intro = page.getByRole("group", { name: "Begin van de nieuwsbrief" });
  await intro.locator("[contenteditable=true]").first().click();
  await page.keyboard.type("We waren drie dagen op pad.");
  await page.getByRole("button", { name: "Update toevoegen" }).click();
  await page.getByLabel("Update", { exact: true }).selectOption({ label: await updateIn(page) });
  await page.getByRole("button", { name: "Bewaren en verder naar versturen" }).click();
  await page.getByRole("heading", { level: 1, name: "Wat we leerden in de haven" }).waitFor();
}

function startSending(app: TestApp): void {
  const loop = startSendingLoop(app.ctx, 50);
  onTestFinished(loop.stop);
}

test("on a phone, by keyboard: from writing to the archive, seen while it goes out", async () => {
  const { app, sink, page, newsletterId } = await start();
  await page.goto(to.section("newsletters"));
  await expectSound(page);
  await page.goto(to.one("newsletters", newsletterId));
  await expectSound(page);
  await writeEdition(page, newsletterId);
  const edition = page.url();
  await expectSound(page);
  await press(page, "Een deel van de abonnees kiezen");
  await expectSound(page);
  await press(page, "Links nakijken");
  await page.getByText("2 links nagekeken: ze werken allemaal.").waitFor(); // the update's, and /mijn
  await expect.poll(() => page.title()).toContain("De links zijn nagekeken");
  await page.locator("#links:focus").waitFor();
  await expectSound(page);

  await press(page, "Stuur mij een proef");
  await page.getByRole("status").filter({ hasText: "De proef is onderweg" }).waitFor();
  await app.work();
  expect(sink.received.map(({ mail, envelope }) => [mail.subject, envelope.to])).toEqual([
    ["[Proef] Wat we leerden in de haven", ["ed@example.org"]],
  ]);

  await press(page, "Bekijk de mail");
  await page.getByRole("heading", { level: 1, name: "Zo komt hij aan" }).waitFor();
  await page.frameLocator(".edition-frame--phone").getByText("Dag Noor,").waitFor();
  await press(page, "Donker");
  await page.waitForURL(/beeld=dark/);
  await expectSound(page);
  const band = await page
    .frameLocator(".edition-frame--phone")
    .locator(".page")
    .evaluate((element) => getComputedStyle(element).backgroundColor);
  expect(band).not.toBe("rgba(0, 0, 0, 0)");
  await page.goto(edition);

  await press(page, "Inplannen");
  await page.getByRole("heading", { level: 1, name: "Inplannen" }).waitFor();
  await expectSound(page);
  await page.goto(edition);
  await press(page, /^Nu versturen aan 40 mensen$/);
  await page.getByRole("status").filter({ hasText: "Over een minuut" }).waitFor();
  await page.getByText(/Nog \d+ seconden/).waitFor();
  await expectSound(page);

  startSending(app);
  sink.behave((address) =>
    address.startsWith("lezer-7@") ? { kind: "refuse", at: "recipient", code: 550 } : { kind: "accept" },
  );
  app.advance(minutes(1));
  await page.getByRole("heading", { name: "De editie is verstuurd" }).waitFor();
  await expect.poll(() => page.locator("[data-figure=sent]").innerText()).toBe("39");
  await expect.poll(() => page.locator("[data-figure=refused]").innerText()).toBe("1");
  await expect.poll(() => page.locator("[data-figure=audience]").innerText()).toBe("40");
  await expectSound(page);
  await page.goto(to.one("newsletters", newsletterId));
  await expectSound(page);
  expect(sink.received).toHaveLength(1 + 39);

  const mail = sink.received.find(({ envelope }) => envelope.to[0]?.startsWith("lezer-1@"))?.mail;
  expect(mail?.text).toContain("Dag Lezer 1,");
  expect(mail?.html).toContain("De boot vaart");
  const archive = /Lees deze mail op de site:\s+(\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
  await page.goto(archive);
  await page.getByRole("heading", { level: 1, name: "Wat we leerden in de haven" }).waitFor();
  await page.getByText("We waren drie dagen op pad.").waitFor();
  await expect.poll(() => page.getByRole("main").innerText()).not.toContain("Lezer 1");
  await page.getByRole("link", { name: "De boot vaart" }).click();
  await page.getByRole("heading", { level: 1, name: "De boot vaart" }).waitFor();
}, 120_000);

test("the figures grow while it is sent, and it is stopped and goes on by keyboard", async () => {
  const { app, sink, page, newsletterId } = await start();
  await writeEdition(page, newsletterId);
  await press(page, /^Nu versturen/);
  await page.getByText(/Nog \d+ seconden/).waitFor();
  sink.behave({ kind: "stall" });
  startSending(app);
  app.advance(minutes(1));
  await page.getByRole("heading", { name: "De editie wordt verstuurd" }).waitFor();
  await until("a mail on its way", async () => sink.tries.length >= 1);
  await expectSound(page);
  await press(page, "Stoppen");
  await page.getByRole("heading", { name: "Het versturen is gestopt" }).waitFor();
  sink.behave({ kind: "accept" });
  sink.answerStalled();
  await until("what was on its way to be written", async () => sink.received.length >= 1);
  expect(sink.received.length).toBeLessThan(40);
  await press(page, "Verder versturen");
  await page.getByRole("heading", { name: "De editie is verstuurd" }).waitFor();
  await expect.poll(() => page.locator("[data-done]").innerText()).toBe("40 van 40 verstuurd");
  expect(sink.received).toHaveLength(40);
}, 120_000);

test("without script the seconds stand on the page, which is read again", async () => {
  const { page, newsletterId, app } = await start({ javaScriptEnabled: false });
  await page.goto(to.one("newsletters", newsletterId));
  await page.getByRole("button", { name: "Nieuwe editie" }).click();
  await page.locator("[name='subject.nl']").fill("Zonder script");
  await page.locator("[name='intro.nl']").fill("Dag.");
  await page.getByRole("button", { name: "Bewaren en verder naar versturen" }).click();
  await page.getByRole("button", { name: /^Nu versturen/ }).click();
  await page.getByText("Nog 60 seconden").waitFor();
  app.advance(20_000);
  await page.getByRole("link", { name: "Kijk opnieuw" }).click();
  await page.getByText("Nog 40 seconden").waitFor();
  await page.getByRole("button", { name: "Ongedaan maken" }).click();
  await page.getByRole("status").filter({ hasText: "Ongedaan gemaakt" }).waitFor();
  await expectSoundWithoutScript(page);
}, 60_000);

/** axe-core needs script; the markup can be looked at without. */
async function expectSoundWithoutScript(page: Page): Promise<void> {
  const report = await validator.validateString(await page.content());
  expect(report.results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
}
