import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** What a page answers at once, whatever its own script or the server is still busy with. */
const question =
  /\.(?:textContent|innerText|innerHTML|inputValue|getAttribute|isVisible|isHidden|isChecked|isDisabled|isEnabled|count|allTextContents|allInnerTexts|title|url|boundingBox)\(/;

/** The argument of each plain `expect(…)`, up to its own closing bracket. */
function expected(source: string): string[] {
  return [...source.matchAll(/\bexpect\(/g)].map(({ index }) => {
    const begin = index + "expect(".length;
    let depth = 1;
    let end = begin;
    for (; depth > 0 && end < source.length; end++) {
      if (source[end] === "(") depth++;
      if (source[end] === ")") depth--;
    }
    return source.slice(begin, end - 1).replace(/\s+/g, " ");
  });
}

const hasty = (source: string): string[] =>
  expected(source).filter((asked) => /\bawait\b|\bpage\.url\(/.test(asked) && question.test(asked));

// A question right after a click races with what the click causes: it fails once in so many runs, on a busy machine.
test("a browser test waits for what it asks of a page, by expect.poll or a locator that waits", () => {
  const files = globSync(["tests/browser/**/*.ts", "{src,tests}/**/*.browser.test.ts"]);
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((file) =>
    hasty(readFileSync(file, "utf8")).map((asked) => `${file}: ${asked}`),
  );
  expect(found).toEqual([]);
});

test("and a hasty question would be seen", () => {
  expect(hasty('expect(await page.getByRole("textbox").inputValue()).toBe("a")')).toHaveLength(1);
  expect(hasty("expect([await one.count(),\n await two.count()]).toEqual([1, 1])")).toHaveLength(1);
  expect(hasty("expect(new URL(page.url()).href).toContain(name)")).toHaveLength(1);
  expect(hasty('await expect.poll(() => page.title()).toBe("a"); expect(server.saves).toEqual([])')).toEqual(
    [],
  );
});
