import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { useBrowser } from "../../tests/browser/support.ts";
import { signIn } from "../../tests/support/desk.ts";
import { givenImage, png } from "../../tests/support/library.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";
import { paths } from "../paths.ts";

const browser = useBrowser();
const to = desk("nl");

/** An island with two portraits, each with a photo of its own, on the page where its lead writes them. */
async function portraits() {
  const app = await startTestApp();
  const island = await app.given.initiative({ slug: "theehuis" });
  const lead = await signIn(app, "lead", { initiativeId: island.id });
  const photo = async (name: string, width: number) => {
    const { src } = await givenImage(app, lead, island.id, await png(width), `${name}.png`);
    return src.replace("/media/", "");
  };
  const people = [
    { name: "Anna", image: await photo("anna", 300) },
    { name: "Bram", image: await photo("bram", 400) },
  ];
  const { headers } = await lead.get(to.documentOf("portraits", island.id));
  const path = headers.get("location")!;
  const fields = people.flatMap(({ name, image }, at) => [
    [`portraits.${at}.name`, name],
    [`portraits.${at}.role.nl`, "Vrijwilliger"],
    [`portraits.${at}.image.path`, image],
  ]);
  await lead.post(`${path}/bewaren`, { version: "1", ...Object.fromEntries(fields) });
  const page = await browser.visitor(app, { viewport: { width: 1280, height: 900 } });
  await page.context().addCookies([{ name: "archipel-beheer", value: lead.token, url: app.origin }]);
  await page.goto(path);
  await page.locator(".order__handle").nth(1).waitFor(); // the script has come
  const out = async () => {
    const rows = app.ctx.db.selectFrom("portraits").select(["name", "image"]);
    return rows.where("initiative_id", "=", island.id).orderBy("position").execute();
  };
  return { app, page, out, moved: [people[1], people[0]] };
}

async function publish(page: Page) {
  await page.getByText("Bewaard op").waitFor();
  await page.getByRole("button", { name: "Wijzigingen publiceren" }).click();
  await page.getByText("Dit staat op de site.").waitFor();
  await expect.poll(() => page.title()).toContain("Gepubliceerd");
}

test("a portrait that moves up by its button keeps its photo, and so does the other", async () => {
  const { app, page, out, moved } = await portraits();
  const second = page.getByRole("listitem").filter({ has: page.getByRole("group", { name: "Portret 2" }) });
  await second.getByRole("button", { name: "Portret 2 omhoog" }).click();
  await page.getByText("is nu op plaats 1 van 2").waitFor();
  await publish(page);
  await expect.poll(() => out()).toEqual(moved);
  const seen = await (await app.get(paths("nl").island("theehuis").home)).text();
  expect(seen.indexOf("bram.jpg")).toBeGreaterThan(0);
  expect(seen.indexOf("bram.jpg")).toBeLessThan(seen.indexOf("anna.jpg"));
}, 60_000);

test("a portrait that is dragged keeps its photo, and so does the other", async () => {
  const { page, out, moved } = await portraits();
  const handle = page.locator(".order__handle").nth(1);
  await handle.scrollIntoViewIfNeeded();
  const from = (await handle.boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  const first = (await page.locator("[data-order] > li").first().boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, first.y + 5, { steps: 8 });
  await page.mouse.up();
  await page.getByText("is nu op plaats 1 van 2").waitFor();
  await publish(page);
  await expect.poll(() => out()).toEqual(moved);
}, 60_000);
