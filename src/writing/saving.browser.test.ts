import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useBrowser } from "../../tests/browser/support.ts";
import { type Colleague, signIn } from "../../tests/support/desk.ts";
import { documentOf, sendNow, write } from "../../tests/support/edition-desk.ts";
import { newsletterOf, subscribers } from "../../tests/support/sending.ts";
import { startTestApp, type TestApp } from "../../tests/support/test-app.ts";
import { form, twoWriters } from "../../tests/support/two-writers.ts";
import { desk } from "../desk-paths.ts";

const browser = useBrowser();
const patient = { timeout: 15_000 };
const mayFail = /vanzelf-bewaren$/;

async function pageOf(app: TestApp, { token }: Colleague, path: string): Promise<Page> {
  const page = await browser.visitor(app, { mayFail });
  await page.context().addCookies([{ name: "archipel-beheer", value: token, url: app.origin }]);
  await open(page, path);
  return page;
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await ready(page);
}

const ready = (page: Page) => page.locator(".editor").first().waitFor();

const summary = (page: Page) => page.getByRole("group", { name: "Samenvatting" }).getByLabel("Nederlands");
const says = (page: Page, words: string | RegExp) =>
  page.locator("[data-save-status]").getByText(words).waitFor();
const drafts = (page: Page) =>
  page.evaluate(() =>
    Object.entries({ ...localStorage }).filter(([name]) => name.startsWith("archipel-draft:")),
  );
const left = "Er staat nog tekst in deze browser";

/** Anna's page of the update, with the texts of "form" in it. */
async function writing() {
  const there = await twoWriters();
  await there.anna.post(`${there.path}/bewaren`, { version: "1", ...form("Wij dronken thee.") });
  const page = await pageOf(there.app, there.anna, there.path);
  const summaryNow = async () => {
    const { content } = await there.app.ctx.db
      .selectFrom("documents")
      .select("content")
      .executeTakeFirstOrThrow();
    return (content.summary as { nl: string }).nl;
  };
  const everKept = async () =>
    JSON.stringify(await there.app.ctx.db.selectFrom("revisions").select("content").execute());
  return { ...there, page, summaryNow, everKept };
}

test("an answer that gets lost on the way is no conflict with oneself", async () => {
  const { page, summaryNow } = await writing();
  let lost = 0;
  await page.route(mayFail, async (route) => {
    if (lost++ > 0) return route.continue();
    await route.fetch(); // the server has it
    await route.abort("connectionreset");
  });
  await summary(page).fill("Getypt in de tunnel.");
  await says(page, "Niet verbonden");
  await summary(page).fill("Getypt in de tunnel, en daarna.");
  await says(page, "Bewaard op");
  await expect.poll(summaryNow, patient).toBe("Getypt in de tunnel, en daarna.");
  await expect.poll(() => page.getByRole("region", { name: "heeft dit ook veranderd" }).count()).toBe(0);
  await expect.poll(() => drafts(page)).toEqual([]);
}, 60_000);

test("the button works while a save is under way, and the slow save does not come over it", async () => {
  const { app, page, summaryNow } = await writing();
  const slow = Promise.withResolvers<void>();
  const held: string[] = [];
  await page.route(mayFail, (route) => {
    held.push(route.request().postData() ?? "");
    return route.abort("connectionaborted").then(() => slow.resolve());
  });
  await summary(page).fill("Eerst dit.");
  await slow.promise;
  await summary(page).fill("Toen dat.");
  await page.getByRole("button", { name: "Bewaren", exact: true }).click();
  await says(page, "Alles is bewaard");
  await expect.poll(() => page.title()).toContain("Bewaard");
  const [cookie] = await page.context().cookies();
  const late = await app.request(`${new URL(page.url()).pathname}/vanzelf-bewaren`, {
    method: "POST",
    body: held[0]!,
    headers: {
      cookie: `archipel-beheer=${cookie!.value}`,
      origin: app.origin,
      "content-type": "application/x-www-form-urlencoded",
    },
  });
  expect(late.status).toBe(200);
  await expect.poll(() => summaryNow()).toBe("Toen dat.");
}, 60_000);

