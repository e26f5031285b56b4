import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { allRules, violations } from "../../tests/browser/examine.ts";
import { useBrowser } from "../../tests/browser/support.ts";
import { signIn } from "../../tests/support/desk.ts";
import { givenImage, png } from "../../tests/support/library.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const browser = useBrowser();
const to = desk("nl");

/** An update with three images in its island's library, open in a browser. */
async function write() {
  const app = await startTestApp();
  const island = await app.given.initiative({ slug: "theehuis" });
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  const add = async (name: string, width: number, words: Record<string, string>) => {
    const { id } = await givenImage(app, lead, island.id, await png(width), `${name}.png`);
    await lead.post(to.part("images", id, "alt"), { focal: "middle", ...words });
  };
  await add("kopje", 400, { meaning: "words", alt_nl: "Een kopje", alt_en: "A cup" });
  await add("rand", 410, { meaning: "decorative" });
  const path = (await lead.post(to.newDocument("update", island.id))).headers.get("location")!;
  await lead.post(`${path}/bewaren`, { version: "1", "title.nl": "Thee", "summary.nl": "a", "body.nl": "b" });
  const page = await browser.visitor(app, { viewport: { width: 360, height: 740 }, mayFail: /uploaden$/ });
  await page.context().addCookies([{ name: "archipel-beheer", value: lead.token, url: app.origin }]);
  await page.goto(path);
  const field = page.getByRole("group", { name: /^Beeld/ });
  await field.getByRole("button", { name: "Beeld uploaden" }).waitFor();
  const words = field.getByLabel("Nederlands");
  return { app, lead, path, page, field, words };
}

/** Drops or pastes a file as a browser does. */
const give = async (page: Page, how: "drop" | "paste", name: string, width: number) =>
  page.evaluate(
    ([how, name, bytes]) => {
      const transfer = new DataTransfer();
      const type = "image/png";
      transfer.items.add(
        new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, { type }),
      );
      const target = document.querySelector("[data-image-field] input");
      const options = { bubbles: true, cancelable: true };
      target?.dispatchEvent(
        how === "drop"
          ? new DragEvent("drop", { ...options, dataTransfer: transfer })
          : new ClipboardEvent("paste", { ...options, clipboardData: transfer }),
      );
    },
    [how, name, (await png(width)).toString("base64")] as const,
  );

test("what the library says of an image is taken over, and never over somebody's own words", async () => {
  const { page, field, words } = await write();
  await field.getByLabel("kopje").check();
  await expect.poll(() => words.inputValue()).toBe("Een kopje");
  await expect.poll(() => field.getByLabel("Engels").inputValue()).toBe("A cup");
  await field.getByLabel("rand").check();
  await expect.poll(() => words.inputValue()).toBe("");
  await expect.poll(() => field.getByLabel("Dit beeld is alleen versiering").isChecked()).toBe(true);
  await field.getByLabel("kopje").check();
  await expect.poll(() => field.getByLabel("Dit beeld is alleen versiering").isChecked()).toBe(false);
  await words.fill("Een kopje thee uit Ede");
  await field.getByLabel("rand").check();
  await expect.poll(() => words.inputValue()).toBe("Een kopje thee uit Ede");
  expect(await violations(page, allRules)).toEqual([]);
}, 60_000);

test("an image is uploaded in the field itself: chosen, dropped or pasted", async () => {
  const { app, page, field, words } = await write();
  const chooser = page.waitForEvent("filechooser");
  await field.getByRole("button", { name: "Beeld uploaden" }).click();
  await (await chooser).setFiles({ name: "thee.png", mimeType: "image/png", buffer: await png(420) });
  await field.getByText("thee.png is geüpload en gekozen.").waitFor();
  await expect.poll(() => field.getByLabel("thee", { exact: true }).isChecked()).toBe(true);
  await words.fill("Thee");
  await give(page, "drop", "koek.png", 430);
  await field.getByText("koek.png is geüpload en gekozen.").waitFor();
  await give(page, "paste", "taart.png", 440);
  await field.getByText("taart.png is geüpload en gekozen.").waitFor();
  await give(page, "drop", "weer-thee.png", 420);
  await field.getByText("weer-thee.png is geüpload en gekozen.").waitFor();
  await expect
    .poll(() => field.getByRole("radio").count(), { message: "the same file is no second image" })
    .toBe(6);
  await expect.poll(() => field.getByLabel("thee", { exact: true }).isChecked()).toBe(true);
  expect(await violations(page, allRules)).toEqual([]);
  await page.getByText("Bewaard op").waitFor();
  await page.getByRole("button", { name: "Publiceren" }).click();
  await page.getByText("Dit staat op de site.").waitFor();
  const rows = await app.ctx.db.selectFrom("updates").select(["image", "image_alt"]).execute();
  expect(rows).toContainEqual({ image: expect.stringContaining("thee.jpg"), image_alt: { nl: "Thee" } });
}, 60_000);

test("an upload that is refused says why; who was signed out signs in and sends it again", async () => {
  const { page, field } = await write();
  await page.route("**/uploaden", (route) => {
    const body = JSON.stringify({ kind: "signed-out", signIn: to.signIn });
    return route.fulfill({ status: 401, contentType: "application/json", body });
  });
  await give(page, "drop", "thee.png", 420);
  await field.getByRole("alert").getByText("Je bent afgemeld. Daarom is thee.png niet geüpload.").waitFor();
  await page.unroute("**/uploaden");
  await field.getByRole("button", { name: "Probeer thee.png opnieuw" }).click();
  await field.getByText("thee.png is geüpload en gekozen.").waitFor();
  const chooser = page.waitForEvent("filechooser");
  await field.getByRole("button", { name: "Beeld uploaden" }).click();
  await (await chooser).setFiles({
    name: "kaart.svg",
    mimeType: "image/svg+xml",
    buffer: Buffer.from("<svg/>"),
  });
  await field
    .getByRole("alert")
    .getByText("kaart.svg is niet geplaatst. Een SVG nemen we niet aan")
    .waitFor();
}, 60_000);

test("older images come without leaving the page", async () => {
  const { app, page, field, words, path } = await write();
  const {
    id: _id,
    alt: _alt,
    ...row
  } = await app.ctx.db.selectFrom("media").selectAll().where("name", "=", "rand").executeTakeFirstOrThrow();
  const older = { ...row, alt: null, added_at: new Date("2020-01-01T00:00:00Z") };
  const copies = Array.from({ length: 30 }, (_, n) => ({ ...older, name: `oud-${n + 1}` }));
  await app.ctx.db.insertInto("media").values(copies).execute();
  await page.route("**/media/**/*.jpg", async (route) =>
    route.fulfill({ contentType: "image/png", body: await png(20) }),
  );
  await page.goto(path);
  await field.getByLabel("kopje").check();
  await words.fill("Nog niet klaar");
  await expect.poll(() => field.getByRole("radio").count()).toBe(25);
  await field.getByRole("button", { name: "Oudere beelden" }).click();
  await field.getByText("De oudere beelden staan er nu bij.").waitFor();
  await expect.poll(() => field.getByRole("radio").count()).toBe(33);
  await expect.poll(() => field.getByRole("button", { name: "Oudere beelden" }).count()).toBe(0);
  await expect.poll(() => words.inputValue()).toBe("Nog niet klaar");
}, 60_000);
