import { expect, test } from "vitest";
import { startTestApp } from "../support/test-app.ts";
import { mountTrialEditor } from "../support/trial-editor.tsx";
import { useBrowser } from "./support.ts";

const server = mountTrialEditor();
const { visitor } = useBrowser();
const patient = { timeout: 15_000 };
const mayFail = /bewaren$|beeld$/;

test("what was chosen in a list of choices before the script came is saved", async () => {
  const app = await startTestApp();
  const page = await visitor(app);
  const arrives = Promise.withResolvers<void>();
  await page.route(/\/assets\/editor-[^/]+\.js$/, async (route) => {
    await arrives.promise;
    await route.continue();
  });
  await page.goto("/proef", { waitUntil: "commit" });
  await page.getByLabel("Soort").selectOption("oproep");
  arrives.resolve();
  await expect.poll(() => server.saves.at(-1)?.sort, patient).toBe("oproep");
  expect(server.saves).toHaveLength(1);
}, 60_000);

test("two texts that are too different to compare word by word are shown one after the other", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  const words = (name: string) => Array.from({ length: 8000 }, (_, at) => `${name}${at}`).join(" ");
  Object.assign(server, { fields: { title: "Op weg", body: words("tocht") }, instead: null });
  await page.goto("/proef");
  await page.locator(".editor").waitFor();
  server.version++;
  server.fields.body = words("reis");
  await page.getByLabel("Titel").fill("Onderweg");
  const notice = page.getByRole("region", { name: "Mo Yilmaz heeft dit ook veranderd" });
  await notice.waitFor();
  await expect
    .poll(() => notice.locator("del, ins").count(), { message: "nothing is compared before somebody asks" })
    .toBe(0);
  await notice.getByText("Bekijk de verschillen").click();
  await notice.locator("ins").waitFor({ timeout: 5_000 });
  await expect
    .poll(async () => [await notice.locator("del").count(), await notice.locator("ins").count()])
    .toEqual([1, 1]);
  await expect.poll(() => notice.locator("del").textContent()).toContain("reis7999");
  await expect.poll(() => notice.locator("ins").textContent()).toContain("tocht7999");
}, 60_000);

test("an upload that does not get on is given up, and says so", async () => {
  const app = await startTestApp();
  const page = await visitor(app, { mayFail });
  await page.clock.install();
  Object.assign(server, { fields: { title: "Op weg", body: "Hier:" }, instead: null });
  await page.goto("/proef");
  await page.locator(".editor").waitFor();
  await page.getByRole("textbox", { name: "Verhaal" }).click();
  await page.route("/proef/beeld", () => {}); // nobody answers
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Beeld", exact: true }).click();
  await (await chooser).setFiles({ name: "kust.png", mimeType: "image/png", buffer: Buffer.from("niets") });
  await page.getByText("kust.png wordt geüpload").waitFor();
  await page.clock.runFor(100_000);
  await page.getByText("kust.png is niet geüpload.").waitFor();
}, 60_000);
