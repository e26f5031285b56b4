import { readFileSync } from "node:fs";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import type { PublicPage } from "../support/public-pages.ts";

/** Opens a public page in its state, without the scripts that would leave it by themselves. */
export async function open(
  page: Page,
  { path, form, network, cookie }: PublicPage,
  origin: string,
): Promise<void> {
  const url = origin + path;
  await page.unrouteAll();
  await page.context().clearCookies();
  const [name = "", value = ""] = cookie?.split("=") ?? [];
  if (cookie)
    await page.context().addCookies([{ name, value, url: origin, httpOnly: true, sameSite: "Lax" }]);
  await page.route(/\/assets\/proof-of-work[^/]*\.js$/, (route) =>
    route.fulfill({ contentType: "text/javascript", body: "" }),
  );
  if (form)
    await page.route(url, async (route) =>
      route.continue({
        method: "POST",
        postData: String(new URLSearchParams(form)),
        headers: {
          ...(await route.request().allHeaders()),
          "content-type": "application/x-www-form-urlencoded",
          ...(network && { "x-forwarded-for": network }),
        },
      }),
    );
  await page.goto(url);
}

const axeSource = readFileSync("node_modules/axe-core/axe.min.js", "utf8");
/** EN 301 549 by its WCAG levels, and what axe-core calls good practice. */
export const allRules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What another colour scheme can change. */
export const colourRules = ["color-contrast", "link-in-text-block"];

const options: RunOptions = {
  resultTypes: ["violations"],
  iframes: false, // the mails in the mailbox are not pages
};

declare global {
  var axe: { run: (context: Document, options: RunOptions) => Promise<AxeResults> };
}

/** What axe-core finds on the page as it stands, by the tags or names of its rules. */
export async function violations(page: Page, rules: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(`(() => { ${axeSource} })()`);
  // colours on their way from one to another are nobody's to judge
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await page.evaluate((options) => globalThis.axe.run(document, options), {
    ...options,
    runOnly: rules,
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
  );
}

/** Adds style rules that overrule those of the page, and takes them away again. */
export async function withStyle<Result>(
  page: Page,
  css: string,
  look: () => Promise<Result>,
): Promise<Result> {
  await page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, css);
  const result = await look();
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return result;
}

/** What does not fit: a page that scrolls sideways, or text that is cut off. */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const nameOf = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute("class") ?? ""}`;
    const found: string[] = [];
    const width = document.documentElement.clientWidth;
    const wide = document.documentElement.scrollWidth;
    if (wide > width) {
      const sticking = [...document.body.querySelectorAll("*")].filter(
        (element) =>
          element.getBoundingClientRect().right > width + 1 && !element.closest(".visually-hidden"),
      );
      found.push(`scrolls sideways, ${wide} in ${width}: ${sticking.slice(0, 3).map(nameOf).join(", ")}`);
    }
    for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
      if (element.closest(".visually-hidden, svg, iframe") || !element.textContent?.trim()) continue;
      const { overflowX, overflowY, display } = getComputedStyle(element);
      if (display === "none" || display === "inline") continue;
      const cuts = (overflow: string) => overflow === "hidden" || overflow === "clip";
      if (cuts(overflowX) && element.scrollWidth > element.clientWidth + 1)
        found.push(`cuts its width: ${nameOf(element)}`);
      if (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1)
        found.push(`cuts its height: ${nameOf(element)}`);
    }
    return found;
  });

/** In forced colours only a border or an outline shows where a button or a field is. */
export const withoutBorder = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("button, .nl-button, input, textarea, select")]
      .filter((element) => element.checkVisibility() && !element.closest(".visually-hidden"))
      .filter((element) => {
        const { borderBlockEndStyle, borderBlockEndWidth, appearance } = getComputedStyle(element);
        const drawnByBrowser = appearance !== "none" && element.matches("[type=radio], [type=checkbox]");
        return !drawnByBrowser && (borderBlockEndStyle === "none" || borderBlockEndWidth === "0px");
      })
      .map((element) => `no border: ${element.outerHTML.slice(0, 120)}`),
  );

/** What moves although the visitor asked for rest. */
export const moving = (page: Page): Promise<string[]> =>
  page.evaluate(() => [
    ...document
      .getAnimations()
      .filter((animation) => animation.playState === "running")
      .map(
        (animation) =>
          `moves: ${(animation.effect as KeyframeEffect | null)?.target?.outerHTML.slice(0, 80)}`,
      ),
    ...(getComputedStyle(document.documentElement).scrollBehavior === "smooth" ? ["scrolls smoothly"] : []),
  ]);
