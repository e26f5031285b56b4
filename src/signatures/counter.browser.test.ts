import { createServer } from "node:http";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { findChromium } from "../../scripts/chromium.ts";
import { freePort, startTestApp } from "../../tests/support/test-app.ts";
import { paths } from "../paths.ts";

let browser: Browser;
beforeAll(async () => {
  const args = ["no-sandbox", "disable-gpu", "disable-background-networking"].map((name) => `--${name}`);
  browser = await chromium.launch({ executablePath: findChromium() ?? "", args });
});
afterAll(() => browser?.close());

/** A page of another site, with a policy that forbids inline styles, and what its visitor sees. */
async function visitOther(markup: string, allowed: string) {
  const policy = `default-src 'none'; script-src ${allowed}; connect-src ${allowed}`;
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
    });
    response.end(`<!doctype html><html lang="nl"><title>Elders</title>${markup}</html>`);
  });
  const port = await freePort();
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  const page = await browser.newPage();
  onTestFinished(async () => {
    await page.close();
    server.close();
  });
  await page.goto(`http://127.0.0.1:${port}/`);
  return page;
}

test("the copied code shows the count on another site, in its language, with the link to sign", async () => {
  const app = await startTestApp();
  await app.given.manySignatures({ count: 1234 });
  const wall = await (await app.get(paths("nl").signatories)).text();
  const code = /<textarea[^>]*>(.*?)<\/textarea>/s.exec(wall)?.[1] ?? "";
  const markup = code.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"');
  const page = await visitOther(markup, app.origin);
  const counter = page.locator("archipel-counter");
  await counter.getByText("mensen tekenden").waitFor();
  await expect.poll(() => counter.locator("p").innerText()).toMatch(/^1\.234\s+mensen tekenden$/);
  const link = counter.getByRole("link", { name: "Onderteken het manifest" });
  await expect.poll(() => link.getAttribute("href")).toBe(app.origin + paths("nl").manifesto);
  await counter.evaluate((element) => element.setAttribute("lang", "en"));
  await counter.getByText("people signed").waitFor();
  await expect.poll(() => counter.locator("strong").innerText()).toBe("1,234");
});

test("where the count cannot be had, the link is there; without code between the tags too", async () => {
  const app = await startTestApp();
  const script = `<script type="module" src="${app.origin}/embed/manifest-counter.js"></script>`;
  const dead = `http://localhost:${await freePort()}`;
  const page = await visitOther(
    `<archipel-counter src="${dead}" lang="en"></archipel-counter>${script}`,
    app.origin,
  );
  const link = page.getByRole("link", { name: "Sign the manifesto" });
  await link.waitFor();
  await expect.poll(() => link.getAttribute("href")).toBe(dead + paths("en").manifesto);
  await expect.poll(() => page.locator("archipel-counter p").isVisible()).toBe(false);
});
