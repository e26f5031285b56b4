import { mkdirSync } from "node:fs";
import { expect, test } from "vitest";
import { allRules, colourRules, misfits, violations } from "../../tests/browser/examine.ts";
import { useBrowser } from "../../tests/browser/support.ts";
import { signIn } from "../../tests/support/desk.ts";
import { newsletterOf } from "../../tests/support/imports.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { desk } from "../desk-paths.ts";

const { visitor } = useBrowser();
const to = desk("nl");

const rows = [
  "E-mailadres;Naam;Aangemeld op;Gebeld",
  "een@stop.example;Anna;01-02-2024;ja",
  "twee@stop.example;Bo;03-04-2024;nee",
  "drie@stop.example;Cas;gisteren;ja",
];

test("a list with a no in a column that is not read stops, says where, and goes on by an answer", async () => {
  const app = await startTestApp({ now: new Date("2026-12-01T09:00:00Z") });
  const owner = await signIn(app, "owner");
  const page = await visitor(app, { viewport: { width: 360, height: 740 } });
  await page.context().addCookies([{ name: "archipel-beheer", value: owner.token, url: app.origin }]);
  const shots = process.env.SHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  const look = async (name: string) => {
    await page.emulateMedia({ colorScheme: "light" });
    expect(await violations(page, allRules), `${name}, light`).toEqual([]);
    expect(await misfits(page), `${name}, 360 px`).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await violations(page, colourRules), `${name}, dark`).toEqual([]);
    if (shots)
      for (const scheme of ["light", "dark"] as const)
        for (const width of [360, 1280]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height: 900 });
          await page.screenshot({ path: `${shots}/${name}-${width}-${scheme}.png`, fullPage: true });
        }
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "light" });
  };

  await page.goto(to.section("imports"));
  await page.getByLabel("Bestand", { exact: true }).setInputFiles({
    ...{ name: "uitgeschreven.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) },
  });
  await page.getByLabel("Voor welke nieuwsbrief?").selectOption(await newsletterOf(app, null));
  await page.getByRole("button", { name: "Bestand uploaden" }).click();
  const everybody = page.getByLabel("Wie staan er in dit bestand?");
  await everybody.waitFor();
  await expect.poll(() => everybody.inputValue(), { message: "by its name" }).toBe("ended");
  await everybody.selectOption({ label: "Dat staat per persoon in de kolommen" });
  await page.getByLabel("Waar zeiden zij ja op, en hoe?").fill("Zij meldden zich aan op onze vorige site.");
  for (const [part, value] of [
    ["Dag", "31"],
    ["Maand", "1"],
    ["Jaar", "2024"],
  ] as const)
    await page.getByLabel(part, { exact: true }).fill(value);
  await page.getByLabel("Wie staat hiervoor in?").fill("Fatima, redacteur");
  await page.getByRole("button", { name: "Rijen nakijken" }).click();

  const errors = page.getByRole("alert");
  await errors.getByRole("link", { name: /In de kolom “Gebeld” staat bij 1 rij iets als/ }).waitFor();
  await expect.poll(() => page.title()).toMatch(/^2 foutmeldingen/);
  await look("tegengehouden");
  await errors.getByRole("link", { name: /In de kolom “Gebeld”/ }).click();
  await page
    .getByLabel("Gebeld", { exact: true })
    .selectOption({ label: "Niet inlezen: deze kolom zegt niets over toestemming" });
  await page
    .getByLabel("Wat staat vooraan in de datums van “Aangemeld op”?")
    .selectOption({ label: "De dag: 01-02-2024 is 1 februari" });
  await page.getByRole("button", { name: "Rijen nakijken" }).click();
  await page.getByText("De rijen worden nagekeken.").waitFor();
  await app.work();
  await page.getByText("Nagekeken. Er is nog niets ingelezen.").waitFor();
  await page.getByText("1 rij: Dit is geen datum. Kolom “Aangemeld op”: “gisteren”.").waitFor();
  await look("nagekeken");
});
