import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { startTestApp } from "../support/test-app.ts";
import { mountTrialEditor } from "../support/trial-editor.tsx";
import { allRules, violations } from "./examine.ts";
import { useBrowser } from "./support.ts";

const server = mountTrialEditor();
const { visitor } = useBrowser();
const mayFail = /bewaren$/;
const patient = { timeout: 10_000 };

async function begin(page: Page, body = "Het begin."): Promise<void> {
  Object.assign(server, {
    fields: { title: "Op weg", body },
    saves: [],
    sent: [],
    instead: null,
    error: null,
  });
  await open(page);
}
async function open(page: Page): Promise<void> {
  await page.goto("/proef");
  await page.locator(".editor").waitFor();
  await page.locator(".save-status").waitFor({ state: "attached" });
}
async function type(page: Page, words: string): Promise<void> {
  await page.getByRole("textbox", { name: "Verhaal" }).focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}
const says = (page: Page, words: string) => page.getByRole("status").getByText(words).waitFor();
const stored = (page: Page) =>
  page.evaluate(() => localStorage.getItem("archipel-draft:proef:1")) as Promise<string | null>;

test("what is typed is saved after a rest, with the version that it was typed on", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await begin(page);
  const { version } = server;
  await type(page, " En verder.");
  await expect.poll(() => stored(page), patient).toContain("En verder.");
  await says(page, "Bewaard om 14:03");
  expect(server.saves).toHaveLength(1);
  expect(server.saves[0]).toMatchObject({
    title: "Op weg",
    body: "Het begin. En verder.",
    version: String(version),
  });
  await expect.poll(() => stored(page)).toBeNull();
  await type(page, " Nog iets.");
  await expect.poll(() => server.saves.length, patient).toBe(2);
  expect(server.saves[1]?.version).toBe(String(version + 1));
  await expect.poll(() => page.locator("input[name=version]").inputValue()).toBe(String(version + 2));
}, 60_000);

test("while somebody types on and on, it is saved every fifteen seconds", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  await page.clock.install();
  await begin(page);
  for (let second = 0; second < 16; second++) {
    await type(page, ".");
    await page.clock.runFor(1000);
  }
  await expect.poll(() => server.saves.length, patient).toBe(1);
}, 60_000);

test("without a connection the page says so, keeps the text, and saves it when the connection is back", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  await begin(page);
  await page.context().setOffline(true);
  await type(page, " In de trein.");
  await says(page, "Niet verbonden: wat je typt blijft in deze browser bewaard");
  await expect.poll(() => stored(page)).toContain("In de trein.");
  expect(server.saves).toEqual([]);
  await page.context().setOffline(false);
  await says(page, "Bewaard om 14:03");
  expect(server.fields.body).toBe("Het begin. In de trein.");
}, 60_000);

test("text that a closed page left is offered, with what it is about, and put back", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  await begin(page);
  server.instead = { status: 500, body: {} };
  await type(page, " Bijna kwijt.");
  await says(page, "Bewaren lukt nu niet");
  page.on("dialog", (dialog) => void dialog.accept());
  await open(page);
  server.instead = null;
  const notice = page.getByRole("region", { name: "Er staat nog tekst in deze browser" });
  await notice.getByText("Het gaat om: Verhaal.").waitFor();
  await notice.getByText("Bekijk die tekst").click();
  await notice.getByText("Het begin. Bijna kwijt.").waitFor();
  expect(await violations(page, allRules)).toEqual([]);
  await notice.getByRole("button", { name: "Terugzetten" }).click();
  await expect
    .poll(() => page.getByRole("textbox", { name: "Verhaal" }).textContent())
    .toBe("Het begin. Bijna kwijt.");
  await expect.poll(() => server.fields.body, patient).toBe("Het begin. Bijna kwijt.");
  await open(page);
  await expect.poll(() => notice.count()).toBe(0);
}, 60_000);

test("text that was left on an older version than the server has does not overwrite the newer one", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  await begin(page);
  server.instead = { status: 500, body: {} };
  await type(page, " Van mij.");
  await says(page, "Bewaren lukt nu niet");
  page.on("dialog", (dialog) => void dialog.accept());
  Object.assign(server, { instead: null, version: server.version + 1 });
  server.fields.body = "Het begin. Van Mo.";
  await open(page);
  await page.getByRole("button", { name: "Terugzetten" }).click();
  await page.getByRole("region", { name: "Mo Yilmaz heeft dit ook veranderd" }).waitFor();
  expect(server.fields.body).toBe("Het begin. Van Mo.");
}, 60_000);

async function conflict(page: Page): Promise<void> {
  await begin(page, "Het begin van de reis.");
  server.version++;
  server.fields.body = "Het begin van de tocht.";
  await type(page, " Zo ging het.");
  await page.getByRole("region", { name: "Mo Yilmaz heeft dit ook veranderd" }).waitFor();
}

