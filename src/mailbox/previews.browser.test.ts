import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import { allRules, violations } from "../../tests/browser/examine.ts";
import { useBrowser } from "../../tests/browser/support.ts";
import { startTestApp } from "../../tests/support/test-app.ts";
import { mailPreviews } from "../features.ts";
import { languages } from "../platform/i18n.ts";

const browser = useBrowser();

const pixel = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";

/** A mail stands in the page of a mail program, which has the landmarks: so by WCAG, without "best practice" for pages. */
const wcag = allRules.filter((rule) => rule !== "best-practice");

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  // What mail programs need, and what MJML writes for them: Outlook for Windows knows tables, attributes and conditional
  // comments only, and a style is lost that does not stand in its tag.
  rules: {
    "void-style": "off",
    "doctype-style": "off",
    "no-inline-style": "off",
    "no-deprecated-attr": "off",
    "no-conditional-comment": "off",
    "prefer-native-element": "off",
    "presentation-role-style": "off",
  },
});

test.each(languages)("every mail in %s is sound, by day and by night", async (language) => {
  const app = await startTestApp({ starter: "none" });
  const page = await browser.visitor(app, { viewport: { width: 700, height: 900 } });
  for (const { name, render } of mailPreviews) {
    const { html } = await render(language);
    const report = await validator.validateString(html);
    const messages = report.results.flatMap((result) => result.messages);
    expect
      .soft([...new Set(messages.map(({ ruleId, message }) => `${ruleId}: ${message}`))], name)
      .toEqual([]);
    // The pictures of the made-up site are nowhere.
    await page.setContent(html.replaceAll(/src="https:[^"]+"/g, `src="${pixel}"`));
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await violations(page, wcag), `${name}, ${colorScheme}`).toEqual([]);
    }
  }
});
