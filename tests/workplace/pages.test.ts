import { HtmlValidate } from "html-validate";
import { beforeAll, expect, test } from "vitest";
import {
  fillWorkplace,
  pageRoutes,
  partOf,
  type WorkplacePage,
  workplacePages,
} from "../support/desk-pages.ts";
import { startTestApp } from "../support/test-app.ts";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  // How Hono's JSX prints.
  rules: { "void-style": "off", "attribute-boolean-style": "off", "attribute-empty-style": "off" },
});

let pages: WorkplacePage[];
beforeAll(async () => {
  const app = await startTestApp();
  const filled = await fillWorkplace(app);
  pages = [...(await workplacePages(app, filled, "nl")), ...(await workplacePages(app, filled, "en"))];
  return app.stop;
}, 120_000);

const onAll = (problemsOf: (page: WorkplacePage) => string[]) =>
  pages.flatMap((page) => problemsOf(page).map((problem) => `${page.path}: ${problem}`));

test("links lead to every page of the workplace, and each answers", () => {
  const reached = new Set(pages.map(({ route }) => partOf(route)));
  const never = [...pageRoutes("nl"), ...pageRoutes("en")].filter((route) => !reached.has(partOf(route)));
  expect(never).toEqual([]);
  expect(onAll(({ status }) => (status === 200 ? [] : [String(status)]))).toEqual([]);
});

test("html-validate finds nothing", async () => {
  const problems = await Promise.all(
    pages.map(async ({ path, html }) => {
      const { results } = await validator.validateString(html);
      return results.flatMap(({ messages }) =>
        messages.map(({ ruleId, message, selector }) => `${path}: ${ruleId}: ${message} (${selector})`),
      );
    }),
  );
  expect(problems.flat()).toEqual([]);
}, 120_000);

test("what somebody stored stays text, and no style or script stands in a page", () => {
  const found = onAll(({ html }) => [
    ...(html.includes("<script>alert") ? ["a stored script"] : []),
    ...[...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>|\sstyle="|\son\w+="/g)].map(([what]) => what),
  ]);
  expect(found).toEqual([]);
});

test("every page is for its reader alone", async () => {
  expect(onAll(({ html }) => (html.includes('content="noindex"') ? [] : ["may be indexed"]))).toEqual([]);
});
