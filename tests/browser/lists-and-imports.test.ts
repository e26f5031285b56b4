import { mkdirSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { signIn } from "../support/desk.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { allRules, colourRules, misfits, violations } from "./examine.ts";
import { useBrowser } from "./support.ts";

const { visitor } = useBrowser();
const to = desk("nl");
const phone = { width: 360, height: 740 };

async function enter(app: TestApp, page: Page) {
  const owner = await signIn(app, "owner");
  await page.context().addCookies([{ name: "archipel-beheer", value: owner.token, url: app.origin }]);
  return owner;
}

const file = (rows: string[]) => ({
  name: "abonnees.csv",
  mimeType: "text/csv",
  buffer: Buffer.from(["E-mailadres;Naam;Status", ...rows].join("\r\n")),
});

const ways = [
  { way: "with JavaScript", javaScriptEnabled: true },
  { way: "without JavaScript", javaScriptEnabled: false },
];

test.each(ways)("a list with bad rows is read in on a phone, $way", async ({ javaScriptEnabled }) => {
  const app = await startTestApp();
  const page = await visitor(app, { javaScriptEnabled, viewport: phone });
  await enter(app, page);
  await page.goto(to.section("imports"));
  await page
    .getByLabel("Bestand", { exact: true })
    .setInputFiles(
      file(["zoe@example.org;Zoë;actief", "geen adres;Piet;actief", "weg@example.org;=1+1;afgemeld"]),
    );
  await page
    .getByLabel("Voor welke nieuwsbrief?")
    .selectOption({ label: "Nieuwsbrief van Wij, Publieke Veranderaars" });
  await page.getByRole("button", { name: "Bestand uploaden" }).click();
  await page.getByRole("heading", { level: 1, name: "abonnees.csv" }).waitFor();
  await expect.poll(() => page.getByLabel("Status", { exact: true }).inputValue()).toBe("status");
  await page.getByRole("button", { name: "Rijen nakijken" }).click();
  const errors = page.getByRole("alert");
  await errors.waitFor();
  await expect.poll(() => page.title()).toMatch(/^3 foutmeldingen/);
  await errors.getByRole("link", { name: /waar deze mensen ja op zeiden/ }).click();
  await page.keyboard.type("Zij meldden zich aan via het formulier op onze oude site.");
  await page.keyboard.press("Tab");
  for (const part of ["31", "1", "2024"]) {
    await page.keyboard.type(part);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.type("Fatima, redacteur");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("De rijen worden nagekeken.").waitFor();
  await app.work();
  // With script the page looks by itself whether it is ready.
  if (!javaScriptEnabled) await page.getByRole("link", { name: "Ververs de pagina" }).click();
  await page.getByText("Nagekeken. Er is nog niets ingelezen.").waitFor();
  const [download] = javaScriptEnabled
    ? await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: /Download de rijen/ }).click(),
      ])
    : [null];
  if (download) expect(download.suggestedFilename()).toBe("fouten.csv");
  await page.getByRole("button", { name: "2 rijen inlezen" }).click();
  await page.getByText("De rijen worden ingelezen.").waitFor();
  await app.work();
  if (!javaScriptEnabled) await page.getByRole("link", { name: "Ververs de pagina" }).click();
  await page.getByText("Klaar.").waitFor();
  await expect.poll(() => page.locator(".import-counts").innerText()).toMatch(/Fout\s+1\s+Ingelezen\s+2/);
  await page.goto(`${to.section("subscribers")}?q=zoe`);
  await page.getByRole("rowheader", { name: "zoe@example.org" }).getByRole("link").click();
  await page.getByText("Zij meldden zich aan via het formulier").waitFor();
  await page.getByRole("button", { name: "Stop deze aanmelding" }).click();
  await page.getByRole("status").getByText("De aanmelding is gestopt.").waitFor();
  await expect.poll(() => app.mailbox()).toEqual([]);
});

test("lists and imports fit, are accessible in both schemes, and go by keyboard", async () => {
  const app = await startTestApp();
  await app.given.signature({
    name: "Zoë de Boer",
    organisation: "Gemeente Súdwest-Fryslân",
    role: "adviseur",
  });
  await app.given.manySignatures({ count: 60 });
  const page = await visitor(app);
  const owner = await enter(app, page);
  const { ctx } = app;
  const signer = await ctx.db.selectFrom("signatures").select(["id", "person_id"]).executeTakeFirstOrThrow();
  const newsletter = await ctx.db
    .selectFrom("newsletters")
    .select("id")
    .where("initiative_id", "is", null)
    .executeTakeFirstOrThrow();
  const { id } = await ctx.db
    .insertInto("subscriptions")
    .values({ newsletter_id: newsletter.id, person_id: signer.person_id, language: "nl", since: ctx.now() })
    .returning("id")
    .executeTakeFirstOrThrow();
  const form = new FormData();
  form.append("kind", "subscribers");
  form.append("newsletter", newsletter.id);
  const { name, buffer } = file(["a@example.org;A;actief", "b@example.org;B;afgemeld"]);
  form.append("file", new File([new Uint8Array(buffer)], name));
  const made = await app.request(to.section("imports"), {
    method: "POST",
    body: form,
    headers: owner.headers,
  });
  const pages = {
    ondertekeningen: to.section("signatures"),
    leeg: `${to.section("signatures")}?q=niemand`,
    ondertekening: to.one("signatures", signer.id),
    abonnees: to.section("subscribers"),
    abonnee: to.one("subscribers", id),
    aanbod: to.section("allOffers"),
    mensen: to.section("people"),
    mens: to.one("people", signer.person_id),
    invoer: to.section("imports"),
    kolommen: made.headers.get("location") ?? "",
  };
  const shots = process.env.SHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  for (const [name, path] of Object.entries(pages)) {
    await page.setViewportSize(phone);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path);
    expect(await violations(page, allRules), `${name}, light`).toEqual([]);
    expect(await misfits(page), `${name}, 360 px`).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, colourRules), `${name}, dark`).toEqual([]);
    if (!shots) continue;
    for (const scheme of ["light", "dark"] as const)
      for (const width of [360, 768, 1280]) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: `${shots}/${name}-${width}-${scheme}.png` });
      }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(pages.ondertekeningen);
  await page.getByLabel("Zoek op naam of e-mailadres").focus();
  await page.keyboard.type("nummer 60");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=nummer/); // it may stand on the first page as well
  await page.getByRole("rowheader", { name: "Nummer 60" }).waitFor();
  await page.getByRole("rowheader", { name: "Nummer 60" }).getByRole("link").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Nummer 60" }).waitFor();
  await page.getByLabel("De ondertekening is niet echt").focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("De ondertekening is verwijderd.").waitFor();
  await expect
    .poll(() =>
      ctx.db
        .selectFrom("audit")
        .select(["action", "details"])
        .where("action", "=", "signatures.remove")
        .execute(),
    )
    .toMatchObject([{ action: "signatures.remove", details: { reason: "fake" } }]);
});
