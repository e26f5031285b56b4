import { expect, test } from "vitest";
import { testPublicPages } from "./accessibility.ts";
import { open } from "./examine.ts";
import { looks } from "./looks.ts";
import { useBrowser } from "./support.ts";

const browser = useBrowser();
const { app, pages } = testPublicPages("nl", browser);

test("each look sees what is wrong with a page", async () => {
  const page = await browser.visitor(app());
  await open(page, pages().find(({ name }) => name === "nl newsletter")!, app().origin);
  await page.evaluate(() => {
    const faults = new CSSStyleSheet();
    faults.replaceSync(`p { color: #777; background: #888 } h1 { inline-size: 30em }
      label { block-size: 1lh; inline-size: 9ch; overflow: hidden }
      button { border: none !important } main { animation: turn 9s infinite } @keyframes turn { to { rotate: 1deg } }`);
    Object.defineProperty(document, "adoptedStyleSheets", { set() {} });
    Reflect.set(Document.prototype, "adoptedStyleSheets", [faults], document);
  });
  for (const [look, problemsOf] of Object.entries(looks))
    expect(await problemsOf(page), look).not.toEqual([]);
});