test("what the server tidied up while saving is not offered as text that never arrived", async () => {
  const { page, summaryNow } = await writing();
  const title = page.getByRole("group", { name: "Titel" }).getByLabel("Nederlands");
  await title.fill("  Thee   bij Zoë ");
  await summary(page).fill("Samen aan tafel.");
  await page.getByRole("button", { name: "Bewaren", exact: true }).click();
  await says(page, "Alles is bewaard");
  await ready(page);
  await expect.poll(() => title.inputValue()).toBe("Thee bij Zoë");
  await title.fill("Thee bij Zoë "); // nothing but a space
  await page.getByRole("button", { name: "Bewaren", exact: true }).click();
  await page.waitForLoadState();
  await expect.poll(() => drafts(page), patient).toEqual([]);
  await expect.poll(() => page.getByText(left).count()).toBe(0);
  await expect.poll(() => summaryNow()).toBe("Samen aan tafel.");
}, 60_000);

test("a save that never arrived is offered, also when a colleague saved something newer", async () => {
  const { page, bram, path } = await writing();
  await page.route(/\/bewaren$/, (route) => route.abort("internetdisconnected"));
  await page.route(mayFail, (route) => route.abort("internetdisconnected"));
  await summary(page).fill("Nooit aangekomen.");
  await page.getByRole("button", { name: "Bewaren", exact: true }).click();
  await page.unroute(/\/bewaren$/);
  await page.unroute(mayFail);
  await bram.post(`${path}/bewaren`, { version: "2", ...form("Bram schreef.") });
  page.on("dialog", (dialog) => void dialog.accept());
  await open(page, path);
  await page.getByRole("region", { name: left }).getByRole("button", { name: "Terugzetten" }).click();
  await expect.poll(() => summary(page).inputValue()).toBe("Nooit aangekomen.");
  await page.getByRole("region", { name: "Bram heeft dit ook veranderd" }).waitFor();
}, 60_000);

test("several texts that were left are offered one after the other, and none goes over another", async () => {
  const { page, path } = await writing();
  page.on("dialog", (dialog) => void dialog.accept());
  const title = page.getByRole("group", { name: "Titel" }).getByLabel("Nederlands");
  const long = (words: string) => words + "!".repeat(150); // that the server does not take
  for (const words of ["Het eerste", "Het tweede"]) {
    await title.fill(long(words));
    await says(page, "Verbeter nog: Deze tekst is te lang");
    await open(page, path);
  }
  const notice = page.getByRole("region", { name: left });
  await notice.getByText("Bekijk die tekst").click();
  await notice.getByText("Het tweede").waitFor();
  await notice.getByRole("button", { name: "Weggooien" }).click();
  await notice.getByText("Bekijk die tekst").click();
  await notice.getByText("Het eerste").waitFor();
  await notice.getByRole("button", { name: "Terugzetten" }).click();
  await notice.waitFor({ state: "detached" });
  await expect.poll(() => title.inputValue()).toBe(long("Het eerste"));
  await title.fill("Kort");
  await says(page, "Bewaard op");
  await expect.poll(() => drafts(page), patient).toEqual([]);
}, 60_000);

test("with a text that is too long, the others are saved, and the page says so", async () => {
  const { page, summaryNow } = await writing();
  await page.getByRole("group", { name: "Titel" }).getByLabel("Nederlands").fill("a".repeat(151));
  await summary(page).fill("Dit past.");
  await says(page, "De rest is bewaard. Verbeter nog: Deze tekst is te lang");
  await expect.poll(() => summaryNow()).toBe("Dit past.");
}, 60_000);

test("a server that does not answer is given up, and what was typed is sent again", async () => {
  const { page, summaryNow } = await writing();
  await page.clock.install();
  await page.reload();
  await ready(page);
  let asked = 0;
  await page.route(mayFail, async (route) => {
    if (asked++ > 0) await route.continue();
  });
  await summary(page).fill("In een hangende verbinding.");
  await says(page, "Nog niet bewaard");
  await page.clock.runFor(3_000);
  await expect.poll(() => asked, patient).toBe(1);
  await page.clock.runFor(16_000);
  await says(page, "Niet verbonden");
  await page.clock.runFor(5_000);
  await says(page, "Bewaard op");
  await expect.poll(() => summaryNow()).toBe("In een hangende verbinding.");
}, 60_000);

test("who writes on an edition hears that a colleague has scheduled it", async () => {
  const app = await startTestApp();
  const [anna, bram] = [await signIn(app, "editor", { name: "Anna" }), await signIn(app, "editor")];
  const newsletterId = await newsletterOf(app.ctx.db);
  await subscribers(app.ctx.db, newsletterId, 2);
  const edition = await write(app, anna, { newsletterId });
  const { documentId } = await documentOf(app, edition);
  const page = await pageOf(app, anna, desk("nl").document("edition", documentId));
  const preheader = page.getByRole("group", { name: "Eerste regel in de inbox" }).getByLabel("Nederlands");
  await preheader.fill("Nog een kleinigheid.");
  await says(page, "Bewaard op");
  const frozen = page.getByText("Wat je nu schrijft, gaat niet mee.");
  await expect.poll(() => frozen.count()).toBe(0);
  await sendNow(bram, edition);
  await preheader.fill("Nog een kleinigheid, te laat.");
  await frozen.waitFor();
  await preheader.fill("Nog een kleinigheid, te laat dus.");
  await says(page, "Nog niet bewaard");
  await says(page, "Bewaard op");
  await expect.poll(() => frozen.count()).toBe(1);
}, 60_000);

