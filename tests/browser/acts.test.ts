import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { paths } from "../../src/paths.ts";
import { linkIn, rejectLinkIn } from "../support/acts.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { focusOn, ownHost, useBrowser } from "./support.ts";

const { visitor } = useBrowser();
const to = paths("nl");
const sanne = "sanne@example.org";

/** Each act is told twice: by a visitor whose browser runs scripts, and by one whose doesn't. */
const ways = [
  { way: "with JavaScript", javaScriptEnabled: true },
  { way: "without JavaScript", javaScriptEnabled: false },
];
const places = [
  { place: "the movement's home", start: () => to.home },
  { place: "an island's home", start: () => to.island("slimmernetwerk").home },
  { place: "an island's own host", start: (app: TestApp) => ownHost(app) },
];

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name }).click();

/** What the focus is on. */
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);

async function subscribe(page: Page, start: string, email = sanne): Promise<void> {
  await page.goto(start);
  await page.getByLabel("E-mailadres", { exact: true }).fill(email);
  await page.getByLabel("Naam").fill("Sanne");
  await page.getByLabel("Ja, stuur mij de nieuwsbrief").check();
  await press(page, "Meld me aan");
  await heading(page, "Kijk in je mail");
}

/** The links of the newest mail that somebody got, as they stand in it. */
async function newestMail(app: TestApp, address: string) {
  await app.work();
  const mail = (await app.mailbox(address)).at(-1);
  expect(mail, `a mail to ${address}`).toBeDefined();
  return mail!;
}
const linkWith = (mail: { text: string }, part: string) =>
  mail.text.match(/https?:\/\/\S+/g)!.find((link) => new URL(link).pathname === linkIn(mail, part))!;

for (const { place, start } of places)
  test.each(ways)(`subscribing on ${place}, $way, until the last goodbye`, async ({ javaScriptEnabled }) => {
    const app = await startTestApp();
    const page = await visitor(app, { javaScriptEnabled });
    await subscribe(page, start(app));

    const link = linkWith(await newestMail(app, sanne), "/bevestigen/");
    expect(new URL(link).origin).toBe(new URL(page.url()).origin);
    await page.goto(link);
    await heading(page, "Bevestig dat jij het bent");
    await press(page, "Ja, dat klopt");
    await heading(page, "Gelukt");
    await expect.poll(() => page.title()).toContain("Gelukt");

    const welcome = await newestMail(app, sanne);
    expect(welcome.subject).toContain("Welkom");
    await page.goto(linkWith(welcome, "/afmelden/"));
    await press(page, "Ja, meld me af");
    await heading(page, "Je bent afgemeld");
    await page.reload();
    await heading(page, "Je bent afgemeld");
  });

test("a page confirms nothing by itself, however often it is looked at", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await subscribe(page, to.newsletter);
  const link = linkWith(await newestMail(app, sanne), "/bevestigen/");

  // A tab that opens in the background. Headless Chromium shows every tab, so the test says what it would say.
  await page.addInitScript(() => {
    const opened = { hidden: true };
    Object.defineProperty(document, "visibilityState", { get: () => (opened.hidden ? "hidden" : "visible") });
    addEventListener("come-forward", () => {
      opened.hidden = false;
      document.dispatchEvent(new Event("visibilitychange"));
    });
  });
  await page.goto(link);
  await page.evaluate(() => dispatchEvent(new Event("come-forward")));
  await page.waitForLoadState("networkidle");
  await page.reload();
  await heading(page, "Bevestig dat jij het bent");
  await app.work();
  await expect.poll(() => app.mailbox(sanne)).toHaveLength(1);

  await press(page, "Ja, dat klopt");
  await heading(page, "Gelukt");
  await expect.poll(async () => (await newestMail(app, sanne)).subject).toContain("Welkom");
});

test.each(ways)(
  "of several acts one ticks what is right, by keyboard, $way",
  async ({ javaScriptEnabled }) => {
    const app = await startTestApp();
    const page = await visitor(app, { javaScriptEnabled });
    await app.post(to.island("agenda-stad").contact, {
      ...{ kind: "idea", text: "Een idee", name: "Sanne", email: sanne, subscribe: "yes" },
    });
    await page.goto(linkWith(await newestMail(app, sanne), "/bevestigen/"));
    await heading(page, "Bevestig dat jij het bent");

    await page.getByRole("button", { name: "Bevestig wat ik aanvinkte" }).focus();
    await page.keyboard.press("Enter");
    await focusOn(page, "confirm-errors");
    await expect.poll(() => page.title()).toMatch(/^1 foutmelding - /);
    await page.getByRole("alert").getByRole("link").press("Enter");
    const box = page.getByRole("checkbox", { name: "Je idee versturen naar Agenda Stad" });
    await expect.poll(() => focused(page)).toBe(await box.getAttribute("id"));
    await page.keyboard.press("Space");
    await expect.poll(() => box.isChecked()).toBe(true);
    await page.keyboard.press("Enter"); // presses the first button: what is ticked, not all of it
    await heading(page, "Gelukt");
    await page.getByRole("heading", { level: 2, name: "Dit wacht nog op jouw ja" }).waitFor();
    await expect.poll(() => app.ctx.db.selectFrom("tips").select("id").execute()).toHaveLength(1);
    await expect.poll(() => app.ctx.db.selectFrom("subscriptions").select("id").execute()).toEqual([]);
    await press(page, "Ja, dat klopt");
    await page.getByRole("link", { name: "Kijk verder op de site" }).waitFor();
    await expect.poll(() => app.ctx.db.selectFrom("subscriptions").select("id").execute()).toHaveLength(1);
  },
);

