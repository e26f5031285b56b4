import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { followUp } from "../../src/participation/jobs.ts";
import { paths } from "../../src/paths.ts";
import { linkIn } from "../support/acts.ts";
import { days, startTestApp, type TestApp } from "../support/test-app.ts";
import { useBrowser } from "./support.ts";

const { visitor } = useBrowser();
const to = paths("nl");
const sam = "sam@example.org";
const team = "archipel@localhost";

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function newestMail(app: TestApp, address: string) {
  await app.work();
  const mail = (await app.mailbox(address)).at(-1);
  expect(mail, `a mail to ${address}`).toBeDefined();
  return mail!;
}

/** From the list of help wanted to the confirmed offer. */
async function offer(app: TestApp, page: Page): Promise<void> {
  await page.goto(to.join);
  await page.getByRole("link", { name: "Meedenken" }).click();
  await page.getByRole("link", { name: "Werk mee aan Slimmernetwerk" }).click();
  await heading(page, "Werk mee aan Slimmernetwerk");
  await press(page, "Bied je aan");
  await page.getByText("Verbeter deze 3 punten").waitFor();
  await page.getByLabel("Wat kun en wil je doen?").fill("Ik denk graag mee.");
  await page.getByLabel("Agenda Stad").check();
  await page.getByLabel("Naam").fill("Sam");
  await page.getByLabel("E-mailadres").fill(sam);
  await press(page, "Bied je aan");
  await heading(page, "Kijk in je mail");
  await page.goto(linkIn(await newestMail(app, sam), "/bevestigen/"));
  await press(page, "Alles hiervan deed ik");
  await heading(page, "Gelukt, dank je wel");
  await page.getByText("Je aanbieden om mee te werken aan Agenda Stad").waitFor();
}

test.each([
  { way: "with JavaScript", javaScriptEnabled: true },
  { way: "without JavaScript", javaScriptEnabled: false },
])("an offer to two initiatives is accepted by one and declined by the other, $way", async (way) => {
  const app = await startTestApp();
  const page = await visitor(app, { ...way, viewport: { width: 360, height: 740 } });
  await offer(app, page);
  await app.work();
  const mails = await app.mailbox(team);
  const about = (name: string) => mails.find((mail) => mail.subject.endsWith(name))!;

  const teamPage = await visitor(app, way);
  await teamPage.goto(linkIn(about("Slimmernetwerk"), "/aannemen/"));
  await heading(teamPage, "Ja zeggen tegen Sam?");
  await teamPage.getByLabel("Een persoonlijk woord").fill("Welkom!");
  await press(teamPage, "Ja, graag");
  await heading(teamPage, "Jullie zeiden ja");
  await teamPage.goto(linkIn(about("Agenda Stad"), "/afwijzen/"));
  await teamPage.getByLabel("Waarom past het niet?").fill("We zijn met genoeg.");
  await press(teamPage, "Nee, deze keer niet");
  await heading(teamPage, "Jullie zeiden nee");

  await app.work();
  const heard = (await app.mailbox(sam)).slice(1);
  expect(heard.map((mail) => mail.subject).sort()).toEqual([
    "Een antwoord van Agenda Stad",
    "Slimmernetwerk zegt ja",
  ]);
  expect(heard.find((mail) => mail.subject.endsWith("zegt ja"))?.reply_to).toBe(team);
});

test("after fourteen days of silence the movement answers for the team", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await offer(app, page);
  await app.work();
  app.advance(days(14));
  await followUp.run(app.ctx, {});
  await app.work();
  const escalated = (await app.mailbox(team)).find(
    (mail) => mail.subject.endsWith("aan Slimmernetwerk") && mail.subject.startsWith("Geen antwoord"),
  );
  expect(escalated).toBeDefined();
  await expect
    .poll(async () => (await app.mailbox(sam)).map((mail) => mail.subject))
    .toContain("Nog geen antwoord van Slimmernetwerk");
  await page.goto(linkIn(escalated!, "/aannemen/"));
  await press(page, "Ja, graag");
  await heading(page, "Jullie zeiden ja");
});
