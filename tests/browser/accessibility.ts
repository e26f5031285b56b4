import { beforeAll, expect, test } from "vitest";
import type { Language } from "../../src/platform/i18n.ts";
import { type PublicPage, publicPages, publicPagesEnv } from "../support/public-pages.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";
import { open } from "./examine.ts";
import { looks } from "./looks.ts";
import { ownHost, type useBrowser } from "./support.ts";

/** Colours and motion are those of the same page in Dutch; what other words can change is looked at in English too. */
const ofWords = ["axe, 1280 light", "text of 200 % at 1280", "reflow at 320", "text spacing at 320"];

/** The test that every public page of a language holds in every look; a file for each, so that they run side by side. */
export function testPublicPages(language: Language, { visitor }: ReturnType<typeof useBrowser>) {
  let app: TestApp;
  let pages: PublicPage[];
  beforeAll(async () => {
    app = await startTestApp({ env: publicPagesEnv });
    pages = (await publicPages(app)).filter((page) => page.language === language);
    return app.stop;
  }, 180_000);

  test(`every public page in ${language} holds in every look`, async () => {
    const found: string[] = [];
    const wanted = Object.entries(looks).filter(([name]) => language === "nl" || ofWords.includes(name));
    expect(wanted.length).toBeGreaterThanOrEqual(ofWords.length);
    const page = await visitor(app);
    for (const next of pages) {
      await open(page, next, next.host ? ownHost(app) : app.origin);
      for (const [look, problemsOf] of wanted)
        for (const problem of await problemsOf(page)) found.push(`${next.name}, ${look}: ${problem}`);
    }
    expect(pages.length).toBeGreaterThan(50);
    expect(found).toEqual([]);
  }, 600_000);

  return { app: () => app, pages: () => pages };
}
