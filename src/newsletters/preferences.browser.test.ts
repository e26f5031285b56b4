import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { allRules, violations } from "../../tests/browser/examine.ts";
import { useBrowser } from "../../tests/browser/support.ts";
import { subscribeAndConfirm } from "../../tests/support/acts.ts";
import { startTestApp } from "../../tests/support/test-app.ts";

const { visitor } = useBrowser();
const an = "an@voorbeeld.nl";

/** Moves the focus on by Tab until it is where it should be. */
async function tabTo(page: Page, name: string, role: "checkbox" | "button" | "combobox") {
  const wanted = page.getByRole(role, { name, exact: false }).first();
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return wanted;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never came to ${name}`);
}

test.each([
  { way: "with JavaScript", javaScriptEnabled: true },
  { way: "without JavaScript", javaScriptEnabled: false },
])(
  "somebody chooses, pauses and stops by keyboard alone, on a phone, $way",
  async ({ javaScriptEnabled }) => {
    const app = await startTestApp();
    await subscribeAndConfirm(app, an);
    const link = (await app.mailbox(an)).at(-1)!.text.match(/https?:\/\/\S+\/voorkeuren\/\S+/)![0];
    const page = await visitor(app, { javaScriptEnabled, viewport: { width: 360, height: 740 } });
    await page.goto(link);
    const active = () =>
      app.ctx.db
        .selectFrom("subscriptions as s")
        .innerJoin("newsletters as n", "n.id", "s.newsletter_id")
        .leftJoin("initiatives as i", "i.id", "n.initiative_id")
        .select(["i.slug", "s.language", "s.paused_until"])
        .where("s.ended_at", "is", null)
        .orderBy("s.since")
        .execute();
    const done = (text: string) => page.getByRole("status").getByText(text).waitFor();

    await tabTo(page, "Taal van", "combobox");
    await page.keyboard.press("e");
    await tabTo(page, "CXO", "checkbox");
    await page.keyboard.press("Space");
    await tabTo(page, "Bewaar mijn keuze", "button");
    await page.keyboard.press("Enter");
    await done("Je keuze is bewaard.");
    await expect.poll(() => page.title()).toMatch(/^Je keuze is bewaard\./);
    await expect
      .poll(() => active())
      .toEqual([
        { slug: null, language: "en", paused_until: null },
        { slug: "op-pad-met-de-cxo", language: "nl", paused_until: null },
      ]);
    if (javaScriptEnabled) expect(await violations(page, allRules)).toEqual([]);

    await tabTo(page, "Stuur me een maand niets", "button");
    await page.keyboard.press("Enter");
    await done("De pauze is ingegaan.");
    await expect
      .poll(async () => (await active()).every(({ paused_until }) => paused_until !== null))
      .toBe(true);
    await tabTo(page, "Stuur me weer wel nieuwsbrieven", "button");
    await page.keyboard.press("Enter");
    await done("Je krijgt de nieuwsbrieven weer.");

    await tabTo(page, "Meld me overal voor af", "button");
    await page.keyboard.press("Enter");
    await done("Je bent overal voor afgemeld.");
    await expect.poll(() => active()).toEqual([]);
  },
);