test("when two write at once, the second sees who changed what, and mine goes over it only by choice", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail, viewport: { width: 360, height: 740 } });
  await page.clock.install();
  await conflict(page);
  const notice = page.getByRole("region", { name: "Mo Yilmaz heeft dit ook veranderd" });
  await expect
    .poll(() => notice.textContent())
    .toMatch(/een andere versie van: Verhaal \(.*13:03\)\. Er is niets overschreven\./);
  await notice.getByText("Bekijk de verschillen").click();
  await notice
    .getByText("Doorgestreept staat alleen bij Mo Yilmaz, onderstreept staat alleen bij jou.")
    .waitFor();
  await expect.poll(() => notice.locator("del").first().textContent()).toContain("tocht");
  await expect
    .poll(async () => (await notice.locator("ins").allTextContents()).join(""))
    .toContain("Zo ging het.");
  expect(await violations(page, allRules)).toEqual([]);
  await type(page, " En ik typ door.");
  await expect.poll(() => stored(page), patient).toContain("En ik typ door.");
  const sent = server.saves.length;
  await page.clock.runFor(60_000);
  expect(server.saves.length, "nothing is saved before somebody chooses").toBe(sent);
  expect(server.fields.body).toBe("Het begin van de tocht.");
  await notice.getByRole("button", { name: "Bewaar mijn versie" }).click();
  await expect
    .poll(() => server.fields.body, patient)
    .toBe("Het begin van de reis. Zo ging het. En ik typ door.");
}, 60_000);

test("or one takes the other's version", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  await conflict(page);
  await page.getByRole("button", { name: "Neem de versie van Mo Yilmaz" }).click();
  await expect
    .poll(() => page.getByRole("textbox", { name: "Verhaal" }).textContent())
    .toBe("Het begin van de tocht.");
  await says(page, "Bewaard om 14:03");
  expect(server.fields.body).toBe("Het begin van de tocht.");
  await expect.poll(() => stored(page)).toBeNull();
}, 60_000);

test("what is chosen, not written, is taken over by asking the page anew; the rest of mine is offered", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  await begin(page);
  server.version++;
  server.fields.picture = "kade";
  const changed = [{ field: "picture", label: "Beeld", theirs: "De kade bij avond" }];
  const by = { by: "Mo Yilmaz", at: "2026-11-22T12:03:00Z", changed, version: server.version };
  server.instead = { status: 409, body: { kind: "conflict", ...by } };
  await page.getByLabel("haven").check();
  await type(page, " Van mij.");
  await page.getByRole("button", { name: "Neem de versie van Mo Yilmaz" }).click();
  server.instead = null;
  await page.getByText("Het gaat om: Verhaal.").waitFor();
  await expect.poll(() => page.getByLabel("kade").isChecked()).toBe(true);
  await page.getByRole("button", { name: "Terugzetten" }).click();
  await expect.poll(() => server.fields.body, patient).toBe("Het begin. Van mij.");
  expect(server.fields.picture).toBe("kade");
}, 60_000);

test("who was signed out keeps the text, signs in in another tab, and goes on", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  await begin(page);
  server.instead = { status: 401, body: { kind: "signed-out", signIn: "/aanmelden" } };
  await type(page, " Nog net.");
  const link = page.getByRole("link", { name: "Meld je aan (opent een nieuw tabblad)" });
  await link.waitFor();
  await expect
    .poll(async () => [await link.getAttribute("href"), await link.getAttribute("target")])
    .toEqual(["/aanmelden", "_blank"]);
  await expect.poll(() => stored(page)).toContain("Nog net.");
  server.instead = null;
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await says(page, "Bewaard om 14:03");
  expect(server.fields.body).toBe("Het begin. Nog net.");
}, 60_000);

test("the browser warns before leaving while something is unsaved, and only then", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  await begin(page);
  server.instead = {
    status: 422,
    body: { kind: "invalid", errors: [{ name: "body", message: "Het verhaal is te kort." }] },
  };
  await type(page, " Kort.");
  await says(page, "Verbeter nog: Het verhaal is te kort.");
  await page.reload();
  expect(asked).toEqual(["beforeunload"]);
  server.instead = null;
  await begin(page);
  await page.getByRole("button", { name: "Weggooien" }).click();
  await type(page, " Lang genoeg.");
  await says(page, "Bewaard om 14:03");
  await page.reload();
  await type(page, " Verstuurd.");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.waitForSelector("text=Verstuurd.");
  expect(server.sent.at(-1)?.body).toContain("Verstuurd.");
  expect(asked).toEqual(["beforeunload"]);
}, 60_000);

const order = () => {
  const save = server.saves.at(-1) ?? {};
  return [0, 1, 2].map((at) => save[`questions.${at}.id`]).join("");
};

test("questions are ordered by keyboard and by dragging, and the page says where they come", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { viewport: { width: 1280, height: 1000 } });
  await begin(page);
  await page.getByRole("button", { name: "Vraag 3 omhoog" }).focus();
  await page.keyboard.press("Enter");
  await says(page, "Vraag 3 is nu op plaats 2 van 3");
  await page.keyboard.press("Enter");
  await says(page, "Vraag 2 is nu op plaats 1 van 3");
  await expect
    .poll(() => page.evaluate("document.activeElement?.getAttribute('aria-label')"))
    .toBe("Vraag 1 omlaag");
  await expect.poll(order, patient).toBe("cab");
  const grip = await page.locator(".order__handle").first().boundingBox();
  const last = await page.locator("[data-order] > li").last().boundingBox();
  await page.mouse.move(grip!.x + 10, grip!.y + 10);
  await page.mouse.down();
  await page.mouse.move(grip!.x + 10, last!.y + last!.height + 20, { steps: 8 });
  await page.mouse.up();
  await says(page, "Vraag 1 is nu op plaats 3 van 3");
  await expect.poll(order, patient).toBe("abc");
  await expect
    .poll(() => page.getByRole("button", { name: "Vraag 3 omhoog" }).getAttribute("value"))
    .toBe("up:questions:2");
}, 60_000);