/** Bram saves another summary while Anna's page stands open, and she types one of her own. */
async function conflicting() {
  const there = await writing();
  await there.bram.post(`${there.path}/bewaren`, { version: "2", ...form("Wij dronken thee.", theirs) });
  return there;
}
const theirs = { "summary.nl": "Van Bram." };
const aboutBram = { name: "Bram heeft dit ook veranderd" };

test("who takes the other's version finds their own among the versions", async () => {
  const { page, summaryNow, everKept } = await conflicting();
  await summary(page).fill("Van Anna.");
  const notice = page.getByRole("region", aboutBram);
  const take = notice.getByRole("button", { name: "Neem de versie van Bram" });
  await take.waitFor();
  await page.route(mayFail, (route) => route.abort("internetdisconnected"));
  await take.click();
  await says(page, "Niet verbonden");
  await expect
    .poll(() => summary(page).inputValue(), { message: "hers stays until it is safe" })
    .toBe("Van Anna.");
  await page.unroute(mayFail);
  await take.click();
  await notice.waitFor({ state: "detached" });
  await expect.poll(() => summary(page).inputValue()).toBe("Van Bram.");
  await expect.poll(() => everKept()).toContain("Van Anna.");
  await expect.poll(summaryNow, patient).toBe("Van Bram.");
}, 60_000);

test("the page that asks which text it is to be keeps what is typed there, and saves nothing by itself", async () => {
  const { page, path, summaryNow, everKept } = await conflicting();
  await page.clock.install();
  await page.route(mayFail, (route) => route.abort("internetdisconnected"));
  await summary(page).fill("Van Anna.");
  await page.getByRole("button", { name: "Bewaren", exact: true }).click();
  await page.getByRole("heading", { name: "Bram bewaarde intussen ook" }).waitFor();
  await page.unroute(mayFail);
  await expect.poll(async () => JSON.stringify(await drafts(page)), patient).toContain("Van Anna.");
  let sent = 0;
  await page.route(mayFail, (route) => {
    sent++;
    return route.continue();
  });
  await summary(page).fill("Van Anna, en meer.");
  await expect.poll(async () => JSON.stringify(await drafts(page)), patient).toContain("en meer.");
  await page.clock.runFor(60_000);
  await expect.poll(async () => [sent, await summaryNow()]).toEqual([0, "Van Bram."]);

  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await page.getByRole("button", { name: "De andere tekst nemen" }).click();
  await says(page, "Alles is bewaard");
  expect(asked, "a choice is no leaving").toEqual([]);
  await expect.poll(() => summary(page).inputValue()).toBe("Van Bram.");
  await expect.poll(() => everKept()).toContain("Van Anna, en meer.");
  await expect.poll(() => drafts(page), patient).toEqual([]);
  await expect.poll(() => page.getByText(left).count()).toBe(0);

  await open(page, path);
  await expect.poll(() => page.getByText(left).count()).toBe(0);
}, 60_000);

test("who leaves the page that asks is warned, and finds their text again", async () => {
  const { page, path, summaryNow } = await conflicting();
  await page.route(mayFail, (route) => route.abort("internetdisconnected"));
  await summary(page).fill("Van Anna.");
  await page.getByRole("button", { name: "Bewaren", exact: true }).click();
  await page.getByRole("heading", { name: "Bram bewaarde intussen ook" }).waitFor();
  await page.unroute(mayFail);
  await summary(page).press("End");
  await page.keyboard.type(" En weg.");
  await expect.poll(async () => JSON.stringify(await drafts(page)), patient).toContain("En weg.");
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await open(page, path);
  expect(asked).toEqual(["beforeunload"]);
  await page.getByRole("region", { name: left }).getByRole("button", { name: "Terugzetten" }).click();
  await page.getByRole("region", aboutBram).waitFor();
  await expect
    .poll(async () => [await summary(page).inputValue(), await summaryNow()])
    .toEqual(["Van Anna. En weg.", "Van Bram."]);
}, 60_000);
