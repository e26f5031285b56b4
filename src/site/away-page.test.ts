import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import { awayPage } from "./away-page.tsx";

const validator = new HtmlValidate({
  extends: ["html-validate:recommended", "html-validate:a11y"],
  // How Hono's JSX prints.
  rules: { "void-style": "off" },
});

const shown = async (path: string, method = "GET") => {
  const answer = awayPage(new Request(`http://localhost${path}`, { method }));
  return { answer, html: await answer.text() };
};

test("while the database is away a page says so in both languages, that of its address first", async () => {
  const { answer, html } = await shown("/en/search?q=%3Cb%3E%22");
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("10");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(html).toMatch(/^<!DOCTYPE html><html lang="en"/);
  expect(html.indexOf("We’ll be right back")).toBeLessThan(html.indexOf("We zijn zo terug"));
  expect(html).toContain('href="/en/search?q=%3Cb%3E%22"');
  const { results } = await validator.validateString(html);
  expect(results.flatMap(({ messages }) => messages.map(({ message }) => message))).toEqual([]);
});

test("who sent something hears that it may not have arrived", async () => {
  const { html } = await shown("/nieuwsbrief", "POST");
  expect(html).toContain("Heb je net iets verstuurd?");
  expect(html).toContain("Did you just send something?");
  expect(html).not.toContain("Probeer het opnieuw");
});
