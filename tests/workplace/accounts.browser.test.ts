import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { desk } from "../../src/desk-paths.ts";
import { allRules, colourRules, misfits, violations } from "../browser/examine.ts";
import { focusOn, useBrowser } from "../browser/support.ts";
import { signIn, workHere } from "../support/desk.ts";
import { ownNetworks } from "../support/mine.ts";
import { signInMailTo, worker } from "../support/signing-in.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const { visitor } = useBrowser();
const phone = { width: 360, height: 740 };
const sizes = [phone, { width: 768, height: 1024 }, { width: 1280, height: 900 }];
const pictures = process.env.PICTURES;

const put = (page: Page, app: TestApp, token: string) =>
  page.context().addCookies([{ name: "archipel-beheer", value: token, url: app.origin }]);

async function tabTo(
  page: Page,
  name: string | RegExp,
  role: "textbox" | "button" | "link" | "radio" | "combobox",
) {
  const wanted = page.getByRole(role, { name }).first();
  for (let steps = 0; steps < 120; steps++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`No way to ${name} by keyboard`);
}

const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name }).waitFor();

test("signing in, inviting, changing a role and signing out work by keyboard alone", async () => {
  const app = await startTestApp({ starter: "none", env: ownNetworks });
  const to = desk("nl");
  await worker(app, "an@voorbeeld.nl", "owner");
  const bo = await signIn(app, "moderator", { name: "Bo Visser" });
  const page = await visitor(app, { viewport: phone });
  await page.goto(to.section("team"));
  await heading(page, "Aanmelden bij het beheer");
  await tabTo(page, /E-mailadres/, "textbox");
  await page.keyboard.type("an@voorbeeld.nl");
  await page.keyboard.press("Enter");
  await heading(page, "Typ de code over");
  await tabTo(page, /Code uit de mail/, "textbox");
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  await focusOn(page, "sign-in-errors");
  await expect.poll(() => page.title()).toMatch(/^1 foutmelding/);
  await tabTo(page, /Code uit de mail/, "textbox");
  await page.keyboard.press("Control+A");
  await page.keyboard.type((await signInMailTo(app, "an@voorbeeld.nl")).code);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${app.origin}${to.section("team")}`);

  await tabTo(page, /E-mailadres/, "textbox");
  await page.keyboard.type("nieuw@voorbeeld.nl");
  await tabTo(page, "Eigenaar", "radio");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("De uitnodiging is verstuurd.").waitFor();
  await expect.poll(() => page.title()).toMatch(/^De uitnodiging is verstuurd\./);
  await expect
    .poll(() => app.ctx.db.selectFrom("invitations").select(["email", "role"]).execute())
    .toEqual([{ email: "nieuw@voorbeeld.nl", role: "editor" }]);

  const summary = page.locator("summary", { hasText: "Bo Visser" });
  await summary.focus();
  await page.keyboard.press("Enter");
  await tabTo(page, "Nieuwe rol voor Bo Visser", "combobox");
  await page.keyboard.press("ArrowUp");
  await tabTo(page, /Verander de rol \(Bo Visser\)/, "button");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("De rol is veranderd.").waitFor();
  const role = await app.ctx.db
    .selectFrom("roles")
    .select("role")
    .where("person_id", "=", bo.personId)
    .executeTakeFirst();
  expect(role).toEqual({ role: "editor" });

  await page.goto(to.section("account"));
  await tabTo(page, "Afmelden", "button");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("Je bent afgemeld.").waitFor();
});

/** Pages of accounts and teams, each in a state worth looking at. */
async function prepare(app: TestApp, language: "nl" | "en") {
  const to = desk(language);
  const island = await app.given.initiative({
    slug: `eiland-${language}`,
    name: "Een eiland met een lange naam",
  });
  const owner = await signIn(app, "owner", { name: "Sam de Vries", email: `sam-${language}@voorbeeld.nl` });
  await workHere(app, owner.email);
  await signIn(app, null, { email: owner.email });
  await signIn(app, "lead", { initiativeId: island.id, name: "Robin van den Berg-Achternaam" });
  await owner.post(to.section("team"), {
    act: "invite",
    email: `een.heel.lang.adres-${language}@voorbeeld.nl`,
    role: "editor",
  });
  return {
    token: owner.token,
    pages: {
      account: to.section("account"),
      changed: `${to.section("account")}?done=saved`,
      team: to.section("team"),
      "team-of-an-island": to.part("islands", island.id, "team"),
    },
  };
}

/** All rules once; in the other scheme the colours; and what fits, at each width. */
test.each(["nl", "en"] as const)(
  "axe finds nothing and everything fits, %s",
  async (language) => {
    const app = await startTestApp({ starter: "none", env: ownNetworks });
    const { pages, token } = await prepare(app, language);
    const page = await visitor(app);
    await put(page, app, token);
    const found: string[] = [];
    for (const [name, path] of Object.entries(pages)) {
      await page.setViewportSize(phone);
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(path);
      for (const details of await page.locator("details.team-acts").all())
        await details.evaluate((element) => element.setAttribute("open", ""));
      const note = (problems: string[]) => found.push(...problems.map((problem) => `${name}: ${problem}`));
      note(await violations(page, allRules));
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const size of sizes) {
          await page.setViewportSize(size);
          if (colorScheme === "light") note(await misfits(page));
          if (pictures && language === "nl")
            await page.screenshot({
              fullPage: true,
              path: `${pictures}/${name}-${size.width}-${colorScheme}.png`,
            });
        }
      }
      note(await violations(page, colourRules));
    }
    expect(found).toEqual([]);
  },
  120_000,
);