test.each(ways)("who did not ask for it says so, $way", async ({ javaScriptEnabled }) => {
  const app = await startTestApp();
  const page = await visitor(app, { javaScriptEnabled });
  await subscribe(page, to.newsletter);
  const mail = await newestMail(app, sanne);
  await page.goto(rejectLinkIn(mail));
  await press(page, "Dit was ik niet, verwijder alles");
  await heading(page, "Alles is verwijderd");
  await page.goto(linkWith(mail, "/bevestigen/"));
  await heading(page, "Alles is verwijderd");
  await expect.poll(() => app.mailbox(sanne)).toHaveLength(1);
});

test.each(ways)(
  "a tip reaches the island, with a subscription on the side, $way",
  async ({ javaScriptEnabled }) => {
    const app = await startTestApp();
    const page = await visitor(app, { javaScriptEnabled });
    await page.goto(ownHost(app));
    await page.getByRole("main").getByRole("link", { name: "Stuur een tip" }).first().click();
    await page.getByLabel("Een voorbeeld").check();
    await page.getByLabel("Je bericht").fill("In onze wijk\nbeslissen buren samen.");
    await page.getByLabel("Naam").fill("Sanne");
    await page.getByLabel("E-mailadres", { exact: true }).fill(sanne);
    await page.getByLabel("Organisatie").fill("Gemeente Utrecht");
    await page.getByLabel("Plaats").fill("Utrecht");
    await page.getByLabel("Link").fill("https://example.org/buren");
    await page.getByLabel("Stuur mij ook de nieuwsbrief").check();
    await press(page, "Verstuur");
    await heading(page, "Kijk in je mail");

    await page.goto(linkWith(await newestMail(app, sanne), "/bevestigen/"));
    await press(page, "Alles hiervan deed ik");
    await heading(page, "Gelukt");
    await app.work();
    const tip = (await app.mailbox()).find((mail) => mail.reply_to === sanne);
    expect(tip?.text).toContain("beslissen buren samen");
    expect(tip?.text).toContain("Gemeente Utrecht");
    await expect
      .poll(async () => (await app.mailbox(sanne)).map(({ subject }) => subject))
      .toContainEqual(expect.stringContaining("Welkom"));
  },
);

test.each(ways)("a form with mistakes helps to mend them, $way", async ({ javaScriptEnabled }) => {
  const app = await startTestApp();
  const page = await visitor(app, { javaScriptEnabled });
  await page.goto(to.home);
  await page.getByLabel("E-mailadres", { exact: true }).fill("sanne@");
  await page.getByLabel("Naam").fill("Sanne");
  await press(page, "Meld me aan");

  await page.getByRole("alert").waitFor();
  await expect.poll(() => page.title()).toMatch(/^2 foutmeldingen - /);
  await focusOn(page, "subscribe-errors");
  await expect.poll(() => page.getByRole("alert").isVisible()).toBe(true);
  const email = page.getByLabel("E-mailadres", { exact: true });
  await expect.poll(() => email.inputValue()).toBe("sanne@");
  await expect.poll(() => page.getByLabel("Naam").inputValue()).toBe("Sanne");
  for (const [field, message] of [
    [email, "Dit e-mailadres klopt niet"],
    [page.getByLabel("Ja, stuur mij de nieuwsbrief"), "Zet een vinkje"],
  ] as const) {
    await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
    const described = (await field.getAttribute("aria-describedby"))!.split(" ");
    const texts = await Promise.all(described.map((id) => page.locator(`#${id}`).textContent()));
    expect(texts.join(" ")).toContain(message);
    await page.getByRole("alert").getByRole("link", { name: message }).click();
    await expect.poll(() => focused(page)).toBe(await field.getAttribute("id"));
  }

  await email.fill(sanne);
  await page.getByLabel("Ja, stuur mij de nieuwsbrief").check();
  await press(page, "Meld me aan");
  await heading(page, "Kijk in je mail");
});

test.each(ways)("an empty tip form names each thing that is missing, $way", async ({ javaScriptEnabled }) => {
  const app = await startTestApp();
  const page = await visitor(app, { javaScriptEnabled });
  await page.goto(to.contact);
  await page.getByLabel("Plaats").fill("Utrecht");
  await press(page, "Verstuur");
  await page.getByRole("alert").waitFor();
  await expect.poll(() => page.title()).toMatch(/^4 foutmeldingen - /);
  await focusOn(page, "contact-errors");
  await expect.poll(() => page.getByLabel("Plaats").inputValue()).toBe("Utrecht");
  const links = page.getByRole("alert").getByRole("link");
  const ids: (string | undefined)[] = [];
  for (const link of await links.all()) {
    await link.click();
    ids.push(await focused(page));
  }
  expect(ids).toEqual(["contact-kind", "contact-text", "contact-name", "contact-email"]);
});
